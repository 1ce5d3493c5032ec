/** Old records go, in batches; sums and money stay. */
import { expect, test } from 'vitest';
import { sweepUsage } from '../../../proxy/usage/sweep-usage.ts';
import { live, openHistory } from '../../support/usage-history.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 20, 12);
const all = { fromMs: 0, toMs: NOW_MS + DAY_MS };

test('records older than the retention are deleted with their traces, and nothing else is', async () => {
  const history = openHistory();
  const { db, usage, usageReport, ledger } = history;
  for (let day = 20; day >= 0; day -= 1)
    await live(history, { atMs: NOW_MS - day * DAY_MS, costNano: 1_000 + day, feeBps: 500, project: 'acme' });
  const route = { asked: 'auto', kind: 'auto', reasons: ['short'], candidates: [], excluded: [], attempts: [] };
  const base = { state: 'settled', protocol: 'openai-chat', stream: false, attempts: 1, configVersion: 1 } as const;
  usage.record({ ...base, id: 'req_old', startedAtMs: NOW_MS - 15 * DAY_MS }, route);
  usage.record({ ...base, id: 'req_new', startedAtMs: NOW_MS - 1 }, route);
  const before = await usageReport.summary({ ...all, groupBy: ['day', 'project'], filters: {}, limit: 100 });
  const invoice = usageReport.invoice({ party: 'project', name: 'acme', ...all });

  // Ten days to the millisecond are kept.
  expect(await sweepUsage({ db, nowMs: NOW_MS, retentionDays: 10 })).toBe(11);
  expect(usage.list({ limit: 100 }).items).toHaveLength(12);
  expect(usage.routeOf('req_old')).toBeUndefined();
  expect(usage.routeOf('req_new')).toEqual(route);
  expect(await usageReport.summary({ ...all, groupBy: ['day', 'project'], filters: {}, limit: 100 })).toEqual(before);
  expect(usageReport.invoice({ party: 'project', name: 'acme', ...all })).toEqual(invoice);
  expect((await ledger.audit()).ok).toBe(true);
  expect(await sweepUsage({ db, nowMs: NOW_MS, retentionDays: 10 })).toBe(0);
});

test('between two batches others have their turn, and a stop is heard', async () => {
  const { db, usage } = openHistory();
  db.transaction(() => {
    for (let row = 0; row < 2_600; row += 1)
      usage.record({
        id: `r${row}`,
        startedAtMs: row,
        state: 'failed',
        protocol: 'p',
        stream: false,
        attempts: 0,
        configVersion: 1,
      });
  })();
  const stop = new AbortController();
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns === 3) stop.abort();
    else setImmediate(count);
  };
  setImmediate(count);
  const deleted = await sweepUsage({ db, nowMs: NOW_MS, retentionDays: 1, signal: stop.signal });
  expect(deleted % 500).toBe(0);
  expect(deleted).toBeLessThan(2_600);
  expect(db.prepare('SELECT count(*) FROM requests').pluck().get()).toBe(2_600 - deleted);
  expect(await sweepUsage({ db, nowMs: NOW_MS, retentionDays: 1 })).toBe(2_600 - deleted);
});
