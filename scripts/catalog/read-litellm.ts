/** LiteLLM's price file: USD per single token, tiers as `*_above_272k_tokens` keys, several providers in one map. */
import {
  defined,
  type Extras,
  filled,
  flag,
  type Loose,
  loose,
  perMillion,
  positive,
  price,
  type Rates,
  type Reading,
  texts,
} from './reading.ts';

export interface LitellmFile {
  readonly entries: ReadonlyMap<string, Loose>;
}

/** `sample_spec` explains the fields and is no model. */
export function openLitellm(json: unknown): LitellmFile {
  const all = Object.entries(loose(json)).filter(([id]) => id !== 'sample_spec');
  return { entries: new Map(all.map(([id, entry]) => [id, loose(entry)])) };
}

export function readLitellm(entry: Loose): Reading {
  const above = tierThreshold(entry);
  const longRates = above === undefined ? {} : rates(entry, `_above_${above / 1000}k_tokens`);
  const modalities =
    texts(entry.supported_modalities) ?? (entry.supports_vision === true ? ['text', 'image'] : undefined);
  return defined<Reading>({
    rates: rates(entry, ''),
    tiers:
      above === undefined || Object.keys(longRates).length === 0
        ? undefined
        : [{ aboveInputTokens: above, rates: longRates }],
    extras: filled(extras(entry)),
    contextTokens: positive(entry.max_input_tokens),
    maxOutputTokens: positive(entry.max_output_tokens),
    tools: flag(entry.supports_function_calling),
    reasoning: flag(entry.supports_reasoning),
    structuredOutput: flag(entry.supports_response_schema),
    inputModalities: modalities,
    outputModalities: texts(entry.supported_output_modalities),
  });
}

function rates(entry: Loose, suffix: string): Rates {
  const rate = (key: string): number | undefined => perMillion(price(entry[`${key}${suffix}`]));
  return defined<Rates>({
    inputUsdPerMTok: rate('input_cost_per_token'),
    outputUsdPerMTok: rate('output_cost_per_token'),
    // "cache_hit" is what DeepSeek calls its price; LiteLLM keeps both names.
    cacheReadUsdPerMTok: rate('cache_read_input_token_cost') ?? rate('input_cost_per_token_cache_hit'),
    cacheWriteUsdPerMTok: rate('cache_creation_input_token_cost'),
    cacheWrite1hUsdPerMTok: rate('cache_creation_input_token_cost_above_1hr'),
    reasoningUsdPerMTok: rate('output_cost_per_reasoning_token'),
  });
}

/** The price of an image stands beside or instead of that of its tokens; where the tokens have one, it is the same money. */
function extras(entry: Loose): Extras {
  const images = entry.mode === 'embedding' ? positive(entry.input_cost_per_image) : undefined;
  return defined<Extras>({
    audioInputUsdPerMTok: perMillion(positive(entry.input_cost_per_audio_token)),
    imageOutputUsdPerMTok: perMillion(positive(entry.output_cost_per_image_token)),
    usdPerRequest: positive(entry.input_cost_per_query),
    usdPerInputImage: images,
    usdPerSearch: positive(loose(entry.search_context_cost_per_query).search_context_size_medium),
  });
}

/** 272000 for `input_cost_per_token_above_272k_tokens`. */
function tierThreshold(entry: Loose): number | undefined {
  const thresholds = Object.keys(entry).flatMap(
    (key) => /^input_cost_per_token_above_(\d+)k_tokens$/.exec(key)?.[1] ?? [],
  );
  if (thresholds.length > 1)
    throw new Error(`a LiteLLM entry has ${thresholds.length} price tiers; this reader knows one`);
  return thresholds[0] === undefined ? undefined : Number(thresholds[0]) * 1000;
}
