import '@mantine/charts/styles.css';
import '../../charts/chart-tokens.css';
import { BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import { MEASURES, type Measure } from '../../usage/measures.ts';
import type { Period } from '../../usage/periods.ts';
import { BarTip } from './BarTip.tsx';
import type { UsageChart } from './chart-rows.ts';

interface UsageBarsProps {
  readonly chart: UsageChart;
  readonly measure: Measure;
  readonly height: number;
  readonly titleOf: (startMs: number) => string;
  readonly onZoom: ((bucket: Pick<Period, 'fromMs' | 'toMs'>) => void) | undefined;
}

/** The drawing alone. Its figures are in the table, which is also the keyboard's way to them. */
export function UsageBars({ chart, measure, height, titleOf, onZoom }: UsageBarsProps) {
  const { lines, rows } = chart;
  const { name, format } = MEASURES[measure];
  const data = useMemo(
    () =>
      rows.map(({ label, values }) => ({
        label,
        ...Object.fromEntries(lines.map(({ field }, index) => [field, values[index] ?? 0])),
      })),
    [rows, lines],
  );
  return (
    <div role="img" aria-label={barWords(chart, name, format, titleOf)}>
      <BarChart
        h={height}
        data={data}
        dataKey="label"
        type="stacked"
        series={lines.map(({ field, name: label, colour }) => ({ name: field, label, color: colour }))}
        valueFormatter={format}
        gridAxis="x"
        tickLine="none"
        maxBarWidth={42}
        gridColor="var(--gh-border)"
        textColor="var(--gh-muted)"
        cursorFill="var(--gh-hover)"
        yAxisProps={{ width: 64, tickCount: 5 }}
        xAxisProps={{ minTickGap: 18, interval: 'preserveStartEnd' }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{
          accessibilityLayer: false,
          margin: { top: 6, right: 6 },
          ...(onZoom === undefined
            ? {}
            : {
                style: { cursor: 'pointer' },
                onClick: ({ activeTooltipIndex }) => {
                  const row = rows[Number(activeTooltipIndex)];
                  if (row !== undefined) onZoom({ fromMs: row.startMs, toMs: row.endMs });
                },
              }),
        }}
        tooltipAnimationDuration={0}
        tooltipProps={{
          content: ({ active, activeIndex }) =>
            active ? <BarTip chart={chart} place={Number(activeIndex)} format={format} titleOf={titleOf} /> : null,
        }}
      />
    </div>
  );
}

/** What a person sees in a glance: how much it was, and when the most. */
function barWords(
  { rows, total }: UsageChart,
  name: string,
  format: (value: number) => string,
  titleOf: (startMs: number) => string,
): string {
  const sums = rows.map(({ startMs, values }) => ({ startMs, sum: values.reduce((all, value) => all + value, 0) }));
  const most = sums.toSorted((a, b) => b.sum - a.sum)[0];
  const peak =
    most === undefined || most.sum === 0 ? '' : `; the most, ${format(most.sum)}, on ${titleOf(most.startMs)}`;
  return `${name} over time: ${format(total)} in all${peak}. The table has every figure.`;
}
