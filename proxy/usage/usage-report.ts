/** Usage by period and dimension: what the Overview, the tables and `gatehouse usage` show. Read from the sums by the hour. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  ExportFormat,
  InvoiceInput,
  InvoiceView,
  UsageArms,
  UsageDimension,
  UsageFigures,
  UsageGroup,
  UsageSeries,
  UsageSeriesInput,
  UsageSummary,
  UsageSummaryInput,
} from '../contract/usage.ts';
import type { Db } from '../storage/types.ts';
import { exportChunks } from './export/export-lines.ts';
import type { ExportQuery } from './export/exported-request.ts';
import { invoiceOf } from './invoice/invoice.ts';
import { Tally } from './rollup/figures.ts';
import { createRollupReader, type Group, type OnPastChange, type RollupQuery } from './rollup/rollup-reader.ts';
import { bucketsOf, type TimeBucket, wholeHours } from './time-buckets.ts';
import type { UsageCalendar } from './types.ts';

export interface UsageReport {
  /** Rejects with UsageQueryError for a period that has too many buckets. */
  summary(input: UsageSummaryInput): Promise<UsageSummary>;
  /** Rejects with UsageQueryError for a period that has too many buckets. */
  series(input: UsageSeriesInput): Promise<UsageSeries>;
  splits(input: { readonly name: string; readonly fromMs: number; readonly toMs: number }): Promise<UsageArms>;
  /** Chunks of text that make the file when joined; never more than a page of requests in memory. */
  exported(input: ExportInput): AsyncGenerator<string>;
  /** From the ledger's entries, not from the records of requests. */
  invoice(input: InvoiceInput): InvoiceView;
}

export interface ExportInput extends ExportQuery {
  readonly format: ExportFormat;
  readonly signal?: AbortSignal;
}

export interface UsageReportParts {
  readonly db: Db;
  /** Of the config's time zone as it is now. */
  readonly calendar: () => UsageCalendar;
  readonly timeZone: () => string;
  /** That of the UsageStore on the same connection; left out, nothing is remembered between calls. */
  readonly onPastChange?: OnPastChange;
}

export function createUsageReport({ db, calendar, timeZone, onPastChange }: UsageReportParts): UsageReport {
  const rollups = createRollupReader(db, onPastChange);
  const earliest = db.prepare<[], number | null>('SELECT min(start_ms) FROM usage_hours').pluck();
  const read: Read = async (query, slices) => {
    const found: (readonly Group[])[] = [];
    for (const some of atOnce(slices, rollups.unread(query, slices))) {
      if (found.length > 0) await nextTurn();
      found.push(...rollups.read(query, some));
    }
    return found;
  };
  return {
    summary: (input) => summaryOf(read, calendar(), input, earliest.get() ?? Number.MAX_SAFE_INTEGER),
    series: (input) => seriesOf(read, calendar(), input),
    async splits({ name, fromMs, toMs }) {
      const filters = { split: [name] };
      const input: UsageSummaryInput = { fromMs, toMs, groupBy: ['arm'], filters, limit: ARMS_MAX };
      const summary = await summaryOf(read, calendar(), input, earliest.get() ?? Number.MAX_SAFE_INTEGER);
      const arms = summary.groups.map(({ key, figures }) => ({ arm: String(key.arm), figures }));
      return { fromMs: summary.fromMs, toMs: summary.toMs, arms };
    },
    exported: ({ format, signal, ...query }) => exportChunks(db, query, format, signal),
    invoice: (input) => invoiceOf({ db, timeZone: timeZone() }, input),
  };
}

const ARMS_MAX = 2_000;
const DAY_MS = 86_400_000;
/** About ten milliseconds of reading for somebody with a million requests a month; others are served in between. */
const SPAN_MS = 4 * DAY_MS;

/** The reader's answer, in several turns of the event loop where there is much to read. */
type Read = (query: RollupQuery, slices: readonly TimeBucket[]) => Promise<readonly (readonly Group[])[]>;

/** What is remembered takes no time. */
function* atOnce(slices: readonly TimeBucket[], unread: readonly boolean[]): Generator<readonly TimeBucket[]> {
  let from = 0;
  let spanMs = 0;
  for (const [index, { startMs, endMs }] of slices.entries()) {
    const lengthMs = unread[index] === true ? endMs - startMs : 0;
    if (spanMs > 0 && spanMs + lengthMs > SPAN_MS) {
      yield slices.slice(from, index);
      from = index;
      spanMs = 0;
    }
    spanMs += lengthMs;
  }
  yield slices.slice(from);
}

async function summaryOf(
  read: Read,
  calendar: UsageCalendar,
  input: UsageSummaryInput,
  earliestMs: number,
): Promise<UsageSummary> {
  const { filters, groupBy, limit } = input;
  const period = wholeHours(calendar, input);
  const dimensions = groupBy.filter((name): name is UsageDimension => name !== 'day' && name !== 'hour');
  const unit = groupBy.includes('hour') ? 'hour' : 'day';
  const byTime = groupBy.includes('day') || groupBy.includes('hour');
  // In days also where nobody asked for them: those that are over are remembered. Of all time, only what holds anything.
  const fromMs = Math.min(Math.max(period.fromMs, earliestMs), period.toMs);
  const slices = bucketsOf(calendar, { fromMs, toMs: period.toMs }, unit);
  const found = await read({ dimensions, filters }, slices);

  const total = new Tally();
  const groups = new Map<string, { readonly key: UsageGroup['key']; readonly atMs: number; readonly tally: Tally }>();
  slices.forEach((slice, index) => {
    for (const group of found[index] ?? []) {
      total.add(group);
      const name = JSON.stringify(byTime ? [slice.startMs, ...group.values] : group.values);
      let entry = groups.get(name);
      if (entry === undefined) {
        entry = { key: keyOf(groupBy, dimensions, group, calendar, slice), atMs: slice.startMs, tally: new Tally() };
        groups.set(name, entry);
      }
      entry.tally.add(group);
    }
  });
  const sorted = [...groups.values()].sort(
    (one, other) => (byTime ? one.atMs - other.atMs : 0) || dearerFirst(one.tally, other.tally),
  );
  const shown = groupBy.length === 0 ? [] : sorted.slice(0, limit);
  return {
    ...period,
    total: total.figures(),
    groups: shown.map(({ key, tally }) => ({ key, figures: tally.figures() })),
    more: groupBy.length === 0 ? 0 : sorted.length - shown.length,
  };
}

function keyOf(
  groupBy: UsageSummaryInput['groupBy'],
  dimensions: readonly UsageDimension[],
  { values }: Group,
  calendar: UsageCalendar,
  slice: TimeBucket,
): UsageGroup['key'] {
  const key: UsageGroup['key'] = {};
  for (const name of groupBy) {
    key[name] =
      name === 'day' || name === 'hour'
        ? calendar.bounds(name, slice.startMs).startMs
        : (values[dimensions.indexOf(name)] ?? null);
  }
  return key;
}

async function seriesOf(read: Read, calendar: UsageCalendar, input: UsageSeriesInput): Promise<UsageSeries> {
  const { filters, groupBy, bucket, limit } = input;
  const buckets = bucketsOf(calendar, wholeHours(calendar, input), bucket);
  const found = await read({ dimensions: groupBy === undefined ? [] : [groupBy], filters }, buckets);
  const lines = new Map<string | null, { readonly points: (Tally | undefined)[]; readonly total: Tally }>();
  if (groupBy === undefined) lines.set(null, { points: [], total: new Tally() });
  found.forEach((groups, index) => {
    for (const group of groups) {
      const value = group.values[0] ?? null;
      const line = lines.get(value) ?? { points: [], total: new Tally() };
      lines.set(value, line);
      line.total.add(group);
      const point = line.points[index] ?? new Tally();
      line.points[index] = point;
      point.add(group);
    }
  });
  const dearest = [...lines].sort(([, one], [, other]) => dearerFirst(one.total, other.total));
  const shown = dearest.slice(0, limit).map(([value, { points }]) => ({
    value,
    points: buckets.map((_, index) => (points[index] ?? new Tally()).figures()),
  }));
  const others = new Set(dearest.slice(limit).map(([value]) => value));
  return { buckets, lines: shown, ...(others.size === 0 ? {} : { rest: restOf(found, others) }) };
}

function restOf(found: readonly (readonly Group[])[], others: ReadonlySet<string | null>): UsageFigures[] {
  return found.map((groups) => {
    const tally = new Tally();
    for (const group of groups) if (others.has(group.values[0] ?? null)) tally.add(group);
    return tally.figures();
  });
}

function dearerFirst(one: Tally, other: Tally): number {
  return other.chargedNano - one.chargedNano || other.requests - one.requests;
}
