/** Routing as the window and the CLI see it: dry runs, breakers, refused credentials. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { mode } from './config/words.ts';
import { accessKeyId, projectId } from './ids.ts';
import { routeView } from './routes.ts';

export const breakerView = z.object({
  /** `provider/model`, or `provider` alone. */
  id: z.string(),
  scope: z.enum(['endpoint', 'provider']),
  state: z.enum(['closed', 'open', 'half-open']),
  /** Outcomes looked back on, and the failed and the slow ones among them. */
  outcomes: z.int(),
  failures: z.int(),
  slow: z.int(),
  failuresInARow: z.int(),
  sinceMs: z.int().optional(),
  retryAtMs: z.int().optional(),
  cause: z.object({ kind: z.string(), status: z.int().optional(), code: z.string().optional() }).optional(),
});
export type BreakerStateView = z.infer<typeof breakerView>;

/** Measured lately; recent calls weigh more. */
export const endpointSpeedView = z.object({
  /** `provider/model` or `provider`. */
  id: z.string(),
  firstTokenMs: z.number().optional(),
  firstTokenMsP95: z.number().optional(),
  tokensPerSecond: z.number().optional(),
  samples: z.number(),
});

export const refusedCredentialView = z.object({
  providerId: z.string(),
  sinceMs: z.int(),
  status: z.int().optional(),
});

/** A call as it would be asked, without being made. */
export const dryRunInput = z.object({
  model: z.string().min(1).max(200),
  models: z.array(z.string().min(1)).max(8).optional(),
  mode: mode.optional(),
  /** As if this key had called: its rights count. */
  accessKeyId: accessKeyId.optional(),
  project: projectId.optional(),
  client: z.string().min(1).max(64).optional(),
  /** What the call says; never kept. */
  prompt: z.string().max(1_000_000).default('Hello'),
  maxTokens: z.int().min(1).optional(),
  tools: z.boolean().default(false),
  image: z.boolean().default(false),
  jsonSchema: z.boolean().default(false),
  stream: z.boolean().default(false),
});
export type DryRunInput = z.input<typeof dryRunInput>;

export const dryRunResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), route: routeView }),
  /** What a client would be told. */
  z.object({ ok: z.literal(false), status: z.int(), code: z.string(), message: z.string() }),
]);
export type DryRunResult = z.infer<typeof dryRunResult>;

const base = oc.errors({ NOT_FOUND: { status: 404 } });

export const routingDesk = {
  dryRun: base.input(dryRunInput).output(dryRunResult),
  breakers: base.output(
    z.object({
      breakers: z.array(breakerView),
      speeds: z.array(endpointSpeedView),
      refused: z.array(refusedCredentialView),
    }),
  ),
  /** Closes the breaker (of a provider: its models' too) and lets a refused credential be tried again. */
  reset: base.input(z.object({ id: z.string().min(1).max(300) })).output(z.object({ reset: z.literal(true) })),
};
