/** The periods a person can choose, as instants on the clock of the gateway's time zone. Pure. */
import { type CivilDay, civilDayOf, dayOfIso, isoOfDay, startOfDay } from './zoned-days.ts';

export type NamedPeriod = 'today' | '7-days' | '30-days' | 'this-month' | 'last-month';

export type PeriodChoice =
  | { readonly kind: NamedPeriod }
  /** Both days are part of it, written `2026-11-20`. */
  | { readonly kind: 'custom'; readonly fromDay: string; readonly toDay: string };

export interface Period {
  readonly fromMs: number;
  /** The first instant after it. */
  readonly toMs: number;
  /** What its chart is cut into. */
  readonly bucket: 'hour' | 'day';
}

const HOURLY_DAYS_MAX = 2;

/** Undefined while a custom range is not two days in their order. */
export function periodOf(choice: PeriodChoice, nowMs: number, timeZone: string): Period | undefined {
  const days = daysOf(choice, civilDayOf(nowMs, timeZone));
  if (days === undefined) return undefined;
  const [first, end] = days;
  const fromMs = startOfDay(first, timeZone);
  const toMs = startOfDay(end, timeZone);
  if (fromMs >= toMs) return undefined;
  const count = Math.round((toMs - fromMs) / 86_400_000);
  return { fromMs, toMs, bucket: count <= HOURLY_DAYS_MAX ? 'hour' : 'day' };
}

/** The first day, and the day after the last. Up to the end of today, so that the answer stays the same until midnight. */
function daysOf(choice: PeriodChoice, today: CivilDay): readonly [CivilDay, CivilDay] | undefined {
  const tomorrow = later(today, 1);
  switch (choice.kind) {
    case 'today':
      return [today, tomorrow];
    case '7-days':
      return [later(today, -6), tomorrow];
    case '30-days':
      return [later(today, -29), tomorrow];
    case 'this-month':
      return [{ ...today, day: 1 }, tomorrow];
    case 'last-month':
      return [
        { ...today, month: today.month - 1, day: 1 },
        { ...today, day: 1 },
      ];
    case 'custom': {
      const first = dayOfIso(choice.fromDay);
      const last = dayOfIso(choice.toDay);
      return first === undefined || last === undefined ? undefined : [first, later(last, 1)];
    }
    default:
      choice satisfies never;
      return undefined;
  }
}

function later(civil: CivilDay, days: number): CivilDay {
  return { ...civil, day: civil.day + days };
}

/** What a range begins with when the person turns to "Custom": the period that was shown. */
export function asCustom({ fromMs, toMs }: Period, timeZone: string): PeriodChoice {
  return {
    kind: 'custom',
    fromDay: isoOfDay(civilDayOf(fromMs, timeZone)),
    toDay: isoOfDay(civilDayOf(toMs - 1, timeZone)),
  };
}

export interface Month {
  readonly fromMs: number;
  readonly toMs: number;
}

/** This month and those before it, newest first. */
export function monthsUntil(nowMs: number, timeZone: string, count: number): readonly Month[] {
  const { year, month } = civilDayOf(nowMs, timeZone);
  return Array.from({ length: count }, (_, back) => ({
    fromMs: startOfDay({ year, month: month - back, day: 1 }, timeZone),
    toMs: startOfDay({ year, month: month - back + 1, day: 1 }, timeZone),
  }));
}
