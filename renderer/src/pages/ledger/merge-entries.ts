/** Fetched pages of the ledger and the entries the live feed brought since, as one list. Pure. */
import type { TransferView } from '../../contract-views.ts';

export interface MergedEntries {
  /** Newest first, without doubles. */
  readonly entries: readonly TransferView[];
  /** True when entries between the pages and the live ones were missed, so the first page must be fetched again. */
  readonly gap: boolean;
}

/** `pages` newest first; `live` newest first. The sequence numbers of a ledger have no holes. */
export function mergeEntries(
  pages: readonly (readonly TransferView[])[],
  live: readonly TransferView[],
): MergedEntries {
  const fetched = pages.flat();
  const head = fetched[0]?.seq ?? 0;
  const newer = live.filter((transfer) => transfer.seq > head);
  const oldestNewer = newer.at(-1)?.seq;
  return { entries: [...newer, ...fetched], gap: oldestNewer !== undefined && oldestNewer > head + 1 };
}
