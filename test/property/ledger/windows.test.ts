/** Budget windows of every zone this platform knows, at random instants, against what the wall clock shows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BudgetWindow } from '../../../proxy/contract/config.ts';
import { windowEndMs, windowStartMs } from '../../../proxy/ledger/windows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = Intl.supportedValuesOf('timeZone');
/** Zones whose clocks change at midnight, by half an hour, over the date line or often. */
const ODD_ZONES = [
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Africa/Casablanca',
  'America/Nuuk',
  'Asia/Gaza',
  'Antarctica/Troll',
];
const zone = fc.oneof(fc.constantFrom(...ZONES), fc.constantFrom(...ODD_ZONES));
const FIRST = Date.UTC(1972, 0, 1);
const LAST = Date.UTC(2045, 0, 1);
/** Anywhere, and around the turns of days, months and years in UTC. */
const instant = fc.oneof(
  fc.integer({ min: FIRST, max: LAST }),
  fc
    .tuple(fc.integer({ min: 0, max: 26_000 }), fc.integer({ min: -2, max: 2 }))
    .map(([day, ms]) => FIRST + day * DAY + ms),
  fc
    .tuple(fc.integer({ min: 0, max: 870 }), fc.integer({ min: -16 * HOUR, max: 16 * HOUR }))
    .map(([month, ms]) => Date.UTC(1972, month, 1) + ms),
);

const formats = new Map<string, Intl.DateTimeFormat>();
/** The date that a calendar on the wall shows, as YYYYMMDD. */
function dateAt(timeZone: string, atMs: number): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return Number(format.format(atMs).replaceAll('-', ''));
}

/** The date on which the window of a date begins. */
function firstDate(kind: 'day' | 'week' | 'month', date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  if (kind === 'day') return date;
  if (kind === 'month') return date - day + 1;
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const monday = new Date(Date.UTC(year, month - 1, day - weekday));
  return monday.getUTCFullYear() * 10_000 + (monday.getUTCMonth() + 1) * 100 + monday.getUTCDate();
}

function boundsOf(kind: BudgetWindow, atMs: number, timeZone: string): { startMs: number; endMs: number } {
  const endMs = windowEndMs(kind, atMs, timeZone);
  if (endMs === undefined) throw new Error('only total never ends');
  return { startMs: windowStartMs(kind, atMs, timeZone), endMs };
}

const LENGTH: Readonly<Record<'hour' | 'day' | 'week' | 'month', readonly [number, number]>> = {
  hour: [1, HOUR],
  day: [20 * HOUR, 50 * HOUR],
  week: [5.9 * DAY, 7.2 * DAY],
  month: [26.9 * DAY, 31.2 * DAY],
};

test('windows hold their instant, follow on each other without gap or overlap, and are as long as they should be', () => {
  fc.assert(
    fc.property(fc.constantFrom('hour', 'day', 'week', 'month' as const), instant, zone, (kind, atMs, timeZone) => {
      const { startMs, endMs } = boundsOf(kind, atMs, timeZone);
      expect(startMs).toBeLessThanOrEqual(atMs);
      expect(endMs).toBeGreaterThan(atMs);
      expect(boundsOf(kind, endMs, timeZone).startMs).toBe(endMs);
      expect(boundsOf(kind, startMs - 1, timeZone).endMs).toBe(startMs);
      expect(boundsOf(kind, startMs, timeZone)).toEqual({ startMs, endMs });
      expect(boundsOf(kind, endMs - 1, timeZone)).toEqual({ startMs, endMs });
      const [shortest, longest] = LENGTH[kind];
      expect(endMs - startMs).toBeGreaterThanOrEqual(shortest);
      expect(endMs - startMs).toBeLessThanOrEqual(longest);
    }),
    { numRuns: 4_000 },
  );
});

test('day, week and month begin at the very first instant at which the calendar on the wall shows them', () => {
  fc.assert(
    fc.property(fc.constantFrom('day', 'week', 'month' as const), instant, zone, (kind, atMs, timeZone) => {
      const { startMs } = boundsOf(kind, atMs, timeZone);
      const first = firstDate(kind, dateAt(timeZone, startMs));
      // Where a zone skipped the first date, the window begins with the next one there was.
      expect(dateAt(timeZone, startMs)).toBeGreaterThanOrEqual(first);
      for (let backMs = 1; backMs <= 30 * HOUR; backMs += backMs < 4 ? 1 : 15 * MINUTE) {
        expect(dateAt(timeZone, startMs - backMs)).toBeLessThan(first);
      }
    }),
    { numRuns: 1_500 },
  );
});

test('whatever happens to the clocks, an instant is in the window of its date, or of a later one that had begun', () => {
  fc.assert(
    fc.property(fc.constantFrom('day', 'week', 'month' as const), instant, zone, (kind, atMs, timeZone) => {
      const { startMs, endMs } = boundsOf(kind, atMs, timeZone);
      const shown = firstDate(kind, dateAt(timeZone, atMs));
      const began = firstDate(kind, dateAt(timeZone, startMs));
      expect(began).toBeGreaterThanOrEqual(shown);
      // Later only within the hours that a clock was set back over midnight.
      if (began > shown) expect(atMs - startMs).toBeLessThan(26 * HOUR);
      expect(firstDate(kind, dateAt(timeZone, endMs))).toBeGreaterThan(began);
    }),
    { numRuns: 4_000 },
  );
});

test('windows lie inside each other: a day never spans two weeks or two months', () => {
  fc.assert(
    fc.property(instant, zone, (atMs, timeZone) => {
      const day = boundsOf('day', atMs, timeZone);
      for (const kind of ['week', 'month'] as const) {
        const { startMs, endMs } = boundsOf(kind, atMs, timeZone);
        expect(startMs).toBeLessThanOrEqual(day.startMs);
        expect(endMs).toBeGreaterThanOrEqual(day.endMs);
      }
      expect(windowStartMs('total', atMs, timeZone)).toBe(0);
      expect(windowEndMs('total', atMs, timeZone)).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
});
