/** One ledger entry as a line of an export, both ways. */
import { z } from 'zod';
import { certainty, transferKind } from '../../contract/views.ts';
import { HASHED_FIELDS } from '../../ledger/chain.ts';
import type { LedgerEntry } from '../../ledger/types.ts';

const text = z.string().optional();
const whole = z.int().optional();

/** Strict: a field that the hash does not cover could be added to an export unseen. */
export const entryLine = z.strictObject({
  seq: z.int().min(1),
  id: z.string(),
  kind: transferKind,
  atMs: z.int(),
  countsAtMs: z.int(),
  attemptId: text,
  requestId: text,
  account: text,
  amountNano: z.int(),
  costNano: whole,
  feeNano: whole,
  feeBps: whole,
  certainty: certainty.optional(),
  provider: text,
  model: text,
  accessKeyId: text,
  project: text,
  client: text,
  configVersion: whole,
  deadlineAtMs: whole,
  dispatchedAtMs: whole,
  inputTokens: whole,
  cacheReadTokens: whole,
  cacheWriteTokens: whole,
  cacheWrite1hTokens: whole,
  outputTokens: whole,
  reasoningTokens: whole,
  reason: text,
  prevHash: z.string(),
  hash: z.string(),
} satisfies Record<(typeof HASHED_FIELDS)[number] | 'prevHash' | 'hash', z.ZodType>);
export type EntryLine = z.infer<typeof entryLine>;

/** Keys in the order of the hash, so that a line less its last two fields is the very text that was hashed. */
export function inHashOrder(entry: LedgerEntry): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const field of [...HASHED_FIELDS, 'prevHash', 'hash'] as const) {
    if (entry[field] !== undefined) ordered[field] = entry[field];
  }
  return ordered;
}
