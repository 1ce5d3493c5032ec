/** LiteLLM's price file: USD per single token, tiers as `*_above_272k_tokens` keys, several providers in one map. */
import { defined, flag, type Loose, loose, positive, price, type Rates, type Reading, texts } from './reading.ts';

const PER_MILLION = 1_000_000;
/** The price of one token times a million, without the noise of binary fractions. */
const DIGITS = 12;

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
    longContext:
      above === undefined || Object.keys(longRates).length === 0
        ? undefined
        : { aboveInputTokens: above, rates: longRates },
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
  const rate = (key: string): number | undefined => {
    const usdPerToken = price(entry[`${key}${suffix}`]);
    return usdPerToken === undefined ? undefined : Number((usdPerToken * PER_MILLION).toPrecision(DIGITS));
  };
  return defined<Rates>({
    inputUsdPerMTok: rate('input_cost_per_token'),
    outputUsdPerMTok: rate('output_cost_per_token'),
    cacheReadUsdPerMTok: rate('cache_read_input_token_cost'),
    cacheWriteUsdPerMTok: rate('cache_creation_input_token_cost'),
    reasoningUsdPerMTok: rate('output_cost_per_reasoning_token'),
  });
}

/** 272000 for `input_cost_per_token_above_272k_tokens`. */
function tierThreshold(entry: Loose): number | undefined {
  const thresholds = Object.keys(entry).flatMap(
    (key) => /^input_cost_per_token_above_(\d+)k_tokens$/.exec(key)?.[1] ?? [],
  );
  if (thresholds.length > 1)
    throw new Error(`a LiteLLM entry has ${thresholds.length} price tiers; the catalog holds one`);
  return thresholds[0] === undefined ? undefined : Number(thresholds[0]) * 1000;
}
