import { Link } from 'wouter';
import { CapBar } from '../components/CapBar.tsx';
import { windowWords } from '../format/budget-window.ts';
import { formatNano } from '../format/money.ts';
import { useLive } from '../live/use-live.ts';
import classes from './SpendMeter.module.css';

/** Spend in one glance, on every page: against the cap when there is one, otherwise today. */
export function SpendMeter() {
  const spend = useLive((live) => live.spend);
  if (spend === undefined) return null;
  const [cap] = spend.budgets;
  if (cap === undefined) {
    return (
      <Link href="/" className={classes.meter}>
        <span className={classes.name}>Today</span> <strong className="num">{formatNano(spend.todayNano)}</strong>
      </Link>
    );
  }
  return (
    <Link href="/" className={classes.meter}>
      <span className={classes.name}>{windowWords(cap.window)}</span>
      <strong className="num">{formatNano(cap.spentNano)}</strong>
      <span className="muted num">of {formatNano(cap.limitNano)}</span>
      <span className={classes.bar}>
        <CapBar budget={cap} />
      </span>
    </Link>
  );
}
