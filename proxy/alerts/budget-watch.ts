/** Compares budgets as they stand with their thresholds and raises what was reached. */
import { ALERT_AT_DEFAULT, type BudgetConfig } from '../contract/config.ts';
import type { BudgetView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../storage/types.ts';
import { budgetReached } from './messages.ts';
import { createThresholdRows } from './threshold-rows.ts';
import { thresholdStep } from './thresholds.ts';
import type { AlertBook } from './types.ts';

export interface BudgetWatch {
  /** `views` as the ledger has them now; `budgets` as the config has them. Throws what SQLite throws. */
  check(views: readonly BudgetView[], budgets: readonly Pick<BudgetConfig, 'id' | 'alertAt'>[]): void;
}

export function createBudgetWatch(parts: { db: Db; clock: Clock; raise: AlertBook['raise'] }): BudgetWatch {
  const rows = createThresholdRows(parts.db);
  return {
    check(views, budgets) {
      const alertAt = new Map(budgets.map((budget) => [budget.id, budget.alertAt ?? ALERT_AT_DEFAULT]));
      for (const view of views) {
        const step = thresholdStep(view, alertAt.get(view.id) ?? [], rows.sent(view));
        if (step.crossed.length === 0 && step.rearmed.length === 0) continue;
        // Written first: a restart in between loses one alert, which is better than one on every start.
        rows.apply(view, step, parts.clock.nowMs());
        // One call can cross several; the highest says it all.
        const highest = step.crossed.at(-1);
        if (highest !== undefined) parts.raise(budgetReached(view, highest));
      }
    },
  };
}
