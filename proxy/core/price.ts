/** Rates of one model in whole nano-dollars per million tokens, and what a call costs at them. */
import { divideRoundingUp, toSafeNano, usdToNano } from '../contract/money.ts';
import type { Usage } from './usage.ts';

export interface Rates {
  readonly inputNanoPerMTok: number;
  readonly outputNanoPerMTok: number;
  /** Undefined: cached tokens are charged like fresh input. */
  readonly cacheReadNanoPerMTok?: number;
  readonly cacheWriteNanoPerMTok?: number;
  /** Undefined: an hour in the cache is charged like five minutes. */
  readonly cacheWrite1hNanoPerMTok?: number;
  /** Undefined: reasoning tokens are charged like output. */
  readonly reasoningNanoPerMTok?: number;
}

export interface Price extends Rates {
  /** Some models have other rates for a whole call whose input, cached tokens included, is longer than this. */
  readonly longContext?: { readonly aboveInputTokens: number; readonly rates: Rates };
}

const TOKENS_PER_MTOK = 1_000_000n;

/** USD per million tokens, as prices are published, to nano-dollars per million tokens. */
export const usdPerMTokToNano = usdToNano;

/** Nano-dollars for these tokens: multiplied in bigint, divided once, rounded up once. Unreported buckets add nothing. */
export function costNano(usage: Usage, price: Price): number {
  const input =
    (usage.inputTokens ?? 0) +
    (usage.cacheReadTokens ?? 0) +
    (usage.cacheWriteTokens ?? 0) +
    (usage.cacheWrite1hTokens ?? 0);
  const long = price.longContext !== undefined && input > price.longContext.aboveInputTokens;
  const rates: Rates = long ? price.longContext.rates : price;
  const cacheWriteNanoPerMTok = rates.cacheWriteNanoPerMTok ?? rates.inputNanoPerMTok;
  const total =
    line(usage.inputTokens, rates.inputNanoPerMTok) +
    line(usage.cacheReadTokens, rates.cacheReadNanoPerMTok ?? rates.inputNanoPerMTok) +
    line(usage.cacheWriteTokens, cacheWriteNanoPerMTok) +
    line(usage.cacheWrite1hTokens, rates.cacheWrite1hNanoPerMTok ?? cacheWriteNanoPerMTok) +
    line(usage.outputTokens, rates.outputNanoPerMTok) +
    line(usage.reasoningTokens, rates.reasoningNanoPerMTok ?? rates.outputNanoPerMTok);
  return toSafeNano(divideRoundingUp(total, TOKENS_PER_MTOK));
}

/** The most these token counts can cost, whichever bucket the provider puts them in. */
export function upperBoundNano(inputTokens: number, outputTokens: number, price: Price): number {
  const { longContext } = price;
  const reachable = longContext !== undefined && inputTokens > longContext.aboveInputTokens;
  const all: readonly Rates[] = reachable ? [price, longContext.rates] : [price];
  const inputNanoPerMTok = Math.max(
    ...all.flatMap((rates) => [
      rates.inputNanoPerMTok,
      rates.cacheReadNanoPerMTok ?? 0,
      rates.cacheWriteNanoPerMTok ?? 0,
      rates.cacheWrite1hNanoPerMTok ?? 0,
    ]),
  );
  const outputNanoPerMTok = Math.max(
    ...all.flatMap((rates) => [rates.outputNanoPerMTok, rates.reasoningNanoPerMTok ?? 0]),
  );
  return costNano({ inputTokens, outputTokens }, { inputNanoPerMTok, outputNanoPerMTok });
}

function line(tokens: number | undefined, nanoPerMTok: number): bigint {
  return tokens === undefined ? 0n : BigInt(tokens) * BigInt(nanoPerMTok);
}
