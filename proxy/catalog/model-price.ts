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
const EXTRAS = {
  audioInputUsdPerMTok: 'audioInputNanoPerMTok',
  imageOutputUsdPerMTok: 'imageOutputNanoPerMTok',
  usdPerRequest: 'requestNano',
  usdPerInputImage: 'inputImageNano',
  usdPerSearch: 'searchNano',
} as const;

/** A catalog of a thousand models has a few hundred prices; reading each of its decimals once is enough. */
const KNOWN_NANO = new Map<number, number>();

type UsdRates = { readonly [K in keyof typeof RATES]?: number | undefined };
type UsdExtras = { readonly [K in keyof typeof EXTRAS]?: number | undefined };

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

/** The config gives it a price of any kind. */
export function setsPrice(override: ModelConfig): boolean {
  return Object.keys({ ...given(RATES, override), ...given(EXTRAS, override) }).length > 0;
}

/** Undefined when input or output is priced by neither. */
export function overriddenPrice(override: ModelConfig, model: CatalogModel | undefined): Price | undefined {
  const rates = overriddenRates(override, model);
  if (rates === undefined) return undefined;
  // Beside the tokens each price stands for itself: those that the config does not name stay as they are.
  const extras = extrasOf({ ...(model === undefined ? {} : given(EXTRAS, model)), ...given(EXTRAS, override) });
  return { ...rates, ...(extras === undefined ? {} : { extras }) };
}

function overriddenRates(override: ModelConfig, model: CatalogModel | undefined): Omit<Price, 'extras'> | undefined {
  const own = given(RATES, override);
  // A price of one's own is a contract of one's own: the catalog's rates for long input no longer belong to it.
  if (Object.keys(own).length === 0) return model === undefined ? undefined : catalogPrice(model);
  return ratesOf(
    withOutput({ ...(model === undefined ? {} : given(RATES, model)), ...own }, model?.purpose === 'embedding'),
  );
}

/** Of these prices, those that have a value. */
function given<K extends string>(
  names: Readonly<Record<K, string>>,
  usd: { readonly [P in NoInfer<K>]?: number | undefined },
): { readonly [P in K]?: number | undefined } {
  const found: { [P in K]?: number | undefined } = {};
  for (const key of Object.keys(names) as K[]) {
    if (usd[key] !== undefined) found[key] = usd[key];
  }
  return found;
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

function extrasOf(usd: UsdExtras): ExtraRates | undefined {
  const extras = inNano(EXTRAS, usd);
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
