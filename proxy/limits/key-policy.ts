/** What an access key's policy allows: which models, up to which tier, until when. */
import type { KeyPolicy, Tier } from '../contract/config.ts';
import { matchesPattern } from '../core/patterns.ts';
import { tierRank } from '../core/tiers.ts';

/** `*` stands for any text, slashes included. Without patterns everything is allowed. */
export function mayUse(policy: Pick<KeyPolicy, 'models'> | undefined, model: string): boolean {
  const patterns = policy?.models;
  return patterns === undefined || matchesPattern(patterns, model);
}

/** A model of unknown tier is not allowed under a tier limit: nothing says that it is cheap enough. */
export function withinTier(policy: Pick<KeyPolicy, 'maxTier'> | undefined, tier: Tier | undefined): boolean {
  const maxTier = policy?.maxTier;
  if (maxTier === undefined) return true;
  return tier !== undefined && tierRank(tier) <= tierRank(maxTier);
}

/** Milliseconds since 1970, from the policy's ISO text; undefined: never. */
export function expiresAtMs(policy: Pick<KeyPolicy, 'expiresAt'> | undefined): number | undefined {
  return policy?.expiresAt === undefined ? undefined : Date.parse(policy.expiresAt);
}

export function expired(policy: Pick<KeyPolicy, 'expiresAt'> | undefined, nowMs: number): boolean {
  const atMs = expiresAtMs(policy);
  return atMs !== undefined && nowMs >= atMs;
}
