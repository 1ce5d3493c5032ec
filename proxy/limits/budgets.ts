/** From the config's budgets to the limits a reserve is checked against, and the refusal a client reads. */
import type { BudgetConfig } from '../contract/config.ts';
import { nanoToUsdString, usdToNano } from '../contract/money.ts';
import type { BudgetView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Limit } from '../ledger/types.ts';

/** Every limit that touches a call. In this release a budget's scope is `global`, so it touches every call. */
export function limitsOf(budgets: readonly BudgetConfig[]): readonly Limit[] {
  return budgets.map((budget) => ({
    budgetId: budget.id,
    account: budget.scope,
    window: budget.window,
    limitNano: usdToNano(budget.limitUsd),
  }));
}

/** 402 with which budget, how much is left, what this call could cost, and when it resets. */
export function budgetExceeded(budget: BudgetView, neededNano: number, nowMs: number): GatehouseError {
  const reset =
    budget.resetsAtMs === undefined ? 'It never resets.' : `It resets at ${new Date(budget.resetsAtMs).toISOString()}.`;
  return new GatehouseError(
    'budget_exceeded',
    `The ${budget.window} budget "${budget.id}" has $${nanoToUsdString(budget.leftNano)} left of $${nanoToUsdString(budget.limitNano)}; ` +
      `this call could cost up to $${nanoToUsdString(neededNano)}. ${reset} Raise the cap in Gatehouse, or send a smaller max_tokens.`,
    {
      facts: {
        budget: budget.id,
        window: budget.window,
        limit_usd: nanoToUsdString(budget.limitNano),
        spent_usd: nanoToUsdString(budget.spentNano),
        held_usd: nanoToUsdString(budget.heldNano),
        left_usd: nanoToUsdString(budget.leftNano),
        needed_usd: nanoToUsdString(neededNano),
        ...(budget.resetsAtMs === undefined
          ? {}
          : {
              resets_at: new Date(budget.resetsAtMs).toISOString(),
              resets_in_s: Math.ceil((budget.resetsAtMs - nowMs) / 1000),
            }),
      },
    },
  );
}
