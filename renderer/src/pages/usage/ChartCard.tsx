import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { UsageSeries } from '../../../../proxy/contract/usage.ts';
import { LINES_MAX } from '../../charts/chart-colours.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { dayLabel, fullBucketLabel, hourLabel } from '../../usage/bucket-labels.ts';
import type { Period } from '../../usage/periods.ts';
import { useUsageSeries } from '../../usage/use-usage.ts';
import classes from './ChartCard.module.css';
import { ChartControls, type ChartView } from './ChartControls.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { ChartTable } from './ChartTable.tsx';
import { usageChart } from './chart-rows.ts';
import { asked, type UsageQuery } from './usage-query.ts';

// The drawing library is the largest part of the window, and only this page has a use for it.
const UsageBars = lazy(async () => ({ default: (await import('./UsageBars.tsx')).UsageBars }));

interface ChartCardProps {
  readonly query: UsageQuery | undefined;
  readonly timeZone: string | undefined;
  readonly onZoom: (bucket: Pick<Period, 'fromMs' | 'toMs'>) => void;
}

/** One measure over time, stacked by a dimension; as bars, or as the table of the same figures. */
export function ChartCard({ query, timeZone, onZoom }: ChartCardProps) {
  const [view, setView] = useState<ChartView>({ measure: 'spend', stackBy: 'modelServed', form: 'bars' });
  const { stackBy } = view;
  const series = useUsageSeries(
    query && {
      ...asked(query),
      bucket: query.bucket,
      limit: LINES_MAX,
      ...(stackBy === undefined ? {} : { groupBy: stackBy }),
    },
  );
  return (
    <Card title="Over time" className={classes.card} aside={<ChartControls view={view} onChange={setView} />}>
      {series.isError ? (
        <ErrorState what="the chart" error={series.error} onRetry={() => void series.refetch()} />
      ) : series.data === undefined || query === undefined || timeZone === undefined ? (
        <Skeleton className={classes.body} aria-busy="true" />
      ) : (
        <Chart
          series={series.data}
          // Lines of what was shown before have nothing to do with the names of the new dimension.
          waiting={series.isPlaceholderData}
          view={view}
          bucket={query.bucket}
          timeZone={timeZone}
          onZoom={onZoom}
        />
      )}
    </Card>
  );
}

interface ChartProps {
  readonly series: UsageSeries;
  readonly waiting: boolean;
  readonly view: ChartView;
  readonly bucket: Period['bucket'];
  readonly timeZone: string;
  readonly onZoom: ChartCardProps['onZoom'];
}

function Chart({ series, waiting, view, bucket, timeZone, onZoom }: ChartProps) {
  const { measure, stackBy, form } = view;
  const chart = useMemo(() => {
    const labelOf = (startMs: number) => (bucket === 'hour' ? hourLabel : dayLabel)(startMs, timeZone);
    return usageChart({ series, measure, stackBy, labelOf });
  }, [series, measure, stackBy, bucket, timeZone]);
  const titleOf = (startMs: number) => fullBucketLabel(startMs, bucket, timeZone);
  const zoom = bucket === 'day' ? onZoom : undefined;
  if (chart.total === 0 && !waiting) {
    return (
      <div className={classes.body}>
        <EmptyState
          title={measure === 'spend' ? 'Nothing was spent' : 'Nothing to show'}
          text="No request of this period adds to it. Choose another period, or take a filter off."
        />
      </div>
    );
  }
  return (
    <div className={classes.body} aria-busy={waiting || undefined}>
      {form === 'table' ? (
        <ChartTable chart={chart} measure={measure} titleOf={titleOf} onZoom={zoom} />
      ) : (
        <>
          <Suspense fallback={<Skeleton height={PLOT_PX} aria-busy="true" />}>
            <UsageBars chart={chart} measure={measure} height={PLOT_PX} titleOf={titleOf} onZoom={zoom} />
          </Suspense>
          <ChartLegend chart={chart} measure={measure} />
        </>
      )}
    </div>
  );
}

const PLOT_PX = 208;
