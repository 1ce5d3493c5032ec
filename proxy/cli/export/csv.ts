/** Ledger entries for a spreadsheet: RFC 4180, UTC instants, amounts in USD and in nano-dollars. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { LedgerEntry } from '../../ledger/types.ts';

type Column = readonly [name: string, value: (entry: LedgerEntry) => string | number | undefined];

const COLUMNS: readonly Column[] = [
  ['seq', (entry) => entry.seq],
  ['time_utc', (entry) => new Date(entry.atMs).toISOString()],
  ['kind', (entry) => entry.kind],
  ['amount_usd', (entry) => nanoToUsdString(entry.amountNano)],
  ['amount_nano_usd', (entry) => entry.amountNano],
  ['cost_nano_usd', (entry) => entry.costNano],
  ['fee_nano_usd', (entry) => entry.feeNano],
  ['fee_bps', (entry) => entry.feeBps],
  ['certainty', (entry) => entry.certainty],
  ['provider', (entry) => entry.provider],
  ['model', (entry) => entry.model],
  ['access_key', (entry) => entry.accessKeyId],
  ['project', (entry) => entry.project],
  ['client', (entry) => entry.client],
  ['account', (entry) => entry.account],
  ['input_tokens', (entry) => entry.inputTokens],
  ['cache_read_tokens', (entry) => entry.cacheReadTokens],
  ['cache_write_tokens', (entry) => entry.cacheWriteTokens],
  ['cache_write_1h_tokens', (entry) => entry.cacheWrite1hTokens],
  ['output_tokens', (entry) => entry.outputTokens],
  ['reasoning_tokens', (entry) => entry.reasoningTokens],
  ['request_id', (entry) => entry.requestId],
  ['attempt_id', (entry) => entry.attemptId],
  ['reason', (entry) => entry.reason],
  ['hash', (entry) => entry.hash],
];

/** Lines without their line ends. */
export function* csvLines(entries: Iterable<LedgerEntry>): Generator<string> {
  yield COLUMNS.map(([name]) => name).join(',');
  for (const entry of entries) yield COLUMNS.map(([, value]) => cell(value(entry))).join(',');
}

/** Names come from clients: one that begins like a formula would be run by the spreadsheet, so it gets an apostrophe. */
export function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
