/** What a call will most likely take and cost at a target: for comparing targets, never for holding money. */
import { costNano, type Rates } from '../core/price.ts';
import type { ModelInfo } from '../providers/types.ts';
import type { CallShape } from './types.ts';

type Sized = Pick<CallShape, 'operation' | 'inputTokensEstimate' | 'maxOutputTokens' | 'choices'>;

/** Calls usually read three times as much as they write; an answer has its least and its most all the same. */
const INPUT_PER_OUTPUT = 3;
const OUTPUT_TOKENS_LEAST = 200;
const OUTPUT_TOKENS_MOST = 2_000;

/** Of all choices together: a third of the input, from 200 to 2,000 each, and never more than the call or the model allows. */
export function expectedOutputTokens(shape: Sized, info: ModelInfo | undefined): number {
  if (shape.operation === 'embedding') return 0;
  const third = Math.ceil(shape.inputTokensEstimate / INPUT_PER_OUTPUT);
  const usual = Math.min(Math.max(third, OUTPUT_TOKENS_LEAST), OUTPUT_TOKENS_MOST);
  const each = Math.min(usual, shape.maxOutputTokens ?? usual, info?.maxOutputTokens ?? usual);
  return each * shape.choices;
}

/** Whole nano-dollars, no part of the input cached; undefined where no price is known. */
export function expectedCostNano(shape: Sized, info: ModelInfo | undefined): number | undefined {
  if (info?.price === undefined) return undefined;
  const outputTokens = expectedOutputTokens(shape, info);
  return costNano({ inputTokens: shape.inputTokensEstimate, outputTokens }, info.price);
}

/** The same in fractions and much faster, for scoring hundreds of targets. `cached`: all of the input is read from the cache. */
export function roughCostNano(shape: Sized, info: ModelInfo | undefined, cached = false): number | undefined {
  const price = info?.price;
  if (price === undefined) return undefined;
  let rates: Rates = price;
  for (let step = price.longContext; step !== undefined && shape.inputTokensEstimate > step.aboveInputTokens; ) {
    rates = step.rates;
    step = step.next;
  }
  const inputRate = cached ? (rates.cacheReadNanoPerMTok ?? rates.inputNanoPerMTok) : rates.inputNanoPerMTok;
  const tokens = shape.inputTokensEstimate * inputRate + expectedOutputTokens(shape, info) * rates.outputNanoPerMTok;
  return tokens / 1_000_000 + (price.extras?.requestNano ?? 0);
}
