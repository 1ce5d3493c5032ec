/** The table's filter by kind, and where its entries come from. Pure. */
import type { TransferKind, TransferView } from '../../contract-views.ts';
import { transferWords } from '../../request/transfer-words.ts';

export type KindFilter = TransferKind | 'all';

const KINDS: readonly TransferKind[] = ['grant', 'reserve', 'charge', 'release', 'correction'];

export const KIND_CHOICES: readonly { readonly value: KindFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  ...KINDS.map((kind) => ({ value: kind, label: transferWords(kind).name })),
];

export function kindOf(value: string): KindFilter {
  return KIND_CHOICES.find((choice) => choice.value === value)?.value ?? 'all';
}

/** Grants and corrections, which people write: too rare to look for among all entries. */
export function isByPeople(kind: KindFilter): boolean {
  return kind === 'grant' || kind === 'correction';
}

export function ofKind(entries: readonly TransferView[], kind: KindFilter): readonly TransferView[] {
  return kind === 'all' ? entries : entries.filter((entry) => entry.kind === kind);
}

/** Whether the feed brought something that people wrote since `fetched` (newest first) was read. */
export function hasNewByPeople(fetched: readonly TransferView[], live: readonly TransferView[]): boolean {
  const head = fetched[0]?.seq ?? 0;
  return live.some((entry) => entry.seq > head && isByPeople(entry.kind));
}

interface NoEntries {
  readonly title: string;
  readonly text: string;
}

const NONE: Record<KindFilter, NoEntries> = {
  all: { title: 'No entries yet', text: 'The first call writes a reserve, then a charge and a release.' },
  grant: { title: 'No grants yet', text: 'Money added to the wallet is written here, with its reason.' },
  reserve: { title: 'No reserves yet', text: 'Every call holds its highest cost before it is sent.' },
  charge: { title: 'No charges yet', text: 'What a call really cost is written when it ends.' },
  release: { title: 'No releases yet', text: 'What a call held and did not need is given back when it ends.' },
  correction: {
    title: 'No corrections',
    text: 'Where the books differ from what a provider says, a correction makes them agree.',
  },
};

export function noEntriesWords(kind: KindFilter): NoEntries {
  return NONE[kind];
}
