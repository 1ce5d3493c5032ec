/** A series of usage as the rows and lines of a chart. Pure. */
import type { UsageDimension, UsageSeries } from '../../../../proxy/contract/usage.ts';
import { chartColour } from '../../charts/chart-colours.ts';
import { valueName } from '../../usage/dimensions.ts';
import { MEASURES, type Measure } from '../../usage/measures.ts';

export interface ChartLine {
  /** Its field in the rows. */
  readonly field: string;
  readonly name: string;
  readonly colour: string;
  readonly total: number;
}

export interface ChartRow {
  readonly startMs: number;
  readonly endMs: number;
  readonly label: string;
  /** In the order of the lines. */
  readonly values: readonly number[];
}

export interface UsageChart {
  readonly lines: readonly ChartLine[];
  readonly rows: readonly ChartRow[];
  readonly total: number;
}

export interface ChartInput {
  readonly series: UsageSeries;
  readonly measure: Measure;
  readonly stackBy: UsageDimension | undefined;
  readonly labelOf: (startMs: number) => string;
}

export function usageChart({ series, measure, stackBy, labelOf }: ChartInput): UsageChart {
  const { value: measured, name: measureName } = MEASURES[measure];
  const own = series.lines.map(({ value, points }, place) => ({
    name: stackBy === undefined ? measureName : valueName(stackBy, value),
    colour: chartColour(place),
    points,
  }));
  const rest =
    series.rest === undefined ? [] : [{ name: 'All others', colour: chartColour(undefined), points: series.rest }];
  const drawn = [...own, ...rest].map((line) => ({ ...line, values: line.points.map(measured) }));
  const lines = drawn.map(({ name, colour, values }, place) => ({
    field: `line${place}`,
    name,
    colour,
    total: sum(values),
  }));
  return {
    lines,
    rows: series.buckets.map(({ startMs, endMs }, index) => ({
      startMs,
      endMs,
      label: labelOf(startMs),
      values: drawn.map(({ values }) => values[index] ?? 0),
    })),
    total: sum(lines.map(({ total }) => total)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
