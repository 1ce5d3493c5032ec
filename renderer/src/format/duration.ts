/** Durations short enough for a table cell. */
import { UNKNOWN } from './unknown.ts';

/** `0.8 ms`, `840 ms`, `3.2 s`, `1 min 4 s`. Undefined is "unknown". */
export function formatDuration(ms: number | undefined, locale?: string): string {
  if (ms === undefined) return UNKNOWN;
  if (ms < 10) return `${number(ms, 1, locale)} ms`;
  if (ms < 1000) return `${number(ms, 0, locale)} ms`;
  if (ms < 60_000) return `${number(ms / 1000, ms < 9_950 ? 1 : 0, locale)} s`;
  const seconds = Math.round(ms / 1000);
  return `${number(Math.floor(seconds / 60), 0, locale)} min ${seconds % 60} s`;
}

function number(value: number, digits: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}
