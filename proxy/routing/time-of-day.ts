/** Times of day and days of the week in a time zone, for rules. */
import type { RuleConfig } from '../contract/config.ts';

type Day = NonNullable<RuleConfig['when']['days']>[number];
const DAYS: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export interface LocalTime {
  /** Minutes since midnight. */
  readonly minute: number;
  /** Of the week: Sunday is 0. */
  readonly day: number;
}

/** Formatting is slow and a minute is all a rule can ask for, so the last answer is kept. */
let last: { readonly timeZone: string; readonly epochMinute: number; readonly time: LocalTime } | undefined;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock of the zone shows. Throws RangeError for a zone that this platform does not know. */
export function localTime(nowMs: number, timeZone: string): LocalTime {
  const epochMinute = Math.floor(nowMs / 60_000);
  if (last?.epochMinute === epochMinute && last.timeZone === timeZone) return last.time;
  const format = formatFor(timeZone);
  const parts = new Map(format.formatToParts(nowMs).map(({ type, value }) => [type, value]));
  const time = {
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    day: DAYS.indexOf((parts.get('weekday') ?? '').toLowerCase() as Day),
  };
  last = { timeZone, epochMinute, time };
  return time;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

export interface TimeWindow {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

/** `22:00-06:00`, as the schema has checked it. */
export function parseTimeWindow(text: string): TimeWindow {
  const [from = '', to = ''] = text.split('-');
  return { from: minuteOf(from), to: minuteOf(to) };
}

function minuteOf(text: string): number {
  const [hour, minute] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}

/**
 * The end is not in the window. A window that ends before it begins goes over midnight, and belongs to the day on which
 * it begins: `fri` with `22:00-06:00` is the night from Friday to Saturday. One that ends where it begins is the whole day.
 */
export function isWithin(time: LocalTime, window: TimeWindow | undefined, days: readonly Day[] | undefined): boolean {
  let { day } = time;
  if (window !== undefined && window.from !== window.to) {
    const { minute } = time;
    const overMidnight = window.from > window.to;
    const inside = overMidnight
      ? minute >= window.from || minute < window.to
      : minute >= window.from && minute < window.to;
    if (!inside) return false;
    if (overMidnight && minute < window.to) day = (day + 6) % 7;
  }
  const name = DAYS[day];
  return days === undefined || (name !== undefined && days.includes(name));
}
