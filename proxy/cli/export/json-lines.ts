/**
 * The export that can be verified: a header line, one line a window as the ledger kept it, one line an entry with every
 * field its hash covers, a footer line with the ledger's own balance that tells a whole export from one that was cut
 * off. See ledger/chain.ts for the hash.
 */
import { z } from 'zod';
import { budgetWindow } from '../../contract/config.ts';
import { balanceView } from '../../contract/views.ts';
import { GENESIS_HASH } from '../../ledger/chain.ts';
import type { KeptWindow, LedgerEntry } from '../../ledger/types.ts';
import { inHashOrder } from './entry-line.ts';

export const EXPORT_FORMAT = 'gatehouse-ledger';

export const exportHeader = z.strictObject({
  type: z.literal('header'),
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(1),
  exportedAtMs: z.int(),
  /** IANA name of the zone that the windows are counted in. */
  timeZone: z.string(),
  /** For whoever verifies without Gatehouse. */
  hash: z.string(),
});

/** A window as it was kept beside the entries. They come before these, so that a reader knows what to sum. */
export const exportWindow = z.strictObject({
  type: z.literal('window'),
  account: z.string(),
  kind: budgetWindow,
  startMs: z.int(),
  spentNano: z.int(),
  heldNano: z.int(),
  requests: z.int(),
  entries: z.int(),
});
export type ExportWindow = z.infer<typeof exportWindow>;

export const exportFooter = z.strictObject({
  type: z.literal('footer'),
  entries: z.int().min(0),
  headHash: z.string(),
  /** As the ledger kept it, not summed from the lines. */
  balance: balanceView.strict(),
});

export interface ExportedLedger {
  readonly entries: Iterable<LedgerEntry>;
  readonly windows: Iterable<KeptWindow>;
  readonly balance: z.infer<typeof balanceView>;
  readonly timeZone: string;
}

const HASH_RULE =
  'sha256 hex of: prevHash, newline, JSON of the entry without hash and prevHash, keys in the order given, no white space';

export function* jsonLines(ledger: ExportedLedger, nowMs: number): Generator<string> {
  const header: z.infer<typeof exportHeader> = {
    type: 'header',
    format: EXPORT_FORMAT,
    version: 1,
    exportedAtMs: nowMs,
    timeZone: ledger.timeZone,
    hash: HASH_RULE,
  };
  yield JSON.stringify(header);
  for (const window of ledger.windows) {
    const line: ExportWindow = { type: 'window', ...window };
    yield JSON.stringify(line);
  }
  let count = 0;
  let headHash = GENESIS_HASH;
  for (const entry of ledger.entries) {
    yield JSON.stringify(inHashOrder(entry));
    count += 1;
    headHash = entry.hash;
  }
  const footer: z.infer<typeof exportFooter> = { type: 'footer', entries: count, headHash, balance: ledger.balance };
  yield JSON.stringify(footer);
}
