import { describe, expect, it } from 'vitest';
import { forecastNano } from '../../../renderer/src/usage/forecast.ts';
import { asCustom, monthsUntil, periodOf } from '../../../renderer/src/usage/periods.ts';
import { civilDayOf, dayOfIso, isoOfDay, startOfDay } from '../../../renderer/src/usage/zoned-days.ts';

const at = (iso: string) => Date.parse(iso);

describe('the first instant of a day', () => {
  it.each([
    ['UTC', { year: 2026, month: 3, day: 1 }, '2026-03-01T00:00:00Z'],
    ['Asia/Kathmandu', { year: 2026, month: 3, day: 1 }, '2026-02-28T18:15:00Z'],
    ['Europe/Berlin', { year: 2026, month: 3, day: 29 }, '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', { year: 2026, month: 3, day: 30 }, '2026-03-29T22:00:00Z'],
    // Clocks went from 24:00 to 01:00, so this day began an hour late.
    ['America/Sao_Paulo', { year: 2018, month: 11, day: 4 }, '2018-11-04T03:00:00Z'],
    // Clocks went from 24:00 back to 23:00, so the day before had that hour twice.
    ['America/Sao_Paulo', { year: 2018, month: 2, day: 18 }, '2018-02-18T03:00:00Z'],
    ['Pacific/Auckland', { year: 2026, month: 12, day: 32 }, '2026-12-31T11:00:00Z'],
    ['UTC', { year: 2026, month: 0, day: 1 }, '2025-12-01T00:00:00Z'],
  ])('in %s %j is %s', (zone, civil, iso) => {
    expect(new Date(startOfDay(civil, zone)).toISOString()).toBe(new Date(iso).toISOString());
  });

  it('is that of the day it is there, on every day of a year', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      for (let noon = at('2026-01-01T12:00:00Z'); noon < at('2027-01-01T00:00:00Z'); noon += 86_400_000) {
        const civil = civilDayOf(noon, zone);
        const start = startOfDay(civil, zone);
        expect(civilDayOf(start, zone)).toEqual(civil);
        expect(civilDayOf(start - 1, zone)).not.toEqual(civil);
      }
    }
  });
});

describe('days as date fields have them', () => {
  it.each(['', '2026-2-3', '2026-02-30', '1969-12-31', 'today'])('%j is none', (text) => {
    expect(dayOfIso(text)).toBeUndefined();
  });
  it('comes back as it was', () => {
    expect(dayOfIso('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 });
    expect(isoOfDay({ year: 2026, month: 13, day: 1 })).toBe('2027-01-01');
  });
});

describe('periods', () => {
  const now = at('2026-11-20T17:00:00Z');
  it.each([
    [{ kind: 'today' }, '2026-11-20', '2026-11-21', 'hour'],
    [{ kind: '7-days' }, '2026-11-14', '2026-11-21', 'day'],
    [{ kind: '30-days' }, '2026-10-22', '2026-11-21', 'day'],
    [{ kind: 'this-month' }, '2026-11-01', '2026-11-21', 'day'],
    [{ kind: 'last-month' }, '2026-10-01', '2026-11-01', 'day'],
    [{ kind: 'custom', fromDay: '2026-11-03', toDay: '2026-11-04' }, '2026-11-03', '2026-11-05', 'hour'],
  ] as const)('%j runs from %s up to %s by the %s', (choice, from, to, bucket) => {
    expect(periodOf(choice, now, 'UTC')).toEqual({ fromMs: at(from), toMs: at(to), bucket });
  });

  it('count days on the clock of the zone', () => {
    const lateEvening = at('2026-11-20T23:30:00Z');
    expect(periodOf({ kind: 'today' }, lateEvening, 'Europe/Berlin')?.fromMs).toBe(at('2026-11-20T23:00:00Z'));
  });

  it('are none while the range is not two days in their order', () => {
    expect(periodOf({ kind: 'custom', fromDay: '2026-11-05', toDay: '2026-11-04' }, now, 'UTC')).toBeUndefined();
    expect(periodOf({ kind: 'custom', fromDay: '', toDay: '2026-11-04' }, now, 'UTC')).toBeUndefined();
  });

  it('become a range of the same days', () => {
    const week = periodOf({ kind: '7-days' }, now, 'America/New_York');
    const range = week && asCustom(week, 'America/New_York');
    expect(range).toEqual({ kind: 'custom', fromDay: '2026-11-14', toDay: '2026-11-20' });
    expect(range && periodOf(range, now, 'America/New_York')).toEqual(week);
  });

  it('are months back over the year, without gap', () => {
    const months = monthsUntil(at('2026-02-10T00:00:00Z'), 'Europe/Berlin', 4);
    expect(months[0]?.fromMs).toBe(at('2026-01-31T23:00:00Z'));
    for (const [index, month] of months.slice(1).entries()) expect(month.toMs).toBe(months[index]?.fromMs);
  });
});

describe('a forecast', () => {
  const window = { startMs: 0, endMs: 1_000 };
  it('goes on in a straight line', () => {
    expect(forecastNano({ ...window, spentNano: 500, nowMs: 250 })).toBe(2_000);
    expect(forecastNano({ ...window, spentNano: 500, nowMs: 1_200 })).toBe(500);
  });
  it('is none while too little of the window is over, or the clock is before it', () => {
    expect(forecastNano({ ...window, spentNano: 500, nowMs: 10 })).toBeUndefined();
    expect(forecastNano({ ...window, spentNano: 500, nowMs: -10 })).toBeUndefined();
    expect(forecastNano({ startMs: 5, endMs: 5, spentNano: 500, nowMs: 5 })).toBeUndefined();
  });
});
