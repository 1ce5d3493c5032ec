/** The order of tiers, and the tier of a model where it says none. */
import type { Tier } from '../contract/config.ts';
import type { ModelInfo } from '../providers/types.ts';

const TIERS: readonly Tier[] = ['economy', 'standard', 'premium'];

/** economy 0, standard 1, premium 2. */
export function tierRank(tier: Tier): number {
  return TIERS.indexOf(tier);
}

/** A model that costs nothing (on one's own hardware) is an economy model; undefined: not known. */
export function tierOfModel(info: ModelInfo | undefined): Tier | undefined {
  if (info?.tier !== undefined) return info.tier;
  const price = info?.price;
  return price?.inputNanoPerMTok === 0 && price.outputNanoPerMTok === 0 ? 'economy' : undefined;
}

/** Where to look for a model when there is none in `tier`: the tiers above it, the nearest first, then those below. */
export function otherTiers(tier: Tier): readonly Tier[] {
  const rank = tierRank(tier);
  return [...TIERS.slice(rank + 1), ...TIERS.slice(0, rank).reverse()];
}
