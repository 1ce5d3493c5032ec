/** Hours and days on the axis of a chart, in the person's words and the gateway's time zone. */

export function hourLabel(startMs: number, timeZone: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(startMs);
}

export function dayLabel(startMs: number, timeZone: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' }).format(startMs);
}

/** With its weekday, or for an hour with its day: what a tool tip and a table say. */
export function fullBucketLabel(startMs: number, bucket: 'hour' | 'day', timeZone: string, locale?: string): string {
  const day = { timeZone, weekday: 'short', day: 'numeric', month: 'short' } as const;
  const hour = bucket === 'hour' ? ({ hour: '2-digit', minute: '2-digit' } as const) : {};
  return new Intl.DateTimeFormat(locale, { ...day, ...hour }).format(startMs);
}

export function monthLabel(startMs: number, timeZone: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, month: 'long', year: 'numeric' }).format(startMs);
}

/** `14 Nov – 20 Nov 2026`, or one day. */
export function periodLabel(fromMs: number, toMs: number, timeZone: string, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  return format.formatRange(fromMs, toMs - 1);
}
