/** What the window sees of the gates: calls that wait for a person, and the kill switches that are down. */
import { z } from 'zod';
import { budgetView } from './budget-view.ts';
import { nanoUsd } from './money.ts';

/** `raise`: the person has raised the budget, so the call is checked again. */
export const approvalAnswer = z.enum(['allow-once', 'raise', 'refuse']);
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;

/** A call that does not fit under a budget with onLimit ask, and waits. */
export const approvalView = z.object({
  id: z.string(),
  requestId: z.string(),
  askedAtMs: z.int(),
  /** It is refused then. */
  endsAtMs: z.int(),
  budget: budgetView,
  neededNano: nanoUsd,
  provider: z.string(),
  model: z.string(),
  accessKeyId: z.string().optional(),
  project: z.string().optional(),
  client: z.string().optional(),
});
export type ApprovalView = z.infer<typeof approvalView>;

/** `provider:<id>`, `model:<provider/model>`, `key:<id>` or `project:<id>`. */
export const killScope = z
  .string()
  .regex(/^(provider|model|key|project):./, 'use provider:<id>, model:<provider/model>, key:<id> or project:<id>');

export const killedScopeView = z.object({
  scope: z.string(),
  /** `config`: only the config file lifts it. */
  by: z.enum(['person', 'config']),
  sinceMs: z.int().optional(),
});
export type KilledScopeView = z.infer<typeof killedScopeView>;
