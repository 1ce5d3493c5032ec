/** A limit as it stands, for the window and for the refusal. */
import type { BudgetView } from '../contract/views.ts';
import type { WindowSums } from './statements.ts';
import type { Limit } from './types.ts';
import type { Calendar } from './windows.ts';

export function budgetView(limit: Limit, sums: WindowSums, calendar: Calendar, nowMs: number): BudgetView {
  const { startMs, endMs } = calendar.bounds(limit.window, nowMs);
  return {
    id: limit.budgetId,
    scope: limit.account,
    window: limit.window,
    limitNano: limit.limitNano,
    spentNano: sums.spentNano,
    heldNano: sums.heldNano,
    leftNano: Math.max(0, limit.limitNano - sums.spentNano - sums.heldNano),
    windowStartMs: startMs,
    ...(endMs === undefined ? {} : { resetsAtMs: endMs }),
  };
}
