/** genai-prices: USD per million tokens; ids by match rules; tiers inside a price; price lists with start dates. */
import {
  defined,
  type Extras,
  filled,
  type Loose,
  loose,
  positive,
  price,
  type Rates,
  type Reading,
  type ReadModel,
  type ReadTier,
} from './reading.ts';

const RATE_KEYS = {
  inputUsdPerMTok: 'input_mtok',
  outputUsdPerMTok: 'output_mtok',
  cacheReadUsdPerMTok: 'cache_read_mtok',
  cacheWriteUsdPerMTok: 'cache_write_mtok',
  reasoningUsdPerMTok: 'output_reasoning_mtok',
} as const;

/** The reader for one provider of the file (undefined: it has none); of dated price lists the one in force on `asOf` (YYYY-MM-DD) counts. */
export function openGenaiPrices(json: unknown, provider: string | undefined, asOf: string): ReadModel {
  if (!Array.isArray(json)) throw new Error('genai-prices: expected a list of providers');
  const models = loose(json.map(loose).find((entry) => entry.id === provider)).models;
  if (!Array.isArray(models)) return () => undefined;
  const entries = models.map(loose);
  return (modelId) => {
    const entry = entries.find((candidate) => matches(candidate.match, modelId));
    return entry === undefined ? undefined : reading(entry, asOf);
  };
}

/** The rules of the file: equals, starts_with, ends_with, contains, regex, and or/and of these. */
export function matches(rule: unknown, modelId: string): boolean {
  const [[verb, operand] = ['', undefined]] = Object.entries(loose(rule));
  const id = modelId.toLowerCase();
  if (verb === 'or' && Array.isArray(operand)) return operand.some((inner) => matches(inner, modelId));
  if (verb === 'and' && Array.isArray(operand)) return operand.every((inner) => matches(inner, modelId));
  const text = String(operand).toLowerCase();
  if (verb === 'equals') return id === text;
  if (verb === 'starts_with') return id.startsWith(text);
  if (verb === 'ends_with') return id.endsWith(text);
  if (verb === 'contains') return id.includes(text);
  if (verb === 'regex') return new RegExp(String(operand)).test(modelId);
  throw new Error(`genai-prices: unknown match rule "${verb}"`);
}

function reading(entry: Loose, asOf: string): Reading | undefined {
  const prices = inForce(entry.prices, asOf);
  if (prices === undefined) return undefined;
  return defined<Reading>({
    rates: ratesOf(prices, (value) => price(value) ?? price(loose(value).base)),
    tiers: tiersOf(prices),
    extras: filled(extras(prices)),
    contextTokens: positive(entry.context_window),
    maxOutputTokens: undefined,
    tools: undefined,
    reasoning: undefined,
    structuredOutput: undefined,
    inputModalities: undefined,
    outputModalities: undefined,
  });
}

/** Undefined when the price depends on more than the date (hours of the day): such a price is not one figure. */
function inForce(prices: unknown, asOf: string): Loose | undefined {
  if (!Array.isArray(prices)) return loose(prices);
  const current = prices.map(loose).findLast(({ constraint }) => {
    const start = loose(constraint).start_date;
    return constraint === undefined || (typeof start === 'string' && start <= asOf);
  });
  const hourly = prices.some((item) => 'start_time' in loose(loose(item).constraint));
  return current === undefined || hourly ? undefined : loose(current.prices);
}

function tiersOf(prices: Loose): ReadTier[] | undefined {
  const starts = new Set(Object.values(prices).flatMap((value) => tiers(value).map((tier) => Number(tier.start))));
  if (starts.size === 0) return undefined;
  return [...starts]
    .sort((left, right) => left - right)
    .map((start) => ({
      aboveInputTokens: start,
      rates: ratesOf(prices, (value) => price(tiers(value).find((tier) => tier.start === start)?.price)),
    }));
}

function extras(prices: Loose): Extras {
  const perThousand = positive(prices.requests_kcount);
  return defined<Extras>({
    audioInputUsdPerMTok: price(prices.input_audio_mtok) ?? price(loose(prices.input_audio_mtok).base),
    imageOutputUsdPerMTok: undefined,
    usdPerRequest: perThousand === undefined ? undefined : perThousand / 1000,
    usdPerInputImage: undefined,
    usdPerSearch: undefined,
  });
}

function tiers(value: unknown): Loose[] {
  const list = loose(value).tiers;
  return Array.isArray(list) ? list.map(loose) : [];
}

function ratesOf(prices: Loose, read: (value: unknown) => number | undefined): Rates {
  const entries = Object.entries(RATE_KEYS).map(([field, key]) => [field, read(prices[key])] as const);
  return defined<Rates>(Object.fromEntries(entries));
}
