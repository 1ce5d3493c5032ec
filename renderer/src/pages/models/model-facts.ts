/** What a model is compared by, in the order a person asks. Pure. */
import type { ModelView } from '../../contract-views.ts';
import { formatCount } from '../../format/tokens.ts';
import { UNKNOWN } from '../../format/unknown.ts';
import { CAPABILITIES, CAPABILITY_WORDS, hasCapability, PURPOSE_WORDS } from './filter-models.ts';
import { priceOf, priceOrigin, yesNo } from './model-words.ts';

export interface ModelFact {
  readonly name: string;
  readonly words: (model: ModelView) => string;
  /** Only of prices: the amount, of which the lowest is marked. */
  readonly usd?: (model: ModelView) => number | undefined;
}

export const MODEL_FACTS: readonly ModelFact[] = [
  { name: 'Kind', words: ({ purpose }) => (purpose === undefined ? UNKNOWN : PURPOSE_WORDS[purpose]) },
  { name: 'Family', words: ({ family }) => family ?? UNKNOWN },
  { name: 'Tier', words: ({ tier }) => tier ?? UNKNOWN },
  { name: 'Context', words: ({ contextTokens }) => formatCount(contextTokens) },
  { name: 'Max output', words: ({ maxOutputTokens }) => formatCount(maxOutputTokens) },
  price('Input price', (model) => model.inputUsdPerMTok),
  price('Output price', (model) => model.outputUsdPerMTok),
  price('Cache read price', (model) => model.cacheReadUsdPerMTok),
  price('Cache write price', (model) => model.cacheWriteUsdPerMTok),
  { name: 'Prices from', words: (model) => priceOrigin(model) ?? UNKNOWN },
  { name: 'Reads', words: ({ inputModalities }) => inputModalities?.join(', ') ?? UNKNOWN },
  { name: 'Writes', words: ({ outputModalities }) => outputModalities?.join(', ') ?? UNKNOWN },
  ...CAPABILITIES.map((capability) => ({
    name: CAPABILITY_WORDS[capability],
    words: (model: ModelView) => yesNo(hasCapability(model, capability)),
  })),
];

function price(name: string, usd: (model: ModelView) => number | undefined): ModelFact {
  return { name, usd, words: (model) => priceOf(usd(model)) };
}

/** True where nobody in the comparison is cheaper and somebody is dearer. Unknown prices take no part. */
export function lowestOf(
  usd: (model: ModelView) => number | undefined,
  compared: readonly ModelView[],
  model: ModelView,
): boolean {
  const known = compared.map(usd).filter((amount) => amount !== undefined);
  const lowest = Math.min(...known);
  return usd(model) === lowest && known.some((amount) => amount > lowest);
}
