/** What happens to a call that does not fit under a budget: what the budget's `onLimit` says. */
import type { BudgetView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { GatehouseError } from '../core/errors.ts';
import type { Approvals } from '../limits/ask.ts';
import { type BudgetRefusal, budgetExceeded } from '../limits/budget-exceeded.ts';
import type { BudgetLimit } from '../limits/budgets.ts';
import { clampCall } from '../limits/clamp.ts';
import type { RequestFacts } from '../protocols/codec.ts';
import type { Target } from '../routing/types.ts';
import type { OverBudget } from './attempt.ts';
import { inputBound } from './bound.ts';
import type { Run } from './run.ts';

export interface OverBudgetParts {
  readonly clock: Clock;
  readonly approvals: Approvals;
  /** A call was refused for this budget; for alerts. */
  readonly onOverBudget: (budget: BudgetView) => void;
}

export interface OverBudgetInput {
  readonly over: OverBudget;
  /** The limit that refused; undefined: not one of the config's. */
  readonly limit: BudgetLimit | undefined;
  /** Of the call as it was to be sent. */
  readonly facts: RequestFacts;
  readonly target: Target;
  readonly feeBps: number;
  readonly run: Run;
  /** Every budget has had its say already; what still does not fit is refused. */
  readonly again: boolean;
}

export type OverBudgetStep =
  | { readonly do: 'clamp'; readonly maxOutputTokens: number }
  /** Allowed this once: this budget does not hold the call, though its cost counts in it. */
  | { readonly do: 'leave-out' }
  /** The cap was raised to this. */
  | { readonly do: 'again'; readonly limitNano: number }
  | {
      readonly do: 'refuse';
      readonly error: GatehouseError;
      /** Another target would be no way around it. */
      readonly stop: boolean;
      readonly downgrade: boolean;
    };

export async function settleOverBudget(parts: OverBudgetParts, input: OverBudgetInput): Promise<OverBudgetStep> {
  const { over, limit } = input;
  const refuse = (refusal: BudgetRefusal = {}, downgrade = false): OverBudgetStep => {
    parts.onOverBudget(over.budget);
    return refusalStep(parts, over, refusal, downgrade);
  };
  if (limit === undefined || input.again) return refuse();
  switch (limit.onLimit) {
    case 'block':
      return refuse();
    case 'clamp':
      return clamp(input, limit, refuse);
    case 'downgrade':
      return refuse({ nothingCheaper: true }, true);
    case 'ask':
      return ask(parts, input, refuse);
    default:
      return limit.onLimit satisfies never;
  }
}

function refusalStep(
  { clock }: OverBudgetParts,
  { budget, neededNano }: OverBudget,
  refusal: BudgetRefusal,
  downgrade: boolean,
): OverBudgetStep {
  return {
    do: 'refuse',
    error: budgetExceeded(budget, neededNano, clock.nowMs(), refusal),
    // A budget of one provider or model says nothing of the others; any other one would only be evaded by them.
    stop: !downgrade && !/^(provider|model):/.test(budget.scope),
    downgrade,
  };
}

function clamp(
  { over, facts, target, feeBps }: OverBudgetInput,
  { clampFloorTokens }: BudgetLimit,
  refuse: (refusal?: BudgetRefusal) => OverBudgetStep,
): OverBudgetStep {
  const price = target.info?.price;
  if (price === undefined) return refuse();
  const clamped = clampCall(
    {
      leftNano: over.budget.leftNano,
      ...inputBound(facts, target.info),
      price,
      choices: facts.choices,
      feeBps,
    },
    facts.maxOutputTokens,
    clampFloorTokens,
  );
  if (clamped.ok) return { do: 'clamp', maxOutputTokens: clamped.maxOutputTokens };
  return refuse({ fitsTokens: clamped.fitsTokens, clampFloorTokens: clamped.floorTokens });
}

async function ask(
  parts: OverBudgetParts,
  { over, target, run }: OverBudgetInput,
  refuse: (refusal?: BudgetRefusal) => OverBudgetStep,
): Promise<OverBudgetStep> {
  const { accessKeyId, project, client } = run.inbound.identity;
  const left = new AbortController();
  const unsubscribe = run.onAbort(() => left.abort());
  const outcome = await parts.approvals.ask(
    {
      requestId: run.inbound.requestId,
      budget: over.budget,
      neededNano: over.neededNano,
      provider: target.provider.config.id,
      model: target.modelId,
      ...(accessKeyId === undefined ? {} : { accessKeyId }),
      ...(project === undefined ? {} : { project }),
      ...(client === undefined ? {} : { client }),
    },
    left.signal,
  );
  unsubscribe();
  run.throwIfAborted();
  switch (outcome.answer) {
    case 'allow-once':
      return { do: 'leave-out' };
    case 'raise':
      return { do: 'again', limitNano: outcome.raisedToNano ?? over.budget.limitNano };
    case 'refuse':
      return refuse({ asked: outcome.because === 'answered' ? 'refused' : askedWord(outcome.because) });
    default:
      return outcome.answer satisfies never;
  }
}

function askedWord(because: 'timed-out' | 'nobody' | 'too-many' | 'left'): NonNullable<BudgetRefusal['asked']> {
  return because === 'timed-out' ? 'timed-out' : 'nobody';
}
