/** Instants in the person's locale and time zone. */

export function formatClock(atMs: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);
}

/** `14:35`, `2:35 PM`: for what is minutes or hours away. */
export function formatMinute(atMs: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(atMs);
}

export function formatInstant(atMs: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs);
}

/** `14:03:22` today, otherwise `3 Nov, 14:03`. */
export function formatWhen(atMs: number, nowMs: number, locale?: string): string {
  const sameDay = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  if (sameDay) return formatClock(atMs, locale);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    atMs,
  );
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `2 minutes ago`, `yesterday`; under a minute `just now`. */
export function formatAgo(atMs: number, nowMs: number, locale?: string): string {
  const agoMs = nowMs - atMs;
  const step = STEPS.find(([, sizeMs]) => Math.abs(agoMs) >= sizeMs);
  if (step === undefined) return 'just now';
  const [unit, sizeMs] = step;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.round(agoMs / sizeMs), unit);
}
