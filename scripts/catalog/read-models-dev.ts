/** models.dev, flattened: USD per million tokens, tiers in `cost.tiers`, several providers in one list. */
import {
  defined,
  flag,
  type Loose,
  loose,
  positive,
  price,
  type Rates,
  type Reading,
  type ReadModel,
  texts,
} from './reading.ts';

/** The reader for one provider of the file. */
export function openModelsDev(json: unknown, provider: string): ReadModel {
  const list = loose(json).models;
  if (!Array.isArray(list)) throw new Error('models-dev: expected a list "models"');
  const entries = list.map(loose).filter((entry) => entry.provider === provider);
  const byId = new Map(entries.map((entry) => [String(entry.id), entry]));
  return (modelId) => {
    const entry = byId.get(modelId);
    return entry === undefined ? undefined : reading(entry);
  };
}

function reading(entry: Loose): Reading {
  const cost = loose(entry.cost);
  const limit = loose(entry.limit);
  const modalities = loose(entry.modalities);
  return defined<Reading>({
    rates: rates(cost),
    longContext: longContext(cost),
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
    reasoningUsdPerMTok: price(cost.reasoning),
  });
}

function longContext(cost: Loose): Reading['longContext'] {
  if (!Array.isArray(cost.tiers)) return undefined;
  if (cost.tiers.length > 1)
    throw new Error(`a models.dev entry has ${cost.tiers.length} price tiers; the catalog holds one`);
  const tier = loose(cost.tiers[0]);
  const aboveInputTokens = positive(loose(tier.tier).size);
  return aboveInputTokens === undefined ? undefined : { aboveInputTokens, rates: rates(tier) };
}
