/** How long an answer may get so that a call fits under what its budgets have left. */
import { CLAMP_FLOOR_TOKENS_DEFAULT } from '../contract/config.ts';
import { type ExtraBounds, type Price, upperBoundNano } from '../core/price.ts';
import { withFeeNano } from './fees.ts';

/** No model writes this much; where output is free, any call fits with it. */
export const OUTPUT_TOKENS_MAX = 10_000_000;

export interface ClampQuestion {
  /** What the tightest of the budgets has left. */
  readonly leftNano: number;
  readonly inputTokensMax: number;
  readonly price: Price;
  /** How many answers are generated, each with as many tokens. */
  readonly choices: number;
  readonly feeBps: number;
  readonly extras?: ExtraBounds;
}

/**
 * The largest max output tokens whose upper bound, fee included, is at most `leftNano`; 0 when not even one token fits.
 * The bound grows with the tokens, so it is found by halving, with the very function that the reserve uses.
 */
export function clampedMaxTokens(question: ClampQuestion): number {
  if (!fits(question, 1)) return 0;
  let fitting = 1;
  let tooMany = OUTPUT_TOKENS_MAX + 1;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(question, middle)) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}

/** Fee included, as the reserve will hold it. Throws RangeError when it is more money than a ledger can hold. */
export function boundWithFeeNano(question: Omit<ClampQuestion, 'leftNano'>, outputTokens: number): number {
  const { inputTokensMax, price, choices, feeBps, extras } = question;
  return withFeeNano(upperBoundNano(inputTokensMax, outputTokens * choices, price, extras), feeBps);
}

function fits(question: ClampQuestion, outputTokens: number): boolean {
  try {
    return boundWithFeeNano(question, outputTokens) <= question.leftNano;
  } catch (error) {
    // More money than there can be is more than is left.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export type Clamp =
  | { readonly ok: true; readonly maxOutputTokens: number }
  /** `fitsTokens` lies under the floor, which is named in the refusal. */
  | { readonly ok: false; readonly fitsTokens: number; readonly floorTokens: number };

/**
 * A call whose own limit is below the floor is not refused for being short: only cutting it further is. `askedTokens` is
 * what the client allows, undefined when it set no limit.
 */
export function clampCall(question: ClampQuestion, askedTokens: number | undefined, floor: number | undefined): Clamp {
  const floorTokens = Math.min(floor ?? CLAMP_FLOOR_TOKENS_DEFAULT, askedTokens ?? Number.POSITIVE_INFINITY);
  const fitsTokens = clampedMaxTokens(question);
  if (fitsTokens < floorTokens) return { ok: false, fitsTokens, floorTokens };
  return { ok: true, maxOutputTokens: Math.min(fitsTokens, askedTokens ?? OUTPUT_TOKENS_MAX) };
}
