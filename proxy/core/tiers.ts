/** The order of tiers. */
import type { Tier } from '../contract/config.ts';

/** From the cheapest to the dearest. */
export const TIERS: readonly Tier[] = ['economy', 'standard', 'premium'];

/** economy 0, standard 1, premium 2. */
export function tierRank(tier: Tier): number {
  return TIERS.indexOf(tier);
}
