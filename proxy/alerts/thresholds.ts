/** Which shares of a budget were reached, each told once in a window. Pure; whole numbers only. */
import type { BudgetView } from '../contract/views.ts';

/** Shares in parts per million, so that 0.1 + 0.2 decides nothing. */
const PPM = 1_000_000;

/** A threshold that was told in this window, and the limit it was told under. */
export interface SentThreshold {
  readonly thresholdPpm: number;
  readonly limitNano: number;
}

export interface ThresholdStep {
  /** Reached now and not told yet, ascending. */
  readonly crossed: readonly number[];
  /** Told under a lower limit, and out of reach again since the limit was raised: they may be told once more. */
  readonly rearmed: readonly number[];
}

/** `alertAt` holds shares of the limit, e.g. 0.8. Ascending, without repetitions. */
export function thresholdsPpm(alertAt: readonly number[]): number[] {
  return [...new Set(alertAt.map((share) => Math.round(share * PPM)))].sort((a, b) => a - b);
}

/**
 * Only what was spent counts: a hold is an upper bound, and most of it comes back. A budget of 0 has no share to speak of.
 * `sent` are the thresholds told for this budget in this very window.
 */
export function thresholdStep(
  budget: Pick<BudgetView, 'spentNano' | 'limitNano'>,
  alertAt: readonly number[],
  sent: readonly SentThreshold[],
): ThresholdStep {
  const { spentNano, limitNano } = budget;
  if (limitNano <= 0) return { crossed: [], rearmed: [] };
  const reached = (ppm: number) => BigInt(spentNano) * BigInt(PPM) >= BigInt(limitNano) * BigInt(ppm);
  const rearmed = sent
    .filter((told) => told.limitNano < limitNano && !reached(told.thresholdPpm))
    .map((told) => told.thresholdPpm);
  const told = new Set(sent.map(({ thresholdPpm }) => thresholdPpm));
  return { crossed: thresholdsPpm(alertAt).filter((ppm) => reached(ppm) && !told.has(ppm)), rearmed };
}
