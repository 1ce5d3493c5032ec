import classes from './ChartCard.module.css';
import type { UsageChart } from './chart-rows.ts';

interface BarTipProps {
  readonly chart: UsageChart;
  readonly place: number;
  readonly format: (value: number) => string;
  readonly titleOf: (startMs: number) => string;
}

/** What stands under the pointer: the parts that are not nothing, and their sum. */
export function BarTip({ chart, place, format, titleOf }: BarTipProps) {
  const row = chart.rows[place];
  if (row === undefined) return null;
  const parts = chart.lines.flatMap((line, index) => {
    const value = row.values[index] ?? 0;
    return value === 0 ? [] : [{ ...line, value }];
  });
  const sum = parts.reduce((all, { value }) => all + value, 0);
  return (
    <div className={classes.tip}>
      <strong>{titleOf(row.startMs)}</strong>
      {parts.map(({ field, name, colour, value }) => (
        <div key={field} className={classes.tipLine}>
          <span className={classes.swatch} style={{ background: colour }} aria-hidden="true" />
          <span>{name}</span>
          <span className="num">{format(value)}</span>
        </div>
      ))}
      {parts.length !== 1 && (
        <div className={classes.tipLine}>
          <span className="muted">In all</span>
          <span className="num">{format(sum)}</span>
        </div>
      )}
    </div>
  );
}
