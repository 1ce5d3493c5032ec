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
  readonly why: 'own list' | 'majority' | 'highest';
}

/**
 * The provider's own list speaks for itself (`own`). Elsewhere at least two sources that agree carry it. Without that the
 * highest figure is taken: then a bill is at worst overstated and a cap stops too early, never too late.
 */
export function agree(opinions: Opinions, own?: SourceName): Agreement | undefined {
  const given = SOURCES.filter((source) => opinions[source] !== undefined);
  const camps = given.map((source) => given.filter((other) => near(opinions[source], opinions[other])));
  const ownCamp = own === undefined ? undefined : camps[given.indexOf(own)];
  const best =
    ownCamp ??
    camps.toSorted((left, right) => right.length - left.length || top(opinions, right) - top(opinions, left))[0];
  const speaker = ownCamp === undefined ? best?.at(-1) : own;
  const value = speaker === undefined ? undefined : opinions[speaker];
  if (best === undefined || value === undefined) return undefined;
  const why = ownCamp !== undefined ? 'own list' : best.length > 1 ? 'majority' : 'highest';
  return { value, from: best, against: given.filter((source) => !best.includes(source)), why };
}

function near(left: number | undefined, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= TOLERANCE * Math.max(left, right);
}

function top(opinions: Opinions, camp: readonly SourceName[]): number {
  return Math.max(...camp.map((source) => opinions[source] ?? 0));
}
