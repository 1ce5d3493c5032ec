/** Why a call went where it went: the same trace for a dry run and for every real call. Metadata only. */
import { z } from 'zod';
import { mode, tier } from './config/words.ts';
import { nanoUsd } from './money.ts';

/** Scores run from 0 (worst of the candidates) to 1 (best); a part nobody knows is left out. */
export const routeScore = z.object({
  total: z.number(),
  price: z.number().optional(),
  quality: z.number().optional(),
  latency: z.number().optional(),
  health: z.number().optional(),
});
export type RouteScore = z.infer<typeof routeScore>;

export const routeCandidate = z.object({
  provider: z.string(),
  model: z.string(),
  tier: tier.optional(),
  score: routeScore.optional(),
  /** The most likely cost of this call there; left out when the price is unknown. */
  estimatedCostNano: nanoUsd.optional(),
  /** Why it stands in the list: `asked`, `virtual_model`, `family`, `mode`, `rule`, `split`, `sticky`, `fallback`, `request_fallback`, `equivalent`, `larger_context`. */
  because: z.string(),
});
export type RouteCandidate = z.infer<typeof routeCandidate>;

export const EXCLUSION_REASONS = [
  'disabled',
  'killed',
  'breaker_open',
  'credential_refused',
  'credential_missing',
  'context_too_small',
  'output_too_small',
  'no_tools',
  'no_structured_output',
  'no_images',
  'no_audio',
  'no_documents',
  'wrong_purpose',
  'wrong_protocol',
  'not_private',
  'model_not_allowed',
  'tier_too_high',
  'price_unknown',
  'over_budget',
] as const;
export const exclusionReason = z.enum(EXCLUSION_REASONS);
export type ExclusionReason = z.infer<typeof exclusionReason>;

export const routeExclusion = z.object({
  provider: z.string(),
  model: z.string(),
  reason: exclusionReason,
  /** For people. */
  message: z.string(),
});
export type RouteExclusion = z.infer<typeof routeExclusion>;

/** One upstream try, as it ended. */
export const routeAttempt = z.object({
  provider: z.string(),
  model: z.string(),
  /** `served`, or what went wrong: a kind of failure. */
  outcome: z.string(),
  status: z.int().optional(),
  errorCode: z.string().optional(),
  /** What was done about it. */
  decision: z.enum(['retry', 'next', 'stop', 'served']),
  durationMs: z.number(),
  costNano: nanoUsd.optional(),
});
export type RouteAttempt = z.infer<typeof routeAttempt>;

export const routeView = z.object({
  asked: z.string(),
  /** `forced`, `model`, `family`, `virtual_model` or `auto`. */
  kind: z.string(),
  mode: mode.optional(),
  tier: tier.optional(),
  rule: z.string().optional(),
  split: z.object({ name: z.string(), arm: z.string() }).optional(),
  sticky: z.boolean().optional(),
  /** What led here, one sentence each. */
  reasons: z.array(z.string()),
  /** In the order they are tried. */
  candidates: z.array(routeCandidate),
  excluded: z.array(routeExclusion),
  /** Not shown for want of room. */
  more: z.object({ candidates: z.int(), excluded: z.int() }).optional(),
  attempts: z.array(routeAttempt),
});
export type RouteView = z.infer<typeof routeView>;
