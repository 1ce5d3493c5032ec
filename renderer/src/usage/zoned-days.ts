/** Days and months on the clock of a time zone: the gateway counts in the config's, which may not be the browser's. */

export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is there. Throws RangeError for a time zone that does not exist. */
export function civilDayOf(atMs: number, timeZone: string): CivilDay {
  const { year, month, day } = clockOf(atMs, timeZone);
  return { year, month, day };
}

/** The first instant of a day; `day` may run over the month, as in 32 or 0. A day may begin at 01:00 where clocks change. */
export function startOfDay({ year, month, day }: CivilDay, timeZone: string): number {
  const wall = Date.UTC(year, month - 1, day);
  const wanted = new Date(wall).getUTCDate();
  const candidates = [wall - DAY_MS, wall + DAY_MS].map((nearMs) => wall - offsetAt(nearMs, timeZone));
  const earliestFirst = candidates.sort((a, b) => a - b);
  return earliestFirst.find((atMs) => clockOf(atMs, timeZone).day === wanted) ?? wall;
}

/** `2026-11-20`, as date fields have it. */
export function isoOfDay({ year, month, day }: CivilDay): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** Undefined for anything but a day of the calendar. */
export function dayOfIso(text: string): CivilDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const civil = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return civil.year >= 1970 && isoOfDay(civil) === text ? civil : undefined;
}

function offsetAt(atMs: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = clockOf(atMs, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

interface Clock extends CivilDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function clockOf(atMs: number, timeZone: string): Clock {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  const read = (name: string) => Number(parts[name]);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
