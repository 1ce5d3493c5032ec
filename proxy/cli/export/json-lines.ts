/**
 * The export that can be verified: a header line, one line an entry with every field its hash covers, a footer line
 * that tells a whole export from one that was cut off. See ledger/chain.ts for the hash.
 */
import { z } from 'zod';
import { GENESIS_HASH } from '../../ledger/chain.ts';
import type { LedgerEntry } from '../../ledger/types.ts';
import { inHashOrder } from './entry-line.ts';

export const EXPORT_FORMAT = 'gatehouse-ledger';

export const exportHeader = z.strictObject({
  type: z.literal('header'),
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(1),
  exportedAtMs: z.int(),
  /** For whoever verifies without Gatehouse. */
  hash: z.string(),
});

export const exportFooter = z.strictObject({
  type: z.literal('footer'),
  entries: z.int().min(0),
  headHash: z.string(),
});

const HASH_RULE =
  'sha256 hex of: prevHash, newline, JSON of the entry without hash and prevHash, keys in the order given, no white space';

export function* jsonLines(entries: Iterable<LedgerEntry>, nowMs: number): Generator<string> {
  const header: z.infer<typeof exportHeader> = {
    type: 'header',
    format: EXPORT_FORMAT,
    version: 1,
    exportedAtMs: nowMs,
    hash: HASH_RULE,
  };
  yield JSON.stringify(header);
  let count = 0;
  let headHash = GENESIS_HASH;
  for (const entry of entries) {
    yield JSON.stringify(inHashOrder(entry));
    count += 1;
    headHash = entry.hash;
  }
  const footer: z.infer<typeof exportFooter> = { type: 'footer', entries: count, headHash };
  yield JSON.stringify(footer);
}
