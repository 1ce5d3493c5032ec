/** A client that calls itself something else in every request. */
import { expect, test } from 'vitest';
import { openHistory } from '../../support/usage-history.ts';

const AT_MS = Date.UTC(2026, 9, 1, 12);
const REQUESTS = 3_000;

test('does not make the sums as long as the records, and every request is still in them', async () => {
  const { db, usage, usageReport } = openHistory();
  db.transaction(() => {
    for (let row = 0; row < REQUESTS; row += 1)
      usage.record({
        id: `req_${row}`,
        startedAtMs: AT_MS + row,
        state: 'settled',
        protocol: 'p',
        stream: false,
        attempts: 1,
        client: `run-${row}`,
        project: row % 2 === 0 ? 'acme' : 'zoo',
        configVersion: 1,
      });
  })();
  expect(db.prepare('SELECT count(*) FROM usage_sets').pluck().get()).toBe(1_002);
  const query = { fromMs: AT_MS, toMs: AT_MS + 1, filters: {}, limit: 2_000 };
  const { groups, total } = await usageReport.summary({ ...query, groupBy: ['client'] });
  expect(total.requests).toBe(REQUESTS);
  expect(groups[0]).toMatchObject({ key: { client: '(others)' }, figures: { requests: REQUESTS - 1_000 } });
  const byProject = await usageReport.summary({ ...query, groupBy: ['project'] });
  expect(byProject.groups.map(({ figures }) => figures.requests)).toEqual([REQUESTS / 2, REQUESTS / 2]);

  // The next hour begins anew.
  usage.record({ ...(usage.get('req_1') ?? fail()), id: 'later', client: 'fresh', startedAtMs: AT_MS + 3_600_000 });
  const later = { ...query, fromMs: AT_MS + 3_600_000, toMs: AT_MS + 3_600_001 };
  expect((await usageReport.summary({ ...later, groupBy: ['client'] })).groups[0]?.key).toEqual({ client: 'fresh' });
});

function fail(): never {
  throw new Error('the record is gone');
}
