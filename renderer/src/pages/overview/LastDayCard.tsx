import { Skeleton } from '@mantine/core';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useNow } from '../../components/use-now.ts';
import { useFreshUsage } from '../../usage/use-fresh-usage.ts';
import { useUsageSeries, useUsageSummary } from '../../usage/use-usage.ts';
import classes from './LastDayCard.module.css';
import { LastDayFigures } from './LastDayFigures.tsx';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** The last 24 hours: how many, how dear, how fast. */
export function LastDayCard() {
  useFreshUsage();
  const nowMs = useNow(60_000);
  // Whole hours: the question stays the same for an hour, and so does its answer while no call ends.
  const toMs = Math.ceil((nowMs + 1) / HOUR_MS) * HOUR_MS;
  const period = { fromMs: toMs - HOURS * HOUR_MS, toMs };
  const summary = useUsageSummary(period);
  const series = useUsageSeries({ ...period, bucket: 'hour' });
  const failed = [summary, series].find(({ isError }) => isError);
  return (
    <Card
      title="Last 24 hours"
      className={classes.card}
      flush
      aside={
        <Link href="/usage" className={classes.all}>
          Usage
        </Link>
      }
    >
      <div className={classes.body}>
        {failed !== undefined ? (
          <ErrorState what="the last 24 hours" error={failed.error} onRetry={() => void failed.refetch()} />
        ) : summary.data === undefined || series.data === undefined ? (
          <Skeleton height={78} aria-busy="true" />
        ) : (
          <LastDayFigures total={summary.data.total} points={series.data.lines[0]?.points ?? []} />
        )}
      </div>
    </Card>
  );
}
