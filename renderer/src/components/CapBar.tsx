import type { BudgetView } from '../contract-views.ts';
import classes from './CapBar.module.css';

/** Spent (solid) and on hold (striped) against a cap. The figures stand beside it, so it is decoration to a screen reader. */
export function CapBar({ budget }: { readonly budget: BudgetView }) {
  const spent = share(budget.spentNano, budget.limitNano);
  const held = Math.min(100 - spent, share(budget.heldNano, budget.limitNano));
  const tone = spent + held >= 100 ? 'bad' : spent + held >= 80 ? 'warn' : 'fine';
  return (
    <span className={classes.track} data-tone={tone} aria-hidden="true">
      <span className={classes.spent} style={{ width: `${spent}%` }} />
      <span className={classes.held} style={{ width: `${held}%` }} />
    </span>
  );
}

/** Percent, at most 100; a cap of 0 is full from the start. */
function share(part: number, whole: number): number {
  if (whole <= 0) return 100;
  return Math.max(0, Math.min(100, (part / whole) * 100));
}
