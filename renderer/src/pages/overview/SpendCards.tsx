import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { CapBar } from '../../components/CapBar.tsx';
import { Money } from '../../components/Money.tsx';
import type { BudgetView, SpendView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { formatNano } from '../../format/money.ts';
import { formatWhen } from '../../format/time.ts';
import { formatCount } from '../../format/tokens.ts';
import { useLive } from '../../live/use-live.ts';
import classes from './SpendCards.module.css';

/** Today, this month, and the cap: the three figures people open the window for. */
export function SpendCards() {
  const spend = useLive((live) => live.spend);
  if (spend === undefined) {
    return (
      <div className={classes.row} aria-busy="true">
        <Skeleton className={classes.skeleton} />
        <Skeleton className={classes.skeleton} />
        <Skeleton className={classes.skeleton} />
      </div>
    );
  }
  const [cap] = spend.budgets;
  return (
    <section className={classes.row} aria-label="Spend">
      <Figure name="Spent today" spend={spend.todayNano}>
        {formatCount(spend.requestsToday)} {spend.requestsToday === 1 ? 'request' : 'requests'}
      </Figure>
      <Figure name="Spent this month" spend={spend.monthNano}>
        {spend.heldNano === 0 ? 'Nothing on hold' : `${formatNano(spend.heldNano)} on hold for running calls`}
      </Figure>
      {cap === undefined ? <NoCap spend={spend} /> : <Cap budget={cap} />}
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly spend: number;
  readonly children: ReactNode;
}

function Figure({ name, spend, children }: FigureProps) {
  return (
    <div className={classes.card}>
      <p className={classes.name}>{name}</p>
      <p className={classes.amount}>
        <Money nano={spend} />
      </p>
      <p className={classes.note}>{children}</p>
    </div>
  );
}

function Cap({ budget }: { readonly budget: BudgetView }) {
  const full = budget.leftNano <= 0;
  return (
    <div className={classes.card}>
      <p className={classes.name}>
        Cap, {windowWords(budget.window).toLowerCase()}
        <Link href="/settings" className={classes.change}>
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
        {budget.resetsAtMs === undefined ? 'Never resets' : `Resets ${formatWhen(budget.resetsAtMs, Date.now())}`}
      </p>
    </div>
  );
}

function NoCap({ spend }: { readonly spend: SpendView }) {
  return (
    <div className={classes.card} data-quiet="true">
      <p className={classes.name}>Cap</p>
      <p className={classes.amount}>No cap</p>
      <p className={classes.note}>
        <Link href="/settings" className={classes.link}>
          Set a cap
        </Link>{' '}
        {spend.monthNano === 0 ? 'before the first real call goes out' : 'and no tool can spend past it'}
      </p>
    </div>
  );
}
