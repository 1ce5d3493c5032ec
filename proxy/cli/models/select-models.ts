/** Search and order of the list of models. Pure. */
import type { ModelView } from '../../contract/views.ts';

export const SORTS = ['name', 'price', 'context'] as const;
export type Sort = (typeof SORTS)[number];

/** A call reads more than it writes; three to one is the usual guess. */
const INPUT_PER_OUTPUT = 3;

/** Every word of `search` must be in the id, the family or the description. Unknown prices and contexts come last. */
export function selectModels(models: readonly ModelView[], search: string | undefined, sort: Sort): ModelView[] {
  const words = search?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return models
    .filter((model) => {
      const text = [model.id, model.family, model.description].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((left, right) => rank(left, sort) - rank(right, sort) || compareNames(left.id, right.id));
}

function rank(model: ModelView, sort: Sort): number {
  switch (sort) {
    case 'name':
      return 0;
    case 'price': {
      const { inputUsdPerMTok, outputUsdPerMTok } = model;
      if (inputUsdPerMTok === undefined || outputUsdPerMTok === undefined) return Number.MAX_VALUE;
      return inputUsdPerMTok * INPUT_PER_OUTPUT + outputUsdPerMTok;
    }
    case 'context':
      return model.contextTokens === undefined ? Number.MAX_VALUE : -model.contextTokens;
    default:
      return sort satisfies never;
  }
}

/** The same order on every machine, whatever its language. */
function compareNames(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
