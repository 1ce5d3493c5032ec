import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../proxy/ledger/windows.ts';
import { bucketsOf, UsageQueryError, wholeHours } from '../../../proxy/usage/time-buckets.ts';

const HOUR_MS = 3_600_000;
const lengths = (zone: string, from: string, to: string, unit: 'hour' | 'day') =>
  bucketsOf(calendarOf(zone), { fromMs: Date.parse(from), toMs: Date.parse(to) }, unit).map(
    ({ startMs, endMs }) => (endMs - startMs) / HOUR_MS,
  );

describe('days', () => {
  test.each([
    ['of 23 hours in spring', 'Europe/Berlin', '2026-03-28T00:00+01:00', '2026-03-31T00:00+02:00', [24, 23, 24]],
    ['of 25 hours in autumn', 'America/New_York', '2026-10-31T00:00-04:00', '2026-11-03T00:00-05:00', [24, 25, 24]],
    ['of 24.5 hours on Lord Howe', 'Australia/Lord_Howe', '2026-04-05T00:00+11:00', '2026-04-06T00:00+10:30', [24.5]],
    [
      'that begin at 1 where midnight is skipped',
      'Africa/Cairo',
      '2026-04-23T00:00+02:00',
      '2026-04-25T00:00+03:00',
      [24, 23],
    ],
    ['cut at both ends of the period', 'UTC', '2026-01-01T22:00Z', '2026-01-03T05:00Z', [2, 24, 5]],
  ])('%s', (_, zone, from, to, expected) => {
    expect(lengths(zone, from, to, 'day')).toEqual(expected);
  });
});

describe('hours', () => {
  test('that clocks repeat are two', () => {
    expect(lengths('Europe/Berlin', '2026-10-25T02:00+02:00', '2026-10-25T04:00+01:00', 'hour')).toEqual([1, 1, 1]);
  });

  test('begin at a quarter past in UTC where the zone says so', () => {
    const nepal = calendarOf('Asia/Kathmandu');
    const atMs = Date.parse('2026-05-01T12:00Z');
    expect(wholeHours(nepal, { fromMs: atMs, toMs: atMs + 1 })).toEqual({
      fromMs: Date.parse('2026-05-01T11:15Z'),
      toMs: Date.parse('2026-05-01T12:15Z'),
    });
  });

  test('are refused when they are too many', () => {
    expect(() => lengths('UTC', '2026-01-01T00:00Z', '2026-12-31T00:00Z', 'hour')).toThrow(UsageQueryError);
  });
});
