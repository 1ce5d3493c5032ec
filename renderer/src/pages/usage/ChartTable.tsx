import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { MEASURES, type Measure } from '../../usage/measures.ts';
import type { Period } from '../../usage/periods.ts';
import classes from './ChartCard.module.css';
import type { UsageChart } from './chart-rows.ts';

interface ChartTableProps {
  readonly chart: UsageChart;
  readonly measure: Measure;
  readonly titleOf: (startMs: number) => string;
  /** Left out where there is nothing finer to go to. */
  readonly onZoom: ((bucket: Pick<Period, 'fromMs' | 'toMs'>) => void) | undefined;
}

/** The chart in figures: a row for each hour or day. */
export function ChartTable({ chart, measure, titleOf, onZoom }: ChartTableProps) {
  const { name, format } = MEASURES[measure];
  return (
    <ScrollRegion className={classes.table} aria-label={`${name} over time, in figures`}>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            {chart.lines.map((line) => (
              <th key={line.field} scope="col" title={line.name}>
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.rows.map(({ startMs, endMs, values }) => (
            <tr key={startMs}>
              <th scope="row">
                {onZoom === undefined ? (
                  titleOf(startMs)
                ) : (
                  <button
                    type="button"
                    className={classes.zoom}
                    title="Show only this day"
                    onClick={() => onZoom({ fromMs: startMs, toMs: endMs })}
                  >
                    {titleOf(startMs)}
                  </button>
                )}
              </th>
              {chart.lines.map((line, index) => (
                <td key={line.field} className="num">
                  {format(values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
