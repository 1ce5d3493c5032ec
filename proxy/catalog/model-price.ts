/** USD per million tokens, as catalog and config write them, to the whole nano-dollars that the ledger counts in. */
import type { ModelConfig } from '../contract/config.ts';
import { type Price, type Rates, usdPerMTokToNano } from '../core/price.ts';
import type { CatalogModel } from './catalog-file.ts';

type UsdRates = Pick<
  CatalogModel,
  'inputUsdPerMTok' | 'outputUsdPerMTok' | 'cacheReadUsdPerMTok' | 'cacheWriteUsdPerMTok' | 'reasoningUsdPerMTok'
>;

export function catalogPrice(model: CatalogModel): Price {
  const { longContext } = model;
  if (longContext === undefined) return rates(model);
  return {
    ...rates(model),
    longContext: { aboveInputTokens: longContext.aboveInputTokens, rates: rates(longContext) },
  };
}

/** Undefined when input or output is priced by neither. */
export function overriddenPrice(override: ModelConfig, model: CatalogModel | undefined): Price | undefined {
  const own = pricesOf(override);
  // A price of one's own is a contract of one's own: the catalog's rates for long input no longer belong to it.
  if (Object.keys(own).length === 0) return model === undefined ? undefined : catalogPrice(model);
  const merged: Partial<UsdRates> = { ...(model === undefined ? {} : pricesOf(model)), ...own };
  const { inputUsdPerMTok, outputUsdPerMTok } = merged;
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return undefined;
  return rates({ ...merged, inputUsdPerMTok, outputUsdPerMTok });
}

function pricesOf(model: ModelConfig | CatalogModel): Partial<UsdRates> {
  const { inputUsdPerMTok, outputUsdPerMTok, cacheReadUsdPerMTok, cacheWriteUsdPerMTok, reasoningUsdPerMTok } = model;
  return {
    ...(inputUsdPerMTok === undefined ? {} : { inputUsdPerMTok }),
    ...(outputUsdPerMTok === undefined ? {} : { outputUsdPerMTok }),
    ...(cacheReadUsdPerMTok === undefined ? {} : { cacheReadUsdPerMTok }),
    ...(cacheWriteUsdPerMTok === undefined ? {} : { cacheWriteUsdPerMTok }),
    ...(reasoningUsdPerMTok === undefined ? {} : { reasoningUsdPerMTok }),
  };
}

function rates(usd: UsdRates): Rates {
  return {
    inputNanoPerMTok: usdPerMTokToNano(usd.inputUsdPerMTok),
    outputNanoPerMTok: usdPerMTokToNano(usd.outputUsdPerMTok),
    ...(usd.cacheReadUsdPerMTok === undefined
      ? {}
      : { cacheReadNanoPerMTok: usdPerMTokToNano(usd.cacheReadUsdPerMTok) }),
    ...(usd.cacheWriteUsdPerMTok === undefined
      ? {}
      : { cacheWriteNanoPerMTok: usdPerMTokToNano(usd.cacheWriteUsdPerMTok) }),
    ...(usd.reasoningUsdPerMTok === undefined
      ? {}
      : { reasoningNanoPerMTok: usdPerMTokToNano(usd.reasoningUsdPerMTok) }),
  };
}
