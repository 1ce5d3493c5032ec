/** USD per million tokens, as catalog and config write them, to the whole nano-dollars that the ledger counts in. */
import type { ModelConfig } from '../contract/config.ts';
import { usdToNano } from '../contract/money.ts';
import type { ExtraRates } from '../core/extra-charges.ts';
import type { LongContext, Price, Rates } from '../core/price.ts';
import type { CatalogModel } from './catalog-model.ts';

const RATES = {
  inputUsdPerMTok: 'inputNanoPerMTok',
  outputUsdPerMTok: 'outputNanoPerMTok',
  cacheReadUsdPerMTok: 'cacheReadNanoPerMTok',
  cacheWriteUsdPerMTok: 'cacheWriteNanoPerMTok',
  cacheWrite1hUsdPerMTok: 'cacheWrite1hNanoPerMTok',
  reasoningUsdPerMTok: 'reasoningNanoPerMTok',
} as const;
/** A catalog of a thousand models has a few hundred prices; reading each of its decimals once is enough. */
const KNOWN_NANO = new Map<number, number>();

type UsdRates = { readonly [K in keyof typeof RATES]?: number | undefined };

const EXTRAS = {
  audioInputUsdPerMTok: 'audioInputNanoPerMTok',
  imageOutputUsdPerMTok: 'imageOutputNanoPerMTok',
  usdPerRequest: 'requestNano',
  usdPerInputImage: 'inputImageNano',
  usdPerSearch: 'searchNano',
} as const;

/** Undefined when input or output has no price; an embedding has no output, so none is needed. */
export function catalogPrice(model: CatalogModel): Price | undefined {
  const base = ratesOf(withOutput(model, model.purpose === 'embedding'));
  if (base === undefined) return undefined;
  const longContext = longContextOf(model, base);
  const extras = extrasOf(model);
  return {
    ...base,
    ...(extras === undefined ? {} : { extras }),
    ...(longContext === undefined ? {} : { longContext }),
  };
}

/** Undefined when input or output is priced by neither. */
export function overriddenPrice(override: ModelConfig, model: CatalogModel | undefined): Price | undefined {
  const own = pricesOf(override);
  // A price of one's own is a contract of one's own: the catalog's rates for long input no longer belong to it.
  if (Object.keys(own).length === 0) return model === undefined ? undefined : catalogPrice(model);
  return ratesOf(
    withOutput({ ...(model === undefined ? {} : pricesOf(model)), ...own }, model?.purpose === 'embedding'),
  );
}

function pricesOf(model: UsdRates): UsdRates {
  const given = (Object.keys(RATES) as (keyof typeof RATES)[]).filter((key) => model[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, model[key]]));
}

function withOutput(usd: UsdRates, isEmbedding: boolean): UsdRates {
  return isEmbedding && usd.outputUsdPerMTok === undefined ? { ...usd, outputUsdPerMTok: 0 } : usd;
}

function ratesOf(usd: UsdRates): Rates | undefined {
  const { inputUsdPerMTok, outputUsdPerMTok } = usd;
  if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return undefined;
  return {
    ...inNano(RATES, usd),
    inputNanoPerMTok: toNano(inputUsdPerMTok),
    outputNanoPerMTok: toNano(outputUsdPerMTok),
  };
}

function extrasOf(model: CatalogModel): ExtraRates | undefined {
  const extras = inNano(EXTRAS, model);
  return Object.keys(extras).length === 0 ? undefined : extras;
}

/**
 * Each step holds the one above it. A price of input or output that a step does not name stays; a cached token whose price
 * it does not name costs what fresh input costs there, which is rather too much than too little.
 */
function longContextOf({ tiers = [] }: CatalogModel, base: Rates): LongContext | undefined {
  const steps: LongContext[] = [];
  let { inputNanoPerMTok, outputNanoPerMTok } = base;
  for (const { aboveInputTokens, ...usd } of tiers) {
    const rates: Rates = { inputNanoPerMTok, outputNanoPerMTok, ...inNano(RATES, usd) };
    steps.push({ aboveInputTokens, rates });
    ({ inputNanoPerMTok, outputNanoPerMTok } = rates);
  }
  return steps.reduceRight<LongContext | undefined>(
    (next, step) => (next === undefined ? step : { ...step, next }),
    undefined,
  );
}

function inNano<K extends string, N extends string>(
  names: Readonly<Record<K, N>>,
  usd: { readonly [P in NoInfer<K>]?: number | undefined },
): Partial<Record<N, number>> {
  const found: Partial<Record<N, number>> = {};
  for (const key of Object.keys(names) as K[]) {
    const value = usd[key];
    if (value !== undefined) found[names[key]] = toNano(value);
  }
  return found;
}

/** Of a rate as of an amount: nano-dollars are a thousand millionths of what is written, per million tokens or per piece. */
function toNano(usd: number): number {
  const known = KNOWN_NANO.get(usd);
  if (known !== undefined) return known;
  const nano = usdToNano(usd);
  KNOWN_NANO.set(usd, nano);
  return nano;
}
