/** The tier of a model where it says none, and where else to look. */
import type { Tier } from '../contract/config.ts';
import { TIERS, tierRank } from '../core/tiers.ts';
import type { ModelInfo } from '../providers/types.ts';

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
