/** What the wall clock of an IANA time zone shows, from Intl: the only source of time-zone rules on this platform. */

/** Milliseconds to add to an instant (UTC) to get its wall clock, read as if that were UTC. */
export type OffsetMs = (atMs: number) => number;

/** Throws RangeError for a zone this platform does not know. */
export function zoneOffset(timeZone: string): OffsetMs {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (atMs) => {
    const wholeMs = Math.floor(atMs / 1000) * 1000;
    let year = 0;
    let month = 0;
    let day = 0;
    let hour = 0;
    let minute = 0;
    let second = 0;
    for (const { type, value } of format.formatToParts(wholeMs)) {
      if (type === 'year') year = Number(value);
      else if (type === 'month') month = Number(value);
      else if (type === 'day') day = Number(value);
      else if (type === 'hour') hour = Number(value);
      else if (type === 'minute') minute = Number(value);
      else if (type === 'second') second = Number(value);
    }
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
  };
}

/** The first instant in (afterMs, untilMs] at which `read` gives another value than at afterMs. They must differ. */
export function firstChange(read: OffsetMs, afterMs: number, untilMs: number): number {
  const before = read(afterMs);
  let low = afterMs;
  let high = untilMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
