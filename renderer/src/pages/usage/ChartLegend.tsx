import { MEASURES, type Measure } from '../../usage/measures.ts';
import classes from './ChartCard.module.css';
import type { UsageChart } from './chart-rows.ts';

/** Which colour is what, and what each came to. */
export function ChartLegend({ chart, measure }: { readonly chart: UsageChart; readonly measure: Measure }) {
  return (
    <ul className={classes.legend} aria-label="What the colours stand for">
      {chart.lines.map(({ field, name, colour, total }) => (
        <li key={field} className={classes.entry}>
          <span className={classes.swatch} style={{ background: colour }} aria-hidden="true" />
          <span className="truncate" title={name}>
            {name}
          </span>
          <span className="muted num">{MEASURES[measure].format(total)}</span>
        </li>
      ))}
    </ul>
  );
}
