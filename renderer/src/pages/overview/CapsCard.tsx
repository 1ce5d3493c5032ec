import { CapBar } from '../../components/CapBar.tsx';
import { Card } from '../../components/Card.tsx';
import type { BudgetView } from '../../contract-views.ts';
import { formatNano } from '../../format/money.ts';
import { formatWhen } from '../../format/time.ts';
import classes from './CapsCard.module.css';
import { capForecast, capName } from './cap-words.ts';
import { Pace } from './Pace.tsx';

interface CapsCardProps {
  readonly budgets: readonly BudgetView[];
  readonly nowMs: number;
}

/** Every cap there is, a line each. */
export function CapsCard({ budgets, nowMs }: CapsCardProps) {
  return (
    <Card title="All caps" flush className={classes.card}>
      <ul className={classes.list}>
        {budgets.map((budget) => {
          const forecast = capForecast(budget, nowMs);
          return (
            <li key={budget.id} className={classes.cap}>
              <span className={`${classes.name} truncate`} title={capName(budget)}>
                {capName(budget)}
              </span>
              <CapBar budget={budget} />
              <span className="num">
                {formatNano(budget.spentNano)} <span className="muted">of {formatNano(budget.limitNano)}</span>
              </span>
              <span className={classes.note}>
                {budget.leftNano <= 0 ? (
                  <strong className={classes.full}>Reached</strong>
                ) : (
                  <Pace nano={forecast} until="" over={forecast !== undefined && forecast > budget.limitNano} />
                )}
                <span>
                  {budget.resetsAtMs === undefined ? 'Never resets' : `Resets ${formatWhen(budget.resetsAtMs, nowMs)}`}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
