/** The order of the models table. Pure. What is unknown stands last in either direction. */
import type { ModelView } from '../../contract-views.ts';

export type SortColumn = 'model' | 'context' | 'maxOutput' | 'input' | 'output' | 'cacheRead' | 'tier';

export interface ModelSort {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
}

export const BY_NAME: ModelSort = { column: 'model', direction: 'ascending' };

const TIERS = ['economy', 'standard', 'premium'];

const VALUES: Record<SortColumn, (model: ModelView) => number | string | undefined> = {
  model: (model) => model.id,
  context: (model) => model.contextTokens,
  maxOutput: (model) => model.maxOutputTokens,
  input: (model) => model.inputUsdPerMTok,
  output: (model) => model.outputUsdPerMTok,
  cacheRead: (model) => model.cacheReadUsdPerMTok,
  tier: (model) => (model.tier === undefined ? undefined : TIERS.indexOf(model.tier)),
};

// One collator for all comparisons: 1,000 models ask it some 10,000 times.
const NAMES = new Intl.Collator('en', { numeric: true });

export function sortModels(models: readonly ModelView[], { column, direction }: ModelSort): readonly ModelView[] {
  const value = VALUES[column];
  const sign = direction === 'ascending' ? 1 : -1;
  return [...models].sort((a, b) => byValue(value(a), value(b), sign) || NAMES.compare(a.id, b.id));
}

/** What a click on a column's name asks for: that column, or the other direction when it is sorted by already. */
export function nextSort(sort: ModelSort, column: SortColumn): ModelSort {
  const turned = sort.column === column && sort.direction === 'ascending';
  return { column, direction: turned ? 'descending' : 'ascending' };
}

function byValue(a: number | string | undefined, b: number | string | undefined, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : NAMES.compare(String(a), String(b));
  return order * sign;
}
