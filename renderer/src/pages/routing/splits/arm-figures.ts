/** What the figures of an arm come to for one call. Pure. */
import type { UsageFigures } from '../../../../../proxy/contract/usage.ts';

/** In percent of its calls. */
export function failureShare({ requests, failed }: Pick<UsageFigures, 'requests' | 'failed'>): number {
  return requests === 0 ? 0 : (failed / requests) * 100;
}

/** Over the calls whose cost is known; undefined when there is none. */
export function costPerCall(figures: Pick<UsageFigures, 'requests' | 'unknownCosts' | 'costNano'>): number | undefined {
  const known = figures.requests - figures.unknownCosts;
  return known <= 0 ? undefined : Math.round(figures.costNano / known);
}
