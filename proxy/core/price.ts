/** Rates of one model in whole nano-dollars per million tokens, and what a call costs at them. */
import { divideRoundingUp, toSafeNano, usdToNano } from '../contract/money.ts';
import { type ExtraRates, extraTokensNano, extraUnitsNano } from './extra-charges.ts';
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

/** Rates of a whole call whose input, cached tokens included, is longer than this; `next` for a longer one still. */
export interface LongContext {
  readonly aboveInputTokens: number;
  readonly rates: Rates;
  readonly next?: LongContext;
}

export interface Price extends Rates {
  readonly longContext?: LongContext;
  readonly extras?: ExtraRates;
}

const TOKENS_PER_MTOK = 1_000_000n;

/** USD per million tokens, as prices are published, to nano-dollars per million tokens. */
export const usdPerMTokToNano = usdToNano;

/** Nano-dollars for this usage: multiplied in bigint, divided once, rounded up once. Unreported counts add nothing. */
export function costNano(usage: Usage, price: Price): number {
  const input =
    (usage.inputTokens ?? 0) +
    (usage.cacheReadTokens ?? 0) +
    (usage.cacheWriteTokens ?? 0) +
    (usage.cacheWrite1hTokens ?? 0);
  const rates = ratesAt(input, price);
  const cacheWriteNanoPerMTok = rates.cacheWriteNanoPerMTok ?? rates.inputNanoPerMTok;
  const total =
    line(usage.inputTokens, rates.inputNanoPerMTok) +
    line(usage.cacheReadTokens, rates.cacheReadNanoPerMTok ?? rates.inputNanoPerMTok) +
    line(usage.cacheWriteTokens, cacheWriteNanoPerMTok) +
    line(usage.cacheWrite1hTokens, rates.cacheWrite1hNanoPerMTok ?? cacheWriteNanoPerMTok) +
    line(usage.outputTokens, rates.outputNanoPerMTok) +
    line(usage.reasoningTokens, rates.reasoningNanoPerMTok ?? rates.outputNanoPerMTok) +
    extraTokensNano(usage, rates, price.extras);
  return toSafeNano(divideRoundingUp(total, TOKENS_PER_MTOK) + extraUnitsNano(usage, price.extras));
}

function ratesAt(inputTokens: number, price: Price): Rates {
  let rates: Rates = price;
  for (let step = price.longContext; step !== undefined && inputTokens > step.aboveInputTokens; step = step.next) {
    rates = step.rates;
  }
  return rates;
}

/** What a request can bring about beside tokens of text. */
export interface ExtraBounds {
  /** Some of the input may be audio. */
  readonly audio?: boolean;
  readonly searchesMax?: number;
}

/**
 * The most these token counts can cost, whichever bucket the provider puts them in; with the price of the request and of
 * the searches that it allows.
 */
export function upperBoundNano(
  inputTokens: number,
  outputTokens: number,
  price: Price,
  { audio = false, searchesMax = 0 }: ExtraBounds = {},
): number {
  const all: Rates[] = [price];
  for (let step = price.longContext; step !== undefined && inputTokens > step.aboveInputTokens; step = step.next) {
    all.push(step.rates);
  }
  const inputNanoPerMTok = Math.max(
    audio ? (price.extras?.audioInputNanoPerMTok ?? 0) : 0,
    ...all.flatMap((rates) => [
      rates.inputNanoPerMTok,
      rates.cacheReadNanoPerMTok ?? 0,
      rates.cacheWriteNanoPerMTok ?? 0,
      rates.cacheWrite1hNanoPerMTok ?? 0,
    ]),
  );
  const outputNanoPerMTok = Math.max(
    price.extras?.imageOutputNanoPerMTok ?? 0,
    ...all.flatMap((rates) => [rates.outputNanoPerMTok, rates.reasoningNanoPerMTok ?? 0]),
  );
  const tokens = costNano({ inputTokens, outputTokens }, { inputNanoPerMTok, outputNanoPerMTok });
  const { requestNano = 0, searchNano = 0 } = price.extras ?? {};
  return tokens + requestNano + searchesMax * searchNano;
}

function line(tokens: number | undefined, nanoPerMTok: number): bigint {
  return tokens === undefined ? 0n : BigInt(tokens) * BigInt(nanoPerMTok);
}
