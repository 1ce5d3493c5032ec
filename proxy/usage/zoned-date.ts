/** Calendar dates on the clock of a time zone. */

/** YYYY-MM-DD. */
export function dateIn(timeZone: string, atMs: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
}
