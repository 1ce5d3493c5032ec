/** OpenRouter's own public list of models: USD per single token, written as strings; tiers as `overrides`. */
import {
  defined,
  type Extras,
  filled,
  type Loose,
  loose,
  perMillion,
  positive,
  type Rates,
  type Reading,
  type ReadTier,
  texts,
} from './reading.ts';

export interface OpenRouterList {
  readonly ids: readonly string[];
  read(modelId: string): Reading | undefined;
}

export function openOpenRouter(json: unknown): OpenRouterList {
  const list = Array.isArray(json) ? json : (loose(json).data ?? loose(json).models);
  if (!Array.isArray(list)) throw new Error('openrouter: expected a list of models');
  const entries = new Map(list.map(loose).map((entry) => [String(entry.id), entry]));
  return {
    ids: [...entries.keys()],
    read(modelId) {
      const entry = entries.get(modelId);
      return entry === undefined ? undefined : reading(entry);
    },
  };
}

function reading(entry: Loose): Reading {
  const pricing = loose(entry.pricing);
  const parameters = texts(entry.supported_parameters);
  const supports = (name: string): boolean | undefined => parameters?.includes(name);
  return defined<Reading>({
    rates: rates(pricing),
    tiers: tiers(pricing.overrides),
    extras: filled(extras(pricing)),
    contextTokens: positive(entry.context_length),
    maxOutputTokens: positive(loose(entry.top_provider).max_completion_tokens),
    tools: supports('tools'),
    reasoning: supports('reasoning'),
    structuredOutput: supports('structured_outputs'),
    inputModalities: texts(entry.input_modalities)?.map(asElsewhere),
    outputModalities: texts(entry.output_modalities)?.map(asElsewhere),
  });
}

function rates(pricing: Loose): Rates {
  return defined<Rates>({
    inputUsdPerMTok: rate(pricing.prompt),
    outputUsdPerMTok: rate(pricing.completion),
    cacheReadUsdPerMTok: rate(pricing.input_cache_read),
    cacheWriteUsdPerMTok: rate(pricing.input_cache_write),
    cacheWrite1hUsdPerMTok: rate(pricing.input_cache_write_1h),
    reasoningUsdPerMTok: rate(pricing.internal_reasoning),
  });
}

/** `image` is the price of a token of an image, and that of any input token; a whole image has none here. */
function extras(pricing: Loose): Extras {
  return defined<Extras>({
    audioInputUsdPerMTok: rate(pricing.audio),
    imageOutputUsdPerMTok: rate(pricing.image_output),
    usdPerRequest: usd(pricing.request),
    usdPerInputImage: undefined,
    usdPerSearch: usd(pricing.web_search),
  });
}

function tiers(overrides: unknown): ReadTier[] | undefined {
  if (!Array.isArray(overrides)) return undefined;
  const found = overrides.map(loose).flatMap((tier): ReadTier[] => {
    const aboveInputTokens = positive(tier.min_prompt_tokens);
    return aboveInputTokens === undefined ? [] : [{ aboveInputTokens, rates: rates(tier) }];
  });
  return found.length === 0 ? undefined : found.sort((left, right) => left.aboveInputTokens - right.aboveInputTokens);
}

/** `-1` stands for "depends on where it is routed". */
function usd(text: unknown): number | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function rate(text: unknown): number | undefined {
  return perMillion(usd(text));
}

function asElsewhere(modality: string): string {
  return modality === 'file' ? 'pdf' : modality;
}
