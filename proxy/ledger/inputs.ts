/** What callers hand in, checked and made storable, and whether a repeated entry says the same as the first. */
import type { Usage } from '../core/usage.ts';
import type { StoredEntry } from './entry-row.ts';
import { LedgerConflictError, LedgerRefusedError } from './errors.ts';

/** SQLite stores UTF-8: half a surrogate pair would come back as another character and break the hash. */
export function storable(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

export function storableOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : storable(text);
}

/** Throws LedgerRefusedError `invalid_amount` unless a whole, safe number of at least `min`. */
export function requireAmount(what: string, amountNano: number, min: number): void {
  if (Number.isSafeInteger(amountNano) && amountNano >= min) return;
  throw new LedgerRefusedError(
    'invalid_amount',
    `${what} must be a whole number of nano-dollars, ${min} at least; it is ${amountNano}.`,
  );
}

export const USAGE_FIELDS = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof Usage)[];

/** The five buckets; one that nobody reported stays undefined. Throws LedgerRefusedError `invalid_usage`. */
export function usageFields(usage: Usage | undefined): Record<(typeof USAGE_FIELDS)[number], number | undefined> {
  for (const field of USAGE_FIELDS) {
    const tokens = usage?.[field];
    if (tokens === undefined || (Number.isSafeInteger(tokens) && tokens >= 0)) continue;
    throw new LedgerRefusedError('invalid_usage', `${field} must be a whole number of tokens; it is ${tokens}.`);
  }
  return {
    inputTokens: usage?.inputTokens,
    cacheReadTokens: usage?.cacheReadTokens,
    cacheWriteTokens: usage?.cacheWriteTokens,
    cacheWrite1hTokens: usage?.cacheWrite1hTokens,
    outputTokens: usage?.outputTokens,
    reasoningTokens: usage?.reasoningTokens,
  };
}

/** Throws LedgerConflictError when the entry that has the id says something else in one of the fields of `again`. */
export function requireSameContent(first: StoredEntry, again: Partial<StoredEntry>): void {
  const differing = (Object.keys(again) as (keyof StoredEntry)[]).filter((field) => first[field] !== again[field]);
  if (differing.length > 0) throw new LedgerConflictError(first.id, differing);
}
