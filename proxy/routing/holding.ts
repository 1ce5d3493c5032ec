/** The most a call can cost at a target: what a reserve there will hold. */
import { type Price, upperBoundNano } from '../core/price.ts';
import type { ModelInfo } from '../providers/types.ts';
import { contextRoom } from './context-room.ts';
import type { CallShape } from './types.ts';

/** Undefined: no bound can be given, for want of a price or of a limit to the answer. */
export function holdingNano(shape: CallShape, info: ModelInfo | undefined): number | undefined {
  const tokens = tokensAtMost(shape, info);
  if (info?.price === undefined || tokens === undefined) return undefined;
  return upperBoundNano(tokens.input, tokens.output, info.price);
}

/**
 * Whether a reserve there fits into what is left; undefined where no bound can be given. Most targets cost far less than
 * what is left, and for those no exact figure is worked out: hundreds are asked about in one decision.
 */
export function fitsInto(leftNano: number, shape: CallShape, info: ModelInfo | undefined): boolean | undefined {
  const tokens = tokensAtMost(shape, info);
  if (info?.price === undefined || tokens === undefined) return undefined;
  const { input, output, fixed } = worstRates(info.price);
  if (tokens.input * input + tokens.output * output + fixed < leftNano) return true;
  return upperBoundNano(tokens.input, tokens.output, info.price) <= leftNano;
}

/** Undefined: a price stands on the answer, and nobody limits it. */
export function tokensAtMost(
  shape: CallShape,
  info: ModelInfo | undefined,
): { readonly input: number; readonly output: number } | undefined {
  const { maxOutputTokens, operation, choices, inputTokensEstimate, inputTokensMax = inputTokensEstimate } = shape;
  const most = operation === 'embedding' ? 0 : (maxOutputTokens ?? info?.maxOutputTokens ?? info?.contextTokens);
  if (most === undefined && (info?.price?.outputNanoPerMTok ?? 0) > 0) return undefined;
  const input = Math.min(inputTokensMax, contextRoom(info) ?? Number.POSITIVE_INFINITY);
  return { input, output: (most ?? 0) * choices };
}

/** Nano-dollars a token, whatever the length of the call, and a call. */
interface WorstRates {
  readonly input: number;
  readonly output: number;
  readonly fixed: number;
}

const worst = new WeakMap<Price, WorstRates>();
/** Longer than every step of every price. */
const VERY_LONG_TOKENS = 100_000_000;

function worstRates(price: Price): WorstRates {
  const known = worst.get(price);
  if (known !== undefined) return known;
  const fixed = upperBoundNano(0, 0, price);
  const input = upperBoundNano(VERY_LONG_TOKENS, 0, price);
  const both = upperBoundNano(VERY_LONG_TOKENS, VERY_LONG_TOKENS, price);
  // A nano-dollar more for what was rounded.
  const rates = {
    input: (input - fixed) / VERY_LONG_TOKENS,
    output: (both - input) / VERY_LONG_TOKENS,
    fixed: fixed + 1,
  };
  worst.set(price, rates);
  return rates;
}
