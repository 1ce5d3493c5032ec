/** Rates of one model in whole nano-dollars per million tokens, and what a call costs at them. */
import { divideRoundingUp, toSafeNano, usdToNano } from '../contract/money.ts';
import type { Usage } from './usage.ts';

export interface Price {
  readonly inputNanoPerMTok: number;
  readonly outputNanoPerMTok: number;
  /** Undefined: cached tokens are charged like fresh input. */
  readonly cacheReadNanoPerMTok?: number;
  readonly cacheWriteNanoPerMTok?: number;
  /** Undefined: reasoning tokens are charged like output. */
  readonly reasoningNanoPerMTok?: number;
}

const TOKENS_PER_MTOK = 1_000_000n;

/** USD per million tokens, as prices are published, to nano-dollars per million tokens. */
export const usdPerMTokToNano = usdToNano;

/** Nano-dollars for these tokens: multiplied in bigint, divided once, rounded up once. Unreported buckets add nothing. */
export function costNano(usage: Usage, price: Price): number {
  const total =
    line(usage.inputTokens, price.inputNanoPerMTok) +
    line(usage.cacheReadTokens, price.cacheReadNanoPerMTok ?? price.inputNanoPerMTok) +
    line(usage.cacheWriteTokens, price.cacheWriteNanoPerMTok ?? price.inputNanoPerMTok) +
    line(usage.outputTokens, price.outputNanoPerMTok) +
    line(usage.reasoningTokens, price.reasoningNanoPerMTok ?? price.outputNanoPerMTok);
  return toSafeNano(divideRoundingUp(total, TOKENS_PER_MTOK));
}

/** The most these token counts can cost, whichever bucket the provider puts them in. */
export function upperBoundNano(inputTokens: number, outputTokens: number, price: Price): number {
  const input = Math.max(price.inputNanoPerMTok, price.cacheReadNanoPerMTok ?? 0, price.cacheWriteNanoPerMTok ?? 0);
  const output = Math.max(price.outputNanoPerMTok, price.reasoningNanoPerMTok ?? 0);
  return costNano({ inputTokens, outputTokens }, { inputNanoPerMTok: input, outputNanoPerMTok: output });
}

function line(tokens: number | undefined, nanoPerMTok: number): bigint {
  return tokens === undefined ? 0n : BigInt(tokens) * BigInt(nanoPerMTok);
}
