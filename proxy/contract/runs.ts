/** Runs: an access key that lives as long as one command and may spend so much, and the receipt of what it spent. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { budgetView } from './budget-view.ts';
import { mode, onLimit, tier } from './config/words.ts';
import { projectId } from './ids.ts';
import { nanoUsd } from './money.ts';

export const RUN_TTL_MS_MIN = 1_000;
/** A command that runs longer than this wants a key of its own. */
export const RUN_TTL_MS_MAX = 7 * 24 * 3_600_000;
/** Long enough for a night's work; only the net for a run that could not end its key itself. */
export const RUN_TTL_MS_DEFAULT = 24 * 3_600_000;
export const RUN_BUDGET_USD_MAX = 1_000_000;

/** Goes into the id of the key, so it shows in every table. */
export const runName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'use lower-case letters, digits, dot, dash or underscore (32 at most)');

export const runInput = z.object({
  budgetUsd: z.number().positive().max(RUN_BUDGET_USD_MAX),
  ttlMs: z.int().min(RUN_TTL_MS_MIN).max(RUN_TTL_MS_MAX).default(RUN_TTL_MS_DEFAULT),
  name: runName.optional(),
  project: projectId.optional(),
  /** Patterns of what may be served; `*` stands for any text. */
  models: z.array(z.string().min(1).max(200)).min(1).optional(),
  maxTier: tier.optional(),
  mode: mode.optional(),
  /** What happens when a call does not fit any more; block when left out. */
  onLimit: onLimit.optional(),
});
export type RunInput = z.input<typeof runInput>;

export const createdRun = z.object({
  /** The id of its access key. */
  id: z.string(),
  /** Shown this once; it is in `env` too. */
  secret: z.string(),
  /** For the command only: see run-environment.ts. */
  env: z.record(z.string(), z.string()),
  expiresAtMs: z.int(),
});
export type CreatedRun = z.infer<typeof createdRun>;

/** What one model did for a run. */
export const runModel = z.object({
  provider: z.string(),
  model: z.string(),
  /** Calls that it was asked in; one that failed over counts with every model that was tried. */
  calls: z.int(),
  chargedNano: nanoUsd,
});

/** Sums of the ledger's entries of this key, to the nano-dollar. */
export const runReceipt = z.object({
  id: z.string(),
  project: z.string().optional(),
  startedAtMs: z.int(),
  /** The key works until then at the latest. */
  expiresAtMs: z.int().optional(),
  /** Left out: it still works. */
  endedAtMs: z.int().optional(),
  /** Calls that went to a provider, and the tries they took. */
  calls: z.int(),
  attempts: z.int(),
  /** Calls that Gatehouse stopped before that, by error code. */
  refused: z.array(z.object({ code: z.string(), calls: z.int() })),
  /** Tokens by bucket, as the ledger's charges have them; a bucket nobody reported is left out. */
  usage: z.object({
    inputTokens: z.int().optional(),
    cacheReadTokens: z.int().optional(),
    /** To five-minute and one-hour caches together. */
    cacheWriteTokens: z.int().optional(),
    outputTokens: z.int().optional(),
    reasoningTokens: z.int().optional(),
  }),
  /** The dearest first. */
  models: z.array(runModel),
  /** Cost and fee, and what was charged in full because nobody knows the cost: the three parts below add up to it. */
  chargedNano: nanoUsd,
  feeNano: nanoUsd,
  /** From the provider's own usage; counted here; not known, so the whole hold. */
  exactNano: nanoUsd,
  estimatedNano: nanoUsd,
  unknownNano: nanoUsd,
  /** By corrections. */
  correctedNano: nanoUsd,
  /** Tries that are still under way: their charge is not in yet. */
  openHolds: z.int(),
  budget: budgetView,
});
export type RunReceipt = z.infer<typeof runReceipt>;

const base = oc.errors({ NOT_FOUND: { status: 404 } });
const byId = base.input(z.object({ id: z.string().min(1).max(64) })).output(runReceipt);

export const runsDesk = {
  create: base.input(runInput).output(createdRun),
  /** As it stands now. */
  receipt: byId,
  /** Stops the key and what still runs under it, waits until that is settled, and gives the receipt. A second time too. */
  end: byId,
};
