/** What the ledger says of one provider, by day (UTC) and model, to be held against the provider's own figures. */
import type { Db } from '../../storage/types.ts';
import { pause, SEQS_LISTED_MAX } from './findings.ts';
import { modelFamilyName } from './model-name.ts';
import { CHUNK } from './request-sums.ts';

export interface LedgerDay {
  readonly day: string;
  readonly model: string;
  charges: number;
  /** The provider's cost without fees; of a charge whose cost nobody knows, all that was charged. Corrections included. */
  costNano: number;
  inputTokens: number;
  outputTokens: number;
  /** Not exact ones first. */
  readonly doubtfulSeqs: number[];
  readonly seqs: number[];
}

interface ChargeRow {
  readonly reserveSeq: number;
  readonly countsAtMs: number;
  readonly model: string;
  readonly seq: number;
  readonly costNano: number;
  readonly certainty: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly correctedNano: number;
}

const DAY_MS = 86_400_000;

/** `fromDay` and `untilDay` (both included) as YYYY-MM-DD. Keyed by `dayKey`. */
export async function ledgerDays(
  db: Db,
  provider: string,
  fromDay: string,
  untilDay: string,
): Promise<Map<string, LedgerDay>> {
  const page = db.prepare<[number, number, number, number, string, number], ChargeRow>(CHARGES);
  const days = new Map<string, LedgerDay>();
  const untilMs = Date.parse(untilDay) + DAY_MS;
  let [fromMs, seq] = [Date.parse(fromDay), 0];
  for (;;) {
    const rows = page.all(fromMs, fromMs, seq, untilMs, provider, CHUNK);
    for (const row of rows) addTo(days, row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) break;
    [fromMs, seq] = [last.countsAtMs, last.reserveSeq];
    await pause();
  }
  const corrections = db.prepare<[string, string], { id: string; amountNano: number }>(CSV_CORRECTIONS);
  const prefix = correctionPrefix(provider);
  for (const { id, amountNano } of corrections.all(prefix, `${prefix}\uFFFF`)) {
    const [day = '', ...rest] = id.slice(prefix.length).split(':');
    // After the model come what stood there, what the export said, and the kind of the entry.
    const ledgerDay = days.get(dayKey(day, rest.slice(0, -3).join(':')));
    if (ledgerDay !== undefined) ledgerDay.costNano += amountNano;
  }
  return days;
}

export function dayKey(day: string, model: string): string {
  return `${day} ${model}`;
}

/** Corrections that a usage export asked for; day, model and what the export said follow. */
export function correctionPrefix(provider: string): string {
  return `reconcile:csv:${provider}:`;
}

function addTo(days: Map<string, LedgerDay>, row: ChargeRow): void {
  const day = new Date(row.countsAtMs).toISOString().slice(0, 10);
  const model = modelFamilyName(row.model);
  const key = dayKey(day, model);
  const sums = days.get(key) ?? emptyDay(day, model);
  days.set(key, sums);
  sums.charges += 1;
  sums.costNano += row.costNano + row.correctedNano;
  sums.inputTokens += row.inputTokens;
  sums.outputTokens += row.outputTokens;
  const seqs = row.certainty === 'exact' ? sums.seqs : sums.doubtfulSeqs;
  if (seqs.length < SEQS_LISTED_MAX) seqs.push(row.seq);
}

export function emptyDay(day: string, model: string): LedgerDay {
  return { day, model, charges: 0, costNano: 0, inputTokens: 0, outputTokens: 0, doubtfulSeqs: [], seqs: [] };
}

const CHARGES = `
  SELECT t.seq AS reserveSeq, t.counts_at_ms AS countsAtMs, t.model, c.seq, c.certainty,
    coalesce(c.cost_nano, c.amount_nano) AS costNano,
    coalesce(c.input_tokens, 0) + coalesce(c.cache_read_tokens, 0) + coalesce(c.cache_write_tokens, 0)
      + coalesce(c.cache_write_1h_tokens, 0) AS inputTokens,
    coalesce(c.output_tokens, 0) + coalesce(c.reasoning_tokens, 0) AS outputTokens,
    (SELECT coalesce(sum(k.amount_nano), 0) FROM transfers k
      WHERE k.request_id = t.request_id AND k.kind IN ('reserve', 'correction') AND k.kind = 'correction'
        AND k.attempt_id = t.attempt_id) AS correctedNano
  FROM transfers t JOIN transfers c ON c.id = t.attempt_id || ':charge'
  WHERE t.kind IN ('reserve', 'correction') AND t.kind = 'reserve'
    AND (t.counts_at_ms > ? OR (t.counts_at_ms = ? AND t.seq > ?)) AND t.counts_at_ms < ? AND t.provider = ?
  ORDER BY t.counts_at_ms, t.seq LIMIT ?`;

const CSV_CORRECTIONS = `SELECT id, amount_nano AS amountNano FROM transfers WHERE id >= ? AND id < ? ORDER BY seq`;
