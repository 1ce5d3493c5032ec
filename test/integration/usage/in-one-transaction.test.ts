/** A request's row, its sums and its trace stand or fall together, and with the ledger's entry. */
import { expect, test } from 'vitest';
import { live, openHistory } from '../../support/usage-history.ts';

const AT_MS = Date.UTC(2026, 9, 1, 12);
const period = { fromMs: AT_MS, toMs: AT_MS + 1, groupBy: [], filters: {}, limit: 1 };
const route = { asked: 'a', kind: 'auto', reasons: [], candidates: [], excluded: [], attempts: [] };
const request = {
  id: 'req_1',
  startedAtMs: AT_MS,
  state: 'settled',
  protocol: 'p',
  stream: false,
  attempts: 1,
  configVersion: 1,
} as const;

test('what the transaction around it undoes is in no sum, and can be recorded again', async () => {
  const { db, usage, usageReport } = openHistory();
  const undone = db.transaction(() => {
    usage.record(request, route);
    throw new Error('the disk is full');
  });
  expect(undone).toThrow('the disk is full');
  expect(usage.get('req_1')).toBeUndefined();
  expect((await usageReport.summary(period)).total.requests).toBe(0);
  usage.record(request, route);
  expect(usage.routeOf('req_1')).toEqual(route);
  expect((await usageReport.summary(period)).total.requests).toBe(1);
});

test('a trace that cannot be written takes the row and its sums with it', async () => {
  const { db, usage, usageReport } = openHistory();
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON request_routes BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  expect(() => usage.record(request, route)).toThrow('the disk is full');
  expect(usage.get('req_1')).toBeUndefined();
  expect((await usageReport.summary(period)).total.requests).toBe(0);
});

test('a second row for the same request adds nothing', async () => {
  const { usage, usageReport } = openHistory();
  usage.record(request);
  expect(() => usage.record(request, route)).toThrow(/UNIQUE/);
  expect((await usageReport.summary(period)).total.requests).toBe(1);
  expect(usage.routeOf('req_1')).toBeUndefined();
});

test('a request that a crash interrupted counts once', async () => {
  const { usage, usageReport } = openHistory();
  const interrupted = {
    requestId: 'req_1',
    startedAtMs: AT_MS,
    provider: 'up',
    model: 'm',
    configVersion: 1,
    costNano: 9,
  };
  expect(usage.recordInterrupted([interrupted])).toEqual(['req_1']);
  expect(usage.recordInterrupted([interrupted])).toEqual([]);
  expect((await usageReport.summary(period)).total).toMatchObject({ requests: 1, failed: 1, chargedNano: 9 });
});

test('the arms of a split, the dearest first', async () => {
  const history = openHistory();
  const { usage, usageReport } = history;
  const arm = (id: string, name: string, costNano: number, durationMs: number) =>
    usage.record({ ...request, id, split: { name: 'ab', arm: name }, costNano, durationMs });
  arm('a1', 'a', 10, 100);
  arm('b1', 'b', 40, 400);
  arm('b2', 'b', 1, 400);
  usage.record({ ...request, id: 'b3', state: 'failed', split: { name: 'ab', arm: 'b' } });
  usage.record({ ...request, id: 'other', split: { name: 'xy', arm: 'a' }, costNano: 999 });
  await live(history, { atMs: AT_MS, costNano: 5 });
  const { arms } = await usageReport.splits({ name: 'ab', fromMs: AT_MS, toMs: AT_MS + 1 });
  expect(arms).toMatchObject([
    { arm: 'b', figures: { requests: 3, failed: 1, costNano: 41 } },
    { arm: 'a', figures: { requests: 1, failed: 0, costNano: 10 } },
  ]);
  expect(arms[0]?.figures.latencyMs?.count).toBe(2);
});

test('lines beyond the limit of a series are summed up in the rest', async () => {
  const { usage, usageReport } = openHistory();
  for (let model = 0; model < 5; model += 1)
    usage.record({ ...request, id: `m${model}`, modelServed: `up/m${model}`, costNano: 10 ** model });
  const series = await usageReport.series({ ...period, bucket: 'hour', groupBy: 'modelServed', limit: 2 });
  expect(series.lines.map(({ value }) => value)).toEqual(['up/m4', 'up/m3']);
  expect(series.rest?.map(({ costNano }) => costNano)).toEqual([111]);
});
