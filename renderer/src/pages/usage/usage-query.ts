import type { UsageFilters } from '../../../../proxy/contract/usage.ts';
import type { Period } from '../../usage/periods.ts';

/** What every part of the Usage page is about: a period, and the requests of it that were chosen. */
export interface UsageQuery extends Period {
  readonly filters: UsageFilters;
}

/** The question as the gateway takes it: how the chart is cut is not part of it. */
export function asked({ fromMs, toMs, filters }: UsageQuery): Pick<UsageQuery, 'fromMs' | 'toMs' | 'filters'> {
  return { fromMs, toMs, filters };
}
