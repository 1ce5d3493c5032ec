/** What a run's key did, read from the ledger's own entries (and the records, for calls that never touched money). */
import type { RunReceipt } from '../contract/runs.ts';
import { assert } from '../core/assert.ts';
import type { Db } from '../storage/types.ts';

export type RunSums = Pick<
  RunReceipt,
  | 'calls'
  | 'attempts'
  | 'refused'
  | 'usage'
  | 'models'
  | 'chargedNano'
  | 'feeNano'
  | 'exactNano'
  | 'estimatedNano'
  | 'unknownNano'
  | 'correctedNano'
  | 'openHolds'
>;

export interface RunBooks {
  /** Of this access key, from `sinceMs` on. A key of a run has an id of its own, so nothing older is there. */
  sums(accessKeyId: string, sinceMs: number): RunSums;
}

interface Totals {
  readonly calls: number;
  readonly attempts: number;
  readonly openHolds: number;
  readonly chargedNano: number;
  readonly feeNano: number;
  readonly exactNano: number;
  readonly estimatedNano: number;
  readonly unknownNano: number;
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
}

interface Span {
  readonly key: string;
  readonly sinceMs: number;
}

/** A clock that was set back meanwhile must not hide calls. */
const CLOCK_SLACK_MS = 3_600_000;

/** `kind IN` is the condition of the index on instants; a query has to repeat it. Charges are found through their reserve. */
const ATTEMPTS = `
  FROM transfers t
    LEFT JOIN transfers c ON c.id = t.attempt_id || ':charge'
    LEFT JOIN holds h ON h.attempt_id = t.attempt_id
  WHERE t.kind IN ('reserve', 'correction') AND t.kind = 'reserve'
    AND t.counts_at_ms >= @sinceMs AND t.access_key_id = @key`;

const chargedAs = (certainty: string): string =>
  `coalesce(sum(c.amount_nano) FILTER (WHERE c.certainty = '${certainty}'), 0)`;

export function createRunBooks(db: Db): RunBooks {
  const totals = db.prepare<[Span], Totals>(
    `SELECT count(DISTINCT t.request_id) AS calls, count(*) AS attempts, count(h.attempt_id) AS openHolds,
       coalesce(sum(c.amount_nano), 0) AS chargedNano, coalesce(sum(c.fee_nano), 0) AS feeNano,
       ${chargedAs('exact')} AS exactNano, ${chargedAs('estimated')} AS estimatedNano,
       ${chargedAs('unknown')} AS unknownNano,
       sum(c.input_tokens) AS inputTokens, sum(c.cache_read_tokens) AS cacheReadTokens,
       CASE WHEN count(c.cache_write_tokens) + count(c.cache_write_1h_tokens) > 0 THEN
         coalesce(sum(c.cache_write_tokens), 0) + coalesce(sum(c.cache_write_1h_tokens), 0) END AS cacheWriteTokens,
       sum(c.output_tokens) AS outputTokens, sum(c.reasoning_tokens) AS reasoningTokens ${ATTEMPTS}`,
  );
  const models = db.prepare<[Span], { provider: string; model: string; calls: number; chargedNano: number }>(
    `SELECT t.provider, t.model, count(DISTINCT t.request_id) AS calls, coalesce(sum(c.amount_nano), 0) AS chargedNano
     ${ATTEMPTS} GROUP BY t.provider, t.model ORDER BY chargedNano DESC, calls DESC, t.provider, t.model`,
  );
  const corrected = db
    .prepare<[Span], number>(
      `SELECT coalesce(sum(amount_nano), 0) FROM transfers
       WHERE kind IN ('reserve', 'correction') AND kind = 'correction' AND counts_at_ms >= @sinceMs
         AND access_key_id = @key`,
    )
    .pluck();
  const refused = db.prepare<[Span], { code: string; calls: number }>(
    `SELECT coalesce(error_code, 'unknown') AS code, count(*) AS calls FROM requests
     WHERE started_at_ms >= @sinceMs AND access_key_id = @key AND state = 'refused'
     GROUP BY code ORDER BY calls DESC, code`,
  );

  /** One transaction: the sums belong to one instant. */
  const read = db.transaction((span: Span) => ({
    totals: totals.get(span),
    models: models.all(span),
    correctedNano: corrected.get(span) ?? 0,
    refused: refused.all(span),
  }));

  return {
    sums(accessKeyId, sinceMs) {
      const found = read({ key: accessKeyId, sinceMs: sinceMs - CLOCK_SLACK_MS });
      assert(found.totals !== undefined, 'sums always have a row');
      const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens, ...sums } = found.totals;
      return {
        ...sums,
        usage: reported({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens }),
        models: found.models,
        refused: found.refused,
        correctedNano: found.correctedNano,
      };
    },
  };
}

/** A bucket that nobody reported is left out, which is not 0. */
function reported(buckets: { readonly [Bucket in keyof RunReceipt['usage']]-?: number | null }): RunReceipt['usage'] {
  return Object.fromEntries(Object.entries(buckets).filter(([, tokens]) => tokens !== null));
}
