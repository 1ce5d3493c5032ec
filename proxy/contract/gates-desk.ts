/** The gates as the window sees them: scoped kill switches, and calls that wait for a person's word. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { approvalAnswer, approvalView, killedScopeView, killScope } from './limits.ts';

const base = oc.errors({
  NOT_FOUND: { status: 404 },
  MANAGED: { status: 409 },
});

export const killSwitchDesk = {
  list: base.output(z.array(killedScopeView)),
  /** Stops the scope; what runs in it is aborted and settled. */
  kill: base.input(z.object({ scope: killScope })).output(z.array(killedScopeView)),
  lift: base.input(z.object({ scope: killScope })).output(z.array(killedScopeView)),
};

export const approvalDesk = {
  list: base.output(z.array(approvalView)),
  /** With `raise` the budget gets this limit first, and the call is checked again. NOT_FOUND: it waits no more. */
  answer: base
    .input(
      z.object({
        id: z.string(),
        answer: approvalAnswer,
        raiseToUsd: z.number().min(0).max(1_000_000).optional(),
      }),
    )
    .output(z.array(approvalView)),
};
