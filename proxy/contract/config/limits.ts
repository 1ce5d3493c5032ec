/** Budgets, rate limits, fees, the loop guard and the kill switches. */
import { z } from 'zod';
import { accessKeyId, budgetId, modelRef, projectId, providerId } from '../ids.ts';
import { budgetWindow, onLimit } from './words.ts';

export const budgetScope = z
  .string()
  .regex(
    /^(global|key:.+|project:.+|client:.+|provider:.+|model:[^/]+\/.+)$/,
    'use global, key:<id>, project:<id>, client:<id>, provider:<id> or model:<provider/model>',
  );

/** Shares of the limit at which an alert goes out, once each in a window. */
export const ALERT_AT_DEFAULT: readonly number[] = [0.5, 0.8, 0.9, 1];
/** With `clamp`: below this many output tokens a call is refused instead of cut further. */
export const CLAMP_FLOOR_TOKENS_DEFAULT = 256;

export const budgetConfig = z.strictObject({
  id: budgetId,
  scope: budgetScope,
  window: budgetWindow,
  limitUsd: z.number().min(0).max(1_000_000),
  /** Left out: 50, 80, 90 and 100 percent. */
  alertAt: z.array(z.number().gt(0).max(10)).optional(),
  onLimit: onLimit.default('block'),
  /** With onLimit clamp; 256 when left out. */
  clampFloorTokens: z.int().min(1).optional(),
});
export type BudgetConfig = z.infer<typeof budgetConfig>;

export const rateLimitConfig = z
  .strictObject({
    scope: z
      .string()
      .regex(/^(global|key:.+|project:.+|client:.+)$/, 'use global, key:<id>, project:<id> or client:<id>'),
    requestsPerMinute: z.int().min(1).optional(),
    /** Input and output together. */
    tokensPerMinute: z.int().min(1).optional(),
    concurrency: z.int().min(1).optional(),
  })
  .refine(
    (limit) => (limit.requestsPerMinute ?? limit.tokensPerMinute ?? limit.concurrency) !== undefined,
    'give at least one of requestsPerMinute, tokensPerMinute and concurrency',
  );
export type RateLimitConfig = z.infer<typeof rateLimitConfig>;

/**
 * What counts as a loop. By default only agents' calls are watched (those that carry tool results), so that a benchmark
 * that sends one call a thousand times is left alone; `everyCall` watches those too.
 */
export const loopGuardThresholds = z.strictObject({
  windowSeconds: z.int().min(1).max(3_600),
  /** This many near-identical calls of one client in the window are a loop. */
  identicalCalls: z.int().min(2).max(10_000),
  /** The same tool called with the same arguments this many times in a row inside one conversation is a loop. */
  toolCycles: z.int().min(2).max(1_000),
  everyCall: z.boolean(),
});
export type LoopGuardThresholds = z.infer<typeof loopGuardThresholds>;
export const LOOP_GUARD_DEFAULT: LoopGuardThresholds = {
  windowSeconds: 120,
  identicalCalls: 12,
  toolCycles: 8,
  everyCall: false,
};

export const loopGuardConfig = loopGuardThresholds.partial().extend({ enabled: z.boolean().default(true) });

const bps = z.int().min(0).max(100_000);

/** Basis points on top of the provider's cost. The client's fee wins over the project's, that over the default. */
export const feesConfig = z.strictObject({
  defaultBps: bps.default(0),
  projects: z.record(projectId, bps).optional(),
  clients: z.record(z.string().min(1), bps).optional(),
});
export type FeesConfig = z.infer<typeof feesConfig>;

export const walletConfig = z.strictObject({
  /** Calls are then paid from what was granted, and stop when it is used up. */
  enabled: z.boolean(),
  /** An alert goes out below this. */
  lowBalanceUsd: z.number().min(0).optional(),
});

export const killSwitchConfig = z.strictObject({
  global: z.boolean().default(false),
  providers: z.array(providerId).default([]),
  models: z.array(modelRef).default([]),
  keys: z.array(accessKeyId).default([]),
  projects: z.array(projectId).default([]),
});
