/** As many lines as there are colours that can be told apart. */
export const LINES_MAX = 8;

/** `place` from 0; the sum of everything that has no line of its own has no place. */
export function chartColour(place: number | undefined): string {
  return place === undefined || place >= LINES_MAX ? 'var(--gh-chart-rest)' : `var(--gh-chart-${place + 1})`;
}
