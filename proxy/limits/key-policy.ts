/** What an access key's policy allows: which models, up to which tier, until when. */
import type { KeyPolicy, Tier } from '../contract/config.ts';

const RANK = { economy: 0, standard: 1, premium: 2 } as const satisfies Record<Tier, number>;

/** `*` stands for any text, slashes included. Without patterns everything is allowed. */
export function mayUse(policy: Pick<KeyPolicy, 'models'> | undefined, model: string): boolean {
  const patterns = policy?.models;
  return patterns === undefined || patterns.some((pattern) => matches(pattern, model));
}

/** A model of unknown tier is not allowed under a tier limit: nothing says that it is cheap enough. */
export function withinTier(policy: Pick<KeyPolicy, 'maxTier'> | undefined, tier: Tier | undefined): boolean {
  const maxTier = policy?.maxTier;
  if (maxTier === undefined) return true;
  return tier !== undefined && RANK[tier] <= RANK[maxTier];
}

/** Milliseconds since 1970, from the policy's ISO text; undefined: never. */
export function expiresAtMs(policy: Pick<KeyPolicy, 'expiresAt'> | undefined): number | undefined {
  return policy?.expiresAt === undefined ? undefined : Date.parse(policy.expiresAt);
}

export function expired(policy: Pick<KeyPolicy, 'expiresAt'> | undefined, nowMs: number): boolean {
  const atMs = expiresAtMs(policy);
  return atMs !== undefined && nowMs >= atMs;
}

/** Greedy from the left, which is right for patterns whose only wildcard is `*`, and linear in the text. */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === pattern;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
