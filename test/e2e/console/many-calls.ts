/** A hundred thousand requests and ledger entries, written in two statements before the gateway starts. */
import { systemClock } from '../../../proxy/core/clock.ts';
import { openStorage } from '../../../proxy/storage/open.ts';

/** The oldest request: told apart by its client. */
export const OLDEST_CLIENT = 'the-oldest';

const STEP_MS = 20_000;

/** Three entries of the ledger make an attempt. The chain is not hashed: nothing that only looks reads it. */
export function writeManyCalls(dataDir: string, requests: number, entries: number): void {
  const storage = openStorage({ dataDir, clock: systemClock });
  const { db } = storage;
  const sinceMs = Date.now() - requests * STEP_MS;
  const attempts = Math.ceil(entries / 3);
  db.transaction(() => {
    db.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @requests - 1)
       INSERT INTO requests (id, started_at_ms, state, protocol, stream, access_key_id, client, model_asked, provider,
         model_served, attempts, usage_reported, input_tokens, output_tokens, cost_nano, certainty, duration_ms, config_version)
       SELECT 'req_' || printf('%025d', i), @sinceMs + i * @stepMs, 'settled', 'openai-chat', 1, 'default',
         CASE i WHEN 0 THEN @oldest ELSE 'tool-' || (i % 5) END, 'openai/model-' || (i % 7), 'openai',
         'openai/model-' || (i % 7), 1, 1, 1200 + i % 900, 300 + i % 70, 2400000 + i, 'exact', 900, 1
       FROM n`,
    ).run({ requests, sinceMs, stepMs: STEP_MS, oldest: OLDEST_CLIENT });
    db.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @attempts - 1)
       INSERT INTO transfers (seq, id, kind, at_ms, counts_at_ms, attempt_id, request_id, amount_nano, cost_nano, fee_nano,
         fee_bps, certainty, provider, model, access_key_id, client, config_version, hash)
       SELECT i * 3 + k.nr + 1, 'filled-' || i || ':' || k.kind, k.kind, @sinceMs + i * @stepMs, @sinceMs + i * @stepMs,
         'filled-' || i, 'req_' || printf('%025d', i), k.amount, k.cost, k.fee, k.bps, k.certainty, 'openai',
         'openai/model-' || (i % 7), 'default', 'tool-' || (i % 5), 1, hex(zeroblob(32))
       FROM n, (SELECT 0 AS nr, 'reserve' AS kind, 1000 AS amount, NULL AS cost, NULL AS fee, 0 AS bps, NULL AS certainty
         UNION ALL SELECT 1, 'charge', 400, 400, 0, NULL, 'exact' UNION ALL SELECT 2, 'release', 600, NULL, NULL, NULL, NULL) k
       ORDER BY 1`,
    ).run({ attempts, sinceMs, stepMs: STEP_MS });
    db.prepare(
      `UPDATE spend_windows SET spent_nano = ?, requests = ?, entries = ? WHERE account = 'global' AND kind = 'total'`,
    ).run(attempts * 400, attempts, attempts * 3);
  })();
  storage.close();
}
