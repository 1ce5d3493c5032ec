/** Requests that were recorded before there were sums by the hour are in them after the next start. */
import { expect, test } from 'vitest';
import { createUsageBooks } from '../../../proxy/gateway/usage-books.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openForTest, temporaryDirectory } from '../storage/fixtures.ts';

const BEFORE = MIGRATIONS.filter(({ version }) => version < 4);
const START_MS = Date.UTC(2026, 9, 1);

test('a database of the schema before keeps its records and gets their sums', async () => {
  const dataDir = temporaryDirectory();
  const old = openForTest({ dataDir, migrations: BEFORE });
  const insert = old.db.prepare(
    `INSERT INTO requests (id, started_at_ms, state, provider, attempts, usage_reported, input_tokens, cost_nano,
       certainty, duration_ms, config_version) VALUES (?, ?, ?, 'up', 1, 1, 10, 100, 'exact', 50, 1)`,
  );
  for (let row = 0; row < 1_500; row += 1)
    insert.run(`req_${row}`, START_MS + row * 60_000, row % 3 === 0 ? 'failed' : 'settled');
  old.close();

  const { db, opening } = openForTest({ dataDir });
  expect(opening.backupPath).toBeDefined();
  const { usage, usageReport } = createUsageBooks(db, 'Europe/Berlin');
  expect(usage.get('req_0')).toEqual({
    id: 'req_0',
    startedAtMs: START_MS,
    state: 'failed',
    protocol: 'unknown',
    stream: false,
    provider: 'up',
    attempts: 1,
    usage: { inputTokens: 10 },
    costNano: 100,
    certainty: 'exact',
    durationMs: 50,
    configVersion: 1,
  });
  const query = { fromMs: START_MS, toMs: START_MS + 2 * 86_400_000, groupBy: [], filters: {}, limit: 1 };
  const { total } = await usageReport.summary(query);
  expect(total).toMatchObject({ requests: 1_500, failed: 500, inputTokens: 15_000, chargedNano: 150_000 });
  expect(total.latencyMs?.count).toBe(1_000);
  // Once only: another start does not begin again.
  const again = createUsageBooks(db, 'Europe/Berlin');
  expect((await again.usageReport.summary(query)).total).toEqual(total);
});
