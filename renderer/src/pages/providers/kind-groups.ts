/** The kinds of provider as a person looks for them. Pure. */
import type { KindChoice } from './provider-draft.ts';

export interface KindGroup {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

const GROUPS: readonly (readonly [string, (kind: KindChoice) => boolean])[] = [
  ['Hosted', (kind) => kind.needsCredential],
  ['On this machine', (kind) => !kind.needsCredential && !kind.needsBaseUrl],
  ['Compatible servers', (kind) => !kind.needsCredential && kind.needsBaseUrl],
];

export function kindGroups(kinds: readonly KindChoice[]): KindGroup[] {
  return GROUPS.map(([group, belongs]) => ({
    group,
    items: kinds.filter(belongs).map(({ kind, label }) => ({ value: kind, label })),
  })).filter(({ items }) => items.length > 0);
}
