/** What an access key may do. A key in a config takes its value from the environment; others are made in the window. */
import { z } from 'zod';
import { accessKeyId, projectId } from '../ids.ts';
import { loopGuardThresholds } from './limits.ts';
import { budgetWindow, envRef, mode, onLimit, tier } from './words.ts';

/** Everything left out is not limited. */
export const keyPolicy = z.strictObject({
  project: projectId.optional(),
  /** Patterns of what may be served, such as `openai/*` or `groq/llama-3.3-70b-versatile`; `*` stands for any text. */
  models: z.array(z.string().min(1).max(200)).min(1).optional(),
  maxTier: tier.optional(),
  /** How its calls are routed where they do not say it themselves. */
  mode: mode.optional(),
  requestsPerMinute: z.int().min(1).optional(),
  /** Input and output together. */
  tokensPerMinute: z.int().min(1).optional(),
  concurrency: z.int().min(1).optional(),
  /** The key's own budget. */
  cap: z
    .strictObject({
      window: budgetWindow,
      limitUsd: z.number().min(0).max(1_000_000),
      onLimit: onLimit.default('block'),
    })
    .optional(),
  /** With its offset from UTC, such as 2027-01-31T18:00:00Z. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** False: the loop guard leaves this key alone (benchmarks). */
  loopGuard: z.union([z.literal(false), loopGuardThresholds.partial()]).optional(),
});
export type KeyPolicy = z.infer<typeof keyPolicy>;

/** What a key may do, apart from whose project its calls are booked on. */
export const keyRights = keyPolicy.omit({ project: true });
export type KeyRights = z.infer<typeof keyRights>;

export const accessKeyConfig = keyPolicy.extend({ id: accessKeyId, value: envRef });
export type AccessKeyConfig = z.infer<typeof accessKeyConfig>;
