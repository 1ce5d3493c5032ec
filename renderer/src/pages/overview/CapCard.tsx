import { Link } from 'wouter';
import { CapBar } from '../../components/CapBar.tsx';
import { Money } from '../../components/Money.tsx';
import type { BudgetView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { formatNano } from '../../format/money.ts';
import { formatWhen } from '../../format/time.ts';
import { capForecast, capName } from './cap-words.ts';
import { Pace } from './Pace.tsx';
import classes from './SpendCards.module.css';

interface CapCardProps {
  readonly budget: BudgetView;
  /** There are others, of which less is used. */
  readonly tightest: boolean;
  readonly nowMs: number;
}

export function CapCard({ budget, tightest, nowMs }: CapCardProps) {
  const full = budget.leftNano <= 0;
  const forecast = capForecast(budget, nowMs);
  return (
    <div className={classes.card}>
      <p className={classes.name}>
        <span className="truncate">
          {tightest ? `Tightest cap: ${capName(budget)}` : `Cap, ${windowWords(budget.window).toLowerCase()}`}
        </span>
        <Link href="/budgets" className={classes.change}>
          Change
        </Link>
      </p>
      <p className={classes.amount}>
        <Money nano={budget.leftNano} /> <span className={classes.of}>left of {formatNano(budget.limitNano)}</span>
      </p>
      <div className={classes.bar}>
        <CapBar budget={budget} />
      </div>
      <p className={full ? classes.full : classes.note}>
        {full ? 'Cap reached: calls are refused. ' : ''}
        {budget.resetsAtMs === undefined ? 'Never resets' : `Resets ${formatWhen(budget.resetsAtMs, nowMs)}`}
        {!full && <Pace nano={forecast} until="by then" over={forecast !== undefined && forecast > budget.limitNano} />}
      </p>
    </div>
  );
}
