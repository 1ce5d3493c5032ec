import type { AccessKeyView } from '../../contract-views.ts';

/** Working keys first, newest first; revoked ones sink to the end. */
export function sortKeys(keys: readonly AccessKeyView[]): readonly AccessKeyView[] {
  return keys.toSorted((a, b) => {
    const revoked = Number(a.revokedAtMs !== undefined) - Number(b.revokedAtMs !== undefined);
    return revoked || b.createdAtMs - a.createdAtMs || a.id.localeCompare(b.id);
  });
}
