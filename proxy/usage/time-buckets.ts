/** Periods cut into the hours or days of a calendar. */
import type { UsageCalendar } from './types.ts';

export interface TimeBucket {
  readonly startMs: number;
  readonly endMs: number;
}

/** The caller asked for something that cannot be answered; the message says what to ask instead. */
export class UsageQueryError extends Error {
  override readonly name = 'UsageQueryError';
}

/** 83 days by the hour; five years by the day. */
const BUCKETS_MAX = 2_000;

/** The period widened to the hours that hold its ends: sums are kept by the hour. */
export function wholeHours(
  calendar: UsageCalendar,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): { fromMs: number; toMs: number } {
  return { fromMs: calendar.bounds('hour', fromMs).startMs, toMs: endOf(calendar, 'hour', toMs - 1) };
}

/**
 * The hours or days that the period touches, without gap or overlap; the first and last are cut to it. Throws
 * UsageQueryError when they are too many.
 */
export function bucketsOf(
  calendar: UsageCalendar,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  unit: 'hour' | 'day',
): TimeBucket[] {
  const buckets: TimeBucket[] = [];
  for (let startMs = fromMs; startMs < toMs; ) {
    if (buckets.length === BUCKETS_MAX) {
      throw new UsageQueryError(
        `This period has more than ${BUCKETS_MAX} ${unit}s. ${unit === 'hour' ? 'Ask by day, or for' : 'Ask for'} a shorter period.`,
      );
    }
    const endMs = Math.min(toMs, endOf(calendar, unit, startMs));
    buckets.push({ startMs, endMs });
    startMs = endMs;
  }
  return buckets;
}

/** Days are worked out from the system's time zone tables, which takes longer than reading their sums. */
const ends = new WeakMap<UsageCalendar, Map<string, number>>();
const ENDS_REMEMBERED_MAX = 10_000;

function endOf(calendar: UsageCalendar, unit: 'hour' | 'day', atMs: number): number {
  const known = ends.get(calendar) ?? new Map<string, number>();
  ends.set(calendar, known);
  const name = `${unit} ${atMs}`;
  let endMs = known.get(name);
  if (endMs === undefined) {
    endMs = calendar.bounds(unit, atMs).endMs;
    if (endMs === undefined) throw new UsageQueryError(`There is no end of the ${unit} of that instant.`);
    if (known.size >= ENDS_REMEMBERED_MAX) known.clear();
    known.set(name, endMs);
  }
  return endMs;
}
