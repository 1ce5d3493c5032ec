import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Money } from '../../components/Money.tsx';
import { useNow } from '../../components/use-now.ts';
import type { SpendView } from '../../contract-views.ts';
import { formatNano } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';
import { useLive } from '../../live/use-live.ts';
import { forecastNano } from '../../usage/forecast.ts';
import { useTimeZone } from '../../usage/use-time-zone.ts';
import { civilDayOf, startOfDay } from '../../usage/zoned-days.ts';
import { CapCard } from './CapCard.tsx';
import { CapsCard } from './CapsCard.tsx';
import { tightestCap } from './cap-words.ts';
import { Pace } from './Pace.tsx';
import classes from './SpendCards.module.css';

/** Today, this month, and the cap: the three figures people open the window for. Below them every cap, where there are more. */
export function SpendCards() {
  const spend = useLive((live) => live.spend);
  const timeZone = useTimeZone();
  const nowMs = useNow(60_000);
  if (spend === undefined) {
    return (
      <div className={classes.row} aria-busy="true">
        <Skeleton className={classes.skeleton} />
        <Skeleton className={classes.skeleton} />
        <Skeleton className={classes.skeleton} />
      </div>
    );
  }
  const cap = tightestCap(spend.budgets);
  const ends = timeZone === undefined ? undefined : windowsAt(nowMs, timeZone);
  return (
    <>
      <section className={classes.row} aria-label="Spend">
        <Figure name="Spent today" spend={spend.todayNano}>
          {formatCount(spend.requestsToday)} {spend.requestsToday === 1 ? 'request' : 'requests'}
          <Pace nano={ends && forecastNano({ spentNano: spend.todayNano, ...ends.day, nowMs })} until="by midnight" />
        </Figure>
        <Figure name="Spent this month" spend={spend.monthNano}>
          {spend.heldNano === 0 ? 'Nothing on hold' : `${formatNano(spend.heldNano)} on hold`}
          <Pace
            nano={ends && forecastNano({ spentNano: spend.monthNano, ...ends.month, nowMs })}
            until="by month’s end"
          />
        </Figure>
        {cap === undefined ? (
          <NoCap spend={spend} />
        ) : (
          <CapCard budget={cap} tightest={spend.budgets.length > 1} nowMs={nowMs} />
        )}
      </section>
      {spend.budgets.length > 1 && <CapsCard budgets={spend.budgets} nowMs={nowMs} />}
    </>
  );
}

function windowsAt(nowMs: number, timeZone: string) {
  const { year, month, day } = civilDayOf(nowMs, timeZone);
  const start = (ofMonth: number, ofDay: number) => startOfDay({ year, month: ofMonth, day: ofDay }, timeZone);
  return {
    day: { startMs: start(month, day), endMs: start(month, day + 1) },
    month: { startMs: start(month, 1), endMs: start(month + 1, 1) },
  };
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
      <p className={`${classes.note} ${classes.lines}`}>{children}</p>
    </div>
  );
}

function NoCap({ spend }: { readonly spend: SpendView }) {
  return (
    <div className={classes.card} data-quiet="true">
      <p className={classes.name}>Cap</p>
      <p className={classes.amount}>No cap</p>
      <p className={classes.note}>
        <Link href="/budgets/new" className={classes.link}>
          Set a cap
        </Link>{' '}
        {spend.monthNano === 0 ? 'before the first real call goes out' : 'and no tool can spend past it'}
      </p>
    </div>
  );
}
