/** The sums by the hour against the same requests added up one by one, in zones whose days are not all alike. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { USAGE_DIMENSIONS, type UsageFigures } from '../../../proxy/contract/usage.ts';
import type { RequestView } from '../../../proxy/contract/views.ts';
import { calendarOf } from '../../../proxy/ledger/windows.ts';
import { RELATIVE_ERROR_MAX } from '../../../proxy/usage/rollup/histogram.ts';
import { createUsageReport } from '../../../proxy/usage/usage-report.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { openForTest } from '../../integration/storage/fixtures.ts';
import { dimensionOf, exactPercentile, randomRequest, sumsByHand } from '../../support/usage.ts';

const HOUR_MS = 3_600_000;
/** Clocks change in each, or stand on a half or a quarter of an hour. */
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
/** The change to winter time in Berlin is in the first stretch, that to summer time in the second. */
const STARTS = [Date.UTC(2026, 9, 24), Date.UTC(2026, 2, 28)];

const history = fc.record({
  zone: fc.constantFrom(...ZONES),
  fromMs: fc.constantFrom(...STARTS),
  seed: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 40, maxLength: 400 }),
  count: fc.integer({ min: 0, max: 60 }),
});

function requestsOf(seed: readonly number[], count: number, fromMs: number): RequestView[] {
  let at = 0;
  const random = () => seed[at++ % seed.length] ?? 0;
  return Array.from({ length: count }, (_, number) =>
    randomRequest(random, number, fromMs + Math.floor(random() * 72 * HOUR_MS)),
  );
}

function open(zone: string) {
  const { db } = openForTest();
  const calendar = () => calendarOf(zone);
  const usage = createUsageStore({ db, calendar });
  const report = createUsageReport({ db, calendar, timeZone: () => zone, onPastChange: usage.onPastChange });
  return { db, calendar, usage, report };
}

function expectFigures(figures: UsageFigures, requests: readonly RequestView[]): void {
  const { latencyMs, firstTokenMs, ...sums } = figures;
  expect(sums).toEqual(sumsByHand(requests));
  const settled = requests.filter(({ state }) => state === 'settled');
  for (const [found, values] of [
    [latencyMs, settled.flatMap(({ durationMs }) => durationMs ?? [])],
    [firstTokenMs, settled.flatMap(({ firstTokenMs: ms }) => ms ?? [])],
  ] as const) {
    expect(found?.count ?? 0).toBe(values.length);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const exact = Math.max(1, exactPercentile(values, share) ?? 1);
      if (found !== undefined) expect(Math.abs(found[name] / exact - 1)).toBeLessThanOrEqual(RELATIVE_ERROR_MAX + 1e-9);
    }
  }
}

test('totals, groups, filters and every day and hour agree with the rows, also when they are asked again', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ zone, fromMs, seed, count }) => {
      const { calendar, usage, report } = open(zone);
      const requests = requestsOf(seed, count, fromMs);
      const period = { fromMs: fromMs - HOUR_MS, toMs: fromMs + 73 * HOUR_MS };
      const half = Math.floor(requests.length / 2);
      for (const [some, so] of [
        [requests.slice(0, half), requests.slice(0, half)],
        [requests.slice(half), requests],
      ] as const) {
        for (const request of some) usage.record(request);
        const bare = { ...period, groupBy: [], filters: {}, limit: 100 };
        expectFigures((await report.summary(bare)).total, so);
        for (const dimension of USAGE_DIMENSIONS) {
          const { groups, more } = await report.summary({ ...bare, groupBy: [dimension] });
          expect(more).toBe(0);
          expect(new Set(groups.map(({ key }) => key[dimension]))).toEqual(
            new Set(so.map((request) => dimensionOf(request, dimension))),
          );
          for (const { key, figures } of groups)
            expectFigures(
              figures,
              so.filter((request) => dimensionOf(request, dimension) === key[dimension]),
            );
        }
        const filters = { project: ['acme', null], provider: ['openai'] };
        expectFigures(
          (await report.summary({ ...bare, filters })).total,
          so.filter(({ project, provider }) => provider === 'openai' && (project === 'acme' || project === undefined)),
        );
        for (const bucket of ['day', 'hour'] as const) {
          const series = await report.series({ ...period, bucket, filters: {}, limit: 20 });
          const [line] = series.lines;
          series.buckets.forEach(({ startMs, endMs }, index) => {
            const figures = line?.points[index];
            if (figures === undefined) throw new Error('a bucket has no figures');
            expectFigures(
              figures,
              so.filter(({ startedAtMs }) => startMs <= startedAtMs && startedAtMs < endMs),
            );
            if (index > 0) expect(calendar().bounds(bucket, startMs).startMs).toBe(startMs);
          });
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('summed up again from the rows they are the same', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ zone, fromMs, seed, count }) => {
      const { db, usage, report } = open(zone);
      for (const request of requestsOf(seed, count, fromMs)) usage.record(request);
      const query = {
        fromMs,
        toMs: fromMs + 72 * HOUR_MS,
        groupBy: ['hour', 'modelServed', 'errorCode'] as ('hour' | 'modelServed' | 'errorCode')[],
        filters: {},
        limit: 1_000,
      };
      const before = await report.summary(query);
      db.prepare(`INSERT INTO state (key, value, updated_at_ms) VALUES ('usageRollups', '"missing"', 0)`).run();
      const calendar = () => calendarOf(zone);
      createUsageStore({ db, calendar });
      expect(await createUsageReport({ db, calendar, timeZone: () => zone }).summary(query)).toEqual(before);
    }),
    { numRuns: 40 },
  );
});
