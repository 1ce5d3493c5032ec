import { describe, expect, test } from 'vitest';
import type { BudgetWindow } from '../../../proxy/contract/config.ts';
import { windowEndMs, windowStartMs } from '../../../proxy/ledger/windows.ts';

const HOUR = 3_600_000;
const iso = (ms: number | undefined) =>
  ms === undefined ? undefined : new Date(ms).toISOString().replace('.000Z', 'Z');

/** zone, kind, an instant inside, start, end: read off the zones' published rules. */
const CASES: readonly (readonly [string, BudgetWindow, string, string, string, string])[] = [
  ['plain day', 'day', 'UTC', '2026-04-15T10:00:00Z', '2026-04-15T00:00:00Z', '2026-04-16T00:00:00Z'],
  ['first instant of a day', 'day', 'UTC', '2026-04-15T00:00:00Z', '2026-04-15T00:00:00Z', '2026-04-16T00:00:00Z'],
  ['hour', 'hour', 'UTC', '2026-04-15T10:59:59Z', '2026-04-15T10:00:00Z', '2026-04-15T11:00:00Z'],
  ['hour at +05:30', 'hour', 'Asia/Kolkata', '2026-04-15T10:10:00Z', '2026-04-15T09:30:00Z', '2026-04-15T10:30:00Z'],
  ['hour at +05:45', 'hour', 'Asia/Kathmandu', '2026-04-15T10:10:00Z', '2026-04-15T09:15:00Z', '2026-04-15T10:15:00Z'],
  ['week begins on Monday', 'week', 'UTC', '2026-04-15T10:00:00Z', '2026-04-13T00:00:00Z', '2026-04-20T00:00:00Z'],
  ['Sunday ends the week', 'week', 'UTC', '2026-04-19T23:59:59Z', '2026-04-13T00:00:00Z', '2026-04-20T00:00:00Z'],
  ['week over a new year', 'week', 'UTC', '2027-01-01T12:00:00Z', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
  ['month of 31', 'month', 'UTC', '2026-01-31T23:00:00Z', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
  ['month of 28', 'month', 'UTC', '2026-02-28T23:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
  ['month of 29', 'month', 'UTC', '2028-02-29T00:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  ['December', 'month', 'UTC', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['+14', 'day', 'Pacific/Kiritimati', '2026-04-15T10:00:00Z', '2026-04-15T10:00:00Z', '2026-04-16T10:00:00Z'],
  [
    '+14, a moment earlier',
    'day',
    'Pacific/Kiritimati',
    '2026-04-15T09:59:59Z',
    '2026-04-14T10:00:00Z',
    '2026-04-15T10:00:00Z',
  ],
  ['-11', 'day', 'Pacific/Pago_Pago', '2026-04-15T10:00:00Z', '2026-04-14T11:00:00Z', '2026-04-15T11:00:00Z'],
  [
    'month at +14',
    'month',
    'Pacific/Kiritimati',
    '2026-04-30T10:00:00Z',
    '2026-04-30T10:00:00Z',
    '2026-05-31T10:00:00Z',
  ],
  [
    'spring day of 23 hours',
    'day',
    'Europe/Berlin',
    '2026-03-29T12:00:00Z',
    '2026-03-28T23:00:00Z',
    '2026-03-29T22:00:00Z',
  ],
  [
    'autumn day of 25 hours',
    'day',
    'Europe/Berlin',
    '2026-10-25T12:00:00Z',
    '2026-10-24T22:00:00Z',
    '2026-10-25T23:00:00Z',
  ],
  [
    'month with a lost hour',
    'month',
    'America/New_York',
    '2026-03-20T00:00:00Z',
    '2026-03-01T05:00:00Z',
    '2026-04-01T04:00:00Z',
  ],
  [
    'week with a won hour',
    'week',
    'America/New_York',
    '2026-11-01T12:00:00Z',
    '2026-10-26T04:00:00Z',
    '2026-11-02T05:00:00Z',
  ],
  // São Paulo, 4 November 2018: midnight did not happen, clocks went from 23:59:59 to 01:00.
  ['no midnight', 'day', 'America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
  // São Paulo, 17/18 February 2018: at midnight back to 23:00 of the 17th.
  [
    'midnight and back',
    'day',
    'America/Sao_Paulo',
    '2018-02-18T02:30:00Z',
    '2018-02-17T02:00:00Z',
    '2018-02-18T03:00:00Z',
  ],
  // Cairo, 24 April 2026: from 00:00 to 01:00.
  ['Cairo, no midnight', 'day', 'Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
  // Cairo, 29 October 2026: at 24:00 back to 23:00.
  ['Cairo, 25 hours', 'day', 'Africa/Cairo', '2026-10-29T21:30:00Z', '2026-10-28T21:00:00Z', '2026-10-29T22:00:00Z'],
  // St. John's until 2011 changed at 00:01: the day has begun and is not left when clocks go back to 23:01.
  [
    'back over midnight',
    'day',
    'America/St_Johns',
    '2010-11-07T03:00:00Z',
    '2010-11-07T02:30:00Z',
    '2010-11-08T03:30:00Z',
  ],
  // Lord Howe changes by half an hour: 5 April 2026, 02:00 (+11) back to 01:30 (+10:30).
  [
    'Lord Howe day of 24.5 hours',
    'day',
    'Australia/Lord_Howe',
    '2026-04-05T00:00:00Z',
    '2026-04-04T13:00:00Z',
    '2026-04-05T13:30:00Z',
  ],
  [
    'Lord Howe, the hour before',
    'hour',
    'Australia/Lord_Howe',
    '2026-04-04T14:59:59Z',
    '2026-04-04T14:00:00Z',
    '2026-04-04T15:00:00Z',
  ],
  [
    'Lord Howe, the half hour',
    'hour',
    'Australia/Lord_Howe',
    '2026-04-04T15:00:00Z',
    '2026-04-04T15:00:00Z',
    '2026-04-04T15:30:00Z',
  ],
  [
    'Lord Howe, the hour after',
    'hour',
    'Australia/Lord_Howe',
    '2026-04-04T15:30:00Z',
    '2026-04-04T15:30:00Z',
    '2026-04-04T16:30:00Z',
  ],
  // 4 October 2026: 02:00 (+10:30) on to 02:30 (+11). 15:30Z is the change.
  [
    'Lord Howe, cut short',
    'hour',
    'Australia/Lord_Howe',
    '2026-10-03T15:45:00Z',
    '2026-10-03T15:30:00Z',
    '2026-10-03T16:00:00Z',
  ],
  // Berlin's repeated hour 02:00-03:00 is two windows.
  [
    'repeated hour, first',
    'hour',
    'Europe/Berlin',
    '2026-10-25T00:30:00Z',
    '2026-10-25T00:00:00Z',
    '2026-10-25T01:00:00Z',
  ],
  [
    'repeated hour, second',
    'hour',
    'Europe/Berlin',
    '2026-10-25T01:30:00Z',
    '2026-10-25T01:00:00Z',
    '2026-10-25T02:00:00Z',
  ],
  // Samoa had no 30 December 2011.
  [
    'before the skipped day',
    'day',
    'Pacific/Apia',
    '2011-12-30T09:59:59Z',
    '2011-12-29T10:00:00Z',
    '2011-12-30T10:00:00Z',
  ],
  [
    'after the skipped day',
    'day',
    'Pacific/Apia',
    '2011-12-30T10:00:00Z',
    '2011-12-30T10:00:00Z',
    '2011-12-31T10:00:00Z',
  ],
];

describe('where windows begin and end', () => {
  test.each(CASES)('%s', (_name, kind, zone, at, start, end) => {
    const atMs = Date.parse(at);
    expect(iso(windowStartMs(kind, atMs, zone))).toBe(start);
    expect(iso(windowEndMs(kind, atMs, zone))).toBe(end);
  });

  test('total begins in 1970 and never ends', () => {
    expect(windowStartMs('total', Date.parse('2026-04-15T10:00:00Z'), 'Europe/Berlin')).toBe(0);
    expect(windowEndMs('total', Date.parse('2026-04-15T10:00:00Z'), 'Europe/Berlin')).toBeUndefined();
  });

  test('an unknown zone is an error, not UTC', () => {
    expect(() => windowStartMs('day', 0, 'Mars/Olympus')).toThrow(RangeError);
  });

  test.each([
    'UTC',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Kwajalein',
    'Africa/Monrovia',
    'Antarctica/Troll',
  ])('windows of %s leave no gap and no overlap', (zone) => {
    for (const kind of ['hour', 'day', 'week', 'month'] as const) {
      // Through 1993 (Kwajalein skips a day), 2010-2012 and 2026, at steps that meet every window.
      for (const [from, until] of [
        ['1993-08-15T00:00:00Z', '1993-09-05T00:00:00Z'],
        ['2010-10-25T00:00:00Z', '2010-11-20T00:00:00Z'],
        ['2011-12-20T00:00:00Z', '2012-01-10T00:00:00Z'],
        ['2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z'],
      ] as const) {
        const lastMs = Date.parse(until);
        let startMs = windowStartMs(kind, Date.parse(from), zone);
        while (startMs < lastMs) {
          const endMs = windowEndMs(kind, startMs, zone) ?? 0;
          expect(endMs).toBeGreaterThan(startMs);
          if (kind === 'hour') expect(endMs - startMs).toBeLessThanOrEqual(HOUR);
          expect(windowStartMs(kind, startMs, zone)).toBe(startMs);
          expect(windowStartMs(kind, endMs - 1, zone)).toBe(startMs);
          expect(windowStartMs(kind, endMs, zone)).toBe(endMs);
          startMs = endMs;
        }
      }
    }
  });
});
