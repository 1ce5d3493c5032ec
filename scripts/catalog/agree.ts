/** Several sources, one figure: who agrees, who does not, and which figure is taken. */
import { SOURCES, type SourceName } from './reading.ts';

/** Sources that differ by less than this say the same. */
export const TOLERANCE = 0.01;

export type Opinions = Partial<Record<SourceName, number>>;

export interface Agreement {
  readonly value: number;
  /** The sources that say so. */
  readonly from: readonly SourceName[];
  /** The sources that say something else by more than the tolerance. */
  readonly against: readonly SourceName[];
}

/**
 * At least two sources that agree carry it. Without that the highest figure is taken: then a bill is at worst
 * overstated and a cap stops too early, never too late.
 */
export function agree(opinions: Opinions): Agreement | undefined {
  const given = SOURCES.filter((source) => opinions[source] !== undefined);
  const camps = given.map((source) => given.filter((other) => near(opinions[source], opinions[other])));
  const best = camps.toSorted(
    (left, right) => right.length - left.length || top(opinions, right) - top(opinions, left),
  )[0];
  const newest = best?.at(-1);
  const value = newest === undefined ? undefined : opinions[newest];
  if (best === undefined || value === undefined) return undefined;
  return { value, from: best, against: given.filter((source) => !best.includes(source)) };
}

function near(left: number | undefined, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= TOLERANCE * Math.max(left, right);
}

function top(opinions: Opinions, camp: readonly SourceName[]): number {
  return Math.max(...camp.map((source) => opinions[source] ?? 0));
}
