/** models.dev, flattened: USD per million tokens, tiers in `cost.tiers`, several providers in one list. */
import {
  defined,
  type Extras,
  filled,
  flag,
  type Loose,
  loose,
  positive,
  price,
  type Rates,
  type Reading,
  type ReadTier,
  texts,
} from './reading.ts';

export interface ModelsDevProvider {
  readonly entries: ReadonlyMap<string, Loose>;
  read(modelId: string): Reading | undefined;
}

/** One provider of the file. */
export function openModelsDev(json: unknown, provider: string): ModelsDevProvider {
  const list = loose(json).models;
  if (!Array.isArray(list)) throw new Error('models-dev: expected a list "models"');
  const own = list.map(loose).filter((entry) => entry.provider === provider);
  const entries = new Map(own.map((entry) => [String(entry.id), entry]));
  return {
    entries,
    read(modelId) {
      const entry = entries.get(modelId);
      return entry === undefined ? undefined : reading(entry);
    },
  };
}

function reading(entry: Loose): Reading {
  const cost = loose(entry.cost);
  const limit = loose(entry.limit);
  const modalities = loose(entry.modalities);
  return defined<Reading>({
    rates: rates(cost),
    tiers: tiers(cost),
    extras: filled(
      defined<Extras>({
        audioInputUsdPerMTok: positive(cost.input_audio),
        imageOutputUsdPerMTok: undefined,
        usdPerRequest: undefined,
        usdPerInputImage: undefined,
        usdPerSearch: undefined,
      }),
    ),
    contextTokens: positive(limit.context),
    maxOutputTokens: positive(limit.output),
    tools: flag(entry.tool_call),
    reasoning: flag(entry.reasoning),
    structuredOutput: flag(entry.structured_output),
    inputModalities: texts(modalities.input),
    outputModalities: texts(modalities.output),
  });
}

function rates(cost: Loose): Rates {
  return defined<Rates>({
    inputUsdPerMTok: price(cost.input),
    outputUsdPerMTok: price(cost.output),
    cacheReadUsdPerMTok: price(cost.cache_read),
    cacheWriteUsdPerMTok: price(cost.cache_write),
    cacheWrite1hUsdPerMTok: undefined,
    reasoningUsdPerMTok: price(cost.reasoning),
  });
}

function tiers(cost: Loose): ReadTier[] | undefined {
  if (!Array.isArray(cost.tiers)) return undefined;
  const found = cost.tiers.map(loose).flatMap((tier): ReadTier[] => {
    const aboveInputTokens = positive(loose(tier.tier).size);
    return aboveInputTokens === undefined ? [] : [{ aboveInputTokens, rates: rates(tier) }];
  });
  return found.length === 0 ? undefined : found.sort((left, right) => left.aboveInputTokens - right.aboveInputTokens);
}
