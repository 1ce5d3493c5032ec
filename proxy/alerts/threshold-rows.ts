/** Which thresholds were told, kept across restarts. */
import type { BudgetView } from '../contract/views.ts';
import type { Db } from '../storage/types.ts';
import type { SentThreshold, ThresholdStep } from './thresholds.ts';

/** Every window but `total` is over by then. */
const KEPT_MS = 400 * 86_400_000;

export interface ThresholdRows {
  sent(budget: BudgetView): SentThreshold[];
  apply(budget: BudgetView, step: ThresholdStep, nowMs: number): void;
}

export function createThresholdRows(db: Db): ThresholdRows {
  const select = db.prepare<[string, string, number], SentThreshold>(
    `SELECT threshold_ppm AS thresholdPpm, limit_nano AS limitNano FROM alert_thresholds
     WHERE budget = ? AND window = ? AND window_start_ms = ?`,
  );
  const insert = db.prepare<[string, string, number, number, number, number]>(
    'INSERT OR REPLACE INTO alert_thresholds VALUES (?, ?, ?, ?, ?, ?)',
  );
  const rearm = db.prepare<[string, string, number, number]>(
    'DELETE FROM alert_thresholds WHERE budget = ? AND window = ? AND window_start_ms = ? AND threshold_ppm = ?',
  );
  const forget = db.prepare<[number]>(`DELETE FROM alert_thresholds WHERE at_ms < ? AND window <> 'total'`);
  return {
    sent: ({ id, window, windowStartMs }) => select.all(id, window, windowStartMs),
    apply: db.transaction(
      ({ id, window, windowStartMs, limitNano }: BudgetView, step: ThresholdStep, nowMs: number) => {
        for (const ppm of step.rearmed) rearm.run(id, window, windowStartMs, ppm);
        for (const ppm of step.crossed) insert.run(id, window, windowStartMs, ppm, limitNano, nowMs);
        forget.run(nowMs - KEPT_MS);
      },
    ),
  };
}
