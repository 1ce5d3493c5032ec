/** Virtual models and routing: modes, rules, splits, fallbacks. */
import { z } from 'zod';
import { modelRef } from '../ids.ts';
import { mode } from './words.ts';

/** What a client may name as a model: provider/model, a known id, a family, a virtual model or auto. */
const modelName = z.string().min(1).max(200);
const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

export const virtualModelConfig = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/, 'use lower-case letters, digits, dot, dash, underscore and slash'),
  /** Left out: the targets are tried in the order they are written. */
  mode: mode.optional(),
  targets: z.array(modelRef).min(1),
});
export type VirtualModelConfig = z.infer<typeof virtualModelConfig>;

/** Everything given must hold. Patterns may carry `*` for any text. */
export const ruleCondition = z.strictObject({
  /** A regular expression (RE2 syntax, linear in time) on the text of the last user message. */
  promptMatches: z.string().min(1).max(1_000).optional(),
  key: patterns.optional(),
  project: patterns.optional(),
  client: patterns.optional(),
  /** The model as the client named it. */
  model: patterns.optional(),
  inputTokensMin: z.int().min(0).optional(),
  inputTokensMax: z.int().min(0).optional(),
  tools: z.boolean().optional(),
  images: z.boolean().optional(),
  /** In the config's time zone, such as 22:00-06:00; the end is not in it. */
  timeOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'write it as HH:MM-HH:MM')
    .optional(),
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .optional(),
});

export const ruleConfig = z
  .strictObject({
    name: z.string().min(1).max(100),
    when: ruleCondition,
    /** A model in any of its names. */
    use: modelName.optional(),
    mode: mode.optional(),
    /** The call is refused with these words. */
    refuse: z.string().min(1).max(300).optional(),
  })
  .refine(
    ({ use, mode: wanted, refuse }) =>
      refuse === undefined ? (use ?? wanted) !== undefined : use === undefined && wanted === undefined,
    'say what the rule does: use and/or mode, or refuse',
  );
export type RuleConfig = z.infer<typeof ruleConfig>;

export const splitConfig = z.strictObject({
  name: z.string().min(1).max(100),
  /** The name that clients ask for. */
  model: modelName,
  targets: z.array(z.strictObject({ use: modelRef, weight: z.number().gt(0) })).min(1),
  /** Who stays with the arm it first got. Left out: the session, and where there is none the client. */
  stickyBy: z.enum(['session', 'client', 'none']).optional(),
});
export type SplitConfig = z.infer<typeof splitConfig>;

export const routingConfig = z.strictObject({
  /** Left out: cheap. */
  defaultMode: mode.optional(),
  /** By the name that was asked for or the target that failed. They come before any other fallback. */
  fallbacks: z.record(z.string().min(1), z.array(modelName).min(1)).optional(),
  /** False: models of the same tier elsewhere do not step in. A forced provider/model never has them. */
  equivalents: z.boolean().optional(),
  rules: z.array(ruleConfig).optional(),
  splits: z.array(splitConfig).optional(),
  /** False: a conversation is free to move although its provider holds its prompt cache. */
  sticky: z.boolean().optional(),
  /** Upstream tries a request may cost at most, retries included; 4 when left out. */
  attemptsMax: z.int().min(1).max(10).optional(),
  /** How long a request may look for a target before its first content; 120 when left out. */
  failoverSeconds: z.int().min(1).max(3_600).optional(),
  /** Latency mode only: a second attempt at the next target once the first is slower than it nearly always is. Both are paid. */
  hedge: z.boolean().optional(),
});
export type RoutingConfig = z.infer<typeof routingConfig>;
