/**
 * What a key has spent in the present window of its cap, from the usage by day or hour. Its buckets are those of the
 * config's time zone, so a window is the last of them, back to the one in which it began. Pure.
 */
import type { BudgetWindow } from '../../../../proxy/contract/config.ts';
import type { UsageSeries, UsageSeriesInput } from '../../../../proxy/contract/usage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back each window can reach, with a day to spare for zones and clock changes. */
const REACH_MS: Record<Exclude<BudgetWindow, 'total'>, number> = {
  hour: 2 * HOUR_MS,
  day: 2 * DAY_MS,
  week: 8 * DAY_MS,
  month: 32 * DAY_MS,
};

interface CapWindow {
  readonly window: BudgetWindow;
  readonly accessKeyId: string;
  readonly createdAtMs: number;
  readonly nowMs: number;
}

/** Rounded to the minute, so that a page that is drawn again asks for the same. */
export function windowSeries({ window, accessKeyId, createdAtMs, nowMs }: CapWindow): UsageSeriesInput {
  const toMs = Math.ceil((nowMs + 1) / 60_000) * 60_000;
  const fromMs = window === 'total' ? Math.min(createdAtMs, toMs - HOUR_MS) : toMs - REACH_MS[window];
  return {
    fromMs,
    toMs,
    bucket: window === 'hour' ? 'hour' : 'day',
    filters: { accessKey: [accessKeyId] },
    limit: 1,
  };
}

/** In whole nano-dollars. */
export function chargedInWindow({ buckets, lines }: UsageSeries, window: BudgetWindow, timeZone: string): number {
  const points = lines[0]?.points ?? [];
  const first = firstBucket(buckets, window, timeZone);
  return points.slice(first).reduce((sum, { chargedNano }) => sum + chargedNano, 0);
}

function firstBucket(buckets: UsageSeries['buckets'], window: BudgetWindow, timeZone: string): number {
  const last = buckets.length - 1;
  switch (window) {
    case 'total':
      return 0;
    case 'hour':
    case 'day':
      return Math.max(0, last);
    case 'week':
      return Math.max(0, lastWhere(buckets, timeZone, { weekday: 'short' }, 'Mon'));
    case 'month':
      return Math.max(0, lastWhere(buckets, timeZone, { day: 'numeric' }, '1'));
    default:
      return window satisfies never;
  }
}

function lastWhere(
  buckets: UsageSeries['buckets'],
  timeZone: string,
  part: Intl.DateTimeFormatOptions,
  wanted: string,
): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...part });
  return buckets.findLastIndex(({ startMs }) => format.format(startMs) === wanted);
}
