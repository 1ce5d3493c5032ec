/** The drills as models with prices, so that the ledger and the budgets are exercised. */
import type { ProviderConfig } from '../../contract/config.ts';
import { type Price, usdPerMTokToNano } from '../../core/price.ts';
import type { ModelInfo } from '../types.ts';
import { CONTEXT_TOKENS, drillOf, LISTED_IDS } from './drills.ts';

const INPUT_USD_PER_MTOK = 1;
const OUTPUT_USD_PER_MTOK = 2;
const CACHE_READ_USD_PER_MTOK = 0.1;

/** Answers everything, and nothing goes wrong. */
const PLAIN_ID = 'echo';

/** What is shown; `modelInfo` knows more (`lorem-<N>` for any N). */
export function listModels(config: ProviderConfig): readonly ModelInfo[] {
  const ids = new Set([...LISTED_IDS, ...config.models.map((model) => model.id)]);
  return [...ids].flatMap((id) => modelInfo(id, config) ?? []);
}

/** Undefined when the id is no drill. */
export function modelInfo(id: string, config: ProviderConfig): ModelInfo | undefined {
  const drill = drillOf(id);
  if (drill === undefined) return undefined;
  const own = config.models.find((model) => model.id === id);
  const price: Price = {
    inputNanoPerMTok: usdPerMTokToNano(own?.inputUsdPerMTok ?? INPUT_USD_PER_MTOK),
    outputNanoPerMTok: usdPerMTokToNano(own?.outputUsdPerMTok ?? OUTPUT_USD_PER_MTOK),
    cacheReadNanoPerMTok: usdPerMTokToNano(own?.cacheReadUsdPerMTok ?? CACHE_READ_USD_PER_MTOK),
    ...(own?.cacheWriteUsdPerMTok === undefined
      ? {}
      : { cacheWriteNanoPerMTok: usdPerMTokToNano(own.cacheWriteUsdPerMTok) }),
    ...(own?.reasoningUsdPerMTok === undefined
      ? {}
      : { reasoningNanoPerMTok: usdPerMTokToNano(own.reasoningUsdPerMTok) }),
  };
  return {
    id,
    price,
    contextTokens: own?.contextTokens ?? CONTEXT_TOKENS,
    maxOutputTokens: own?.maxOutputTokens ?? drill.maxOutputTokens,
    description: drill.description,
    // Whoever gives it a tier wants it to be chosen by it.
    ...(id === PLAIN_ID || own?.tier !== undefined ? {} : { drill: true as const }),
    ...(own?.tier === undefined ? {} : { tier: own.tier }),
    ...(own?.family === undefined ? {} : { family: own.family }),
    ...(own?.quality === undefined ? {} : { quality: own.quality }),
    ...(own?.code === undefined ? {} : { code: own.code }),
  };
}
