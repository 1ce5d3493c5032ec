/** Requests as lines of CSV (RFC 4180, UTC instants, amounts in USD and nano-dollars) or of JSON. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nanoToUsdString } from '../../contract/money.ts';
import type { ExportFormat } from '../../contract/usage.ts';
import type { Db } from '../../storage/types.ts';
import { csvCell } from './csv-cell.ts';
import { type ExportedRequest, type ExportQuery, exportedPages, type LedgerMoney } from './exported-request.ts';

type Column = readonly [name: string, value: (row: ExportedRequest) => string | number | undefined];

const CSV_COLUMNS: readonly Column[] = [
  ['request_id', ({ request }) => request.id],
  ['time_utc', ({ request }) => new Date(request.startedAtMs).toISOString()],
  ['state', ({ request }) => request.state],
  ['status', ({ request }) => request.status],
  ['error_code', ({ request }) => request.errorCode],
  ['access_key', ({ request }) => request.accessKeyId],
  ['project', ({ request }) => request.project],
  ['client', ({ request }) => request.client],
  ['process', ({ request }) => request.process],
  ['protocol', ({ request }) => request.protocol],
  ['stream', ({ request }) => (request.stream ? 'true' : 'false')],
  ['model_asked', ({ request }) => request.modelAsked],
  ['mode', ({ request }) => request.mode],
  ['rule', ({ request }) => request.rule],
  ['split', ({ request }) => request.split?.name],
  ['arm', ({ request }) => request.split?.arm],
  ['provider', ({ request }) => request.provider],
  ['model_served', ({ request }) => request.modelServed],
  ['attempts', ({ request }) => request.attempts],
  ['input_tokens', ({ request }) => request.usage?.inputTokens],
  ['cache_read_tokens', ({ request }) => request.usage?.cacheReadTokens],
  ['cache_write_tokens', ({ request }) => request.usage?.cacheWriteTokens],
  ['cache_write_1h_tokens', ({ request }) => request.usage?.cacheWrite1hTokens],
  ['output_tokens', ({ request }) => request.usage?.outputTokens],
  ['reasoning_tokens', ({ request }) => request.usage?.reasoningTokens],
  ['cost_nano_usd', ({ money }) => money.costNano],
  ['fee_nano_usd', ({ money }) => money.feeNano],
  ['charged_nano_usd', ({ money }) => money.chargedNano],
  ['charged_usd', ({ money }) => nanoToUsdString(money.chargedNano)],
  ['corrected_nano_usd', ({ money }) => money.correctedNano],
  ['asked_cost_nano_usd', ({ request }) => request.askedCostNano],
  ['provider_cost_nano_usd', ({ request }) => request.providerCostNano],
  ['certainty', ({ request }) => request.certainty],
  ['finish_reason', ({ request }) => request.finishReason],
  ['first_token_ms', ({ request }) => request.firstTokenMs],
  ['duration_ms', ({ request }) => request.durationMs],
  ['overhead_ms', ({ request }) => request.overheadMs],
  ['warnings', ({ request }) => request.warnings?.join(' ')],
  ['config_version', ({ request }) => request.configVersion],
];

/** What the lines came to, for whoever wants to compare it with the ledger. Filled while they are read. */
export interface ExportTotals extends LedgerMoney {
  readonly requests: number;
}

export class ExportCount {
  #totals = { requests: 0, costNano: 0, feeNano: 0, chargedNano: 0, correctedNano: 0, charges: 0 };

  add({ money }: ExportedRequest): void {
    const { requests, costNano, feeNano, chargedNano, correctedNano, charges } = this.#totals;
    this.#totals = {
      requests: requests + 1,
      costNano: costNano + money.costNano,
      feeNano: feeNano + money.feeNano,
      chargedNano: chargedNano + money.chargedNano,
      correctedNano: correctedNano + money.correctedNano,
      charges: charges + money.charges,
    };
  }

  get totals(): ExportTotals {
    return this.#totals;
  }
}

/** Lines without their ends, oldest request first; never more than a page in memory. */
export function* exportLines(
  db: Db,
  query: ExportQuery,
  format: ExportFormat,
  count: ExportCount = new ExportCount(),
): Generator<string> {
  if (format === 'csv') yield CSV_COLUMNS.map(([name]) => name).join(',');
  for (const page of exportedPages(db, query)) {
    for (const row of page) {
      count.add(row);
      yield lineOf(row, format);
    }
  }
}

/** The same as chunks of text that make the file when joined; the event loop has a turn after each. */
export async function* exportChunks(
  db: Db,
  query: ExportQuery,
  format: ExportFormat,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${CSV_COLUMNS.map(([name]) => name).join(',')}\n`;
  for (const page of exportedPages(db, query)) {
    if (signal?.aborted === true) return;
    yield page.map((row) => `${lineOf(row, format)}\n`).join('');
    await nextTurn();
  }
}

function lineOf(row: ExportedRequest, format: ExportFormat): string {
  if (format === 'csv') return CSV_COLUMNS.map(([, value]) => csvCell(value(row))).join(',');
  return JSON.stringify({ ...row.request, ledger: row.money });
}
