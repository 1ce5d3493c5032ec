/**
 * Reads the sums by the hour back, for any stretches of time and by any dimensions. What lies before the newest hour
 * hardly ever changes: it is remembered, so that thirty days that are asked for again and again read one of them.
 */
import type { UsageDimension, UsageFilters } from '../../contract/usage.ts';
import { assert } from '../../core/assert.ts';
import type { Db } from '../../storage/types.ts';
import { DIMENSION_COLUMNS } from './dimensions.ts';
import { type Cell, SUMS, type Sums } from './figures.ts';
import { conditionOf } from './filter-condition.ts';
import { Histogram } from './histogram.ts';

/** The hours with startMs <= their start < endMs. */
export interface Slice {
  readonly startMs: number;
  readonly endMs: number;
}

/** One combination of values within one slice. */
export interface Group extends Cell {
  /** In the order of the dimensions that were asked for. */
  readonly values: readonly (string | null)[];
}

export interface RollupQuery {
  readonly dimensions: readonly UsageDimension[];
  readonly filters: UsageFilters;
}

export interface RollupReader {
  /** The groups of each slice, in the order of the slices. Those of one slice may be in parts, to be added up by value. */
  read(query: RollupQuery, slices: readonly Slice[]): readonly (readonly Group[])[];
  /** Which of the slices would have to be read for the most part, and not only remembered. */
  unread(query: RollupQuery, slices: readonly Slice[]): readonly boolean[];
}

type Row = Sums & { readonly slice: number; readonly latencies: Buffer } & {
  readonly [Value in `value${number}`]?: string | null;
};

const GROUPS_REMEMBERED_MAX = 20_000;

/** Tells of every hour before the newest one whose sums changed, or may have. */
export type OnPastChange = (listener: (hourStartMs: number) => void) => void;

/** Without `onPastChange` nothing is remembered. */
export function createRollupReader(db: Db, onPastChange?: OnPastChange): RollupReader {
  db.aggregate('usage_latencies_sum', {
    start: () => new Histogram(),
    step: (histogram: Histogram, latencies: unknown) => {
      assert(latencies instanceof Buffer, 'latencies are a BLOB');
      histogram.add(latencies);
    },
    result: (histogram: Histogram) => histogram.encoded(),
  });
  const newestHour = db.prepare<[], number | null>('SELECT max(start_ms) FROM usage_hours').pluck();

  function select(query: RollupQuery, slices: readonly Slice[]): Group[][] {
    const found: Group[][] = slices.map(() => []);
    if (slices.length === 0) return found;
    const { sql, bound } = statementOf(query);
    const ranges = JSON.stringify(slices.map(({ startMs, endMs }) => [startMs, endMs]));
    for (const row of db.prepare<unknown[], Row>(sql).all(ranges, ...bound)) {
      const values = query.dimensions.map((_, index) => row[`value${index}`] ?? null);
      found[row.slice]?.push({ values, sums: row, latencies: row.latencies });
    }
    return found;
  }
  if (onPastChange === undefined) return { read: select, unread: (_, slices) => slices.map(() => true) };

  const remembered = new Map<string, { readonly slice: Slice; readonly groups: readonly Group[] }>();
  let groupsRemembered = 0;
  const forget = (name: string, groups: readonly Group[]) => {
    remembered.delete(name);
    groupsRemembered -= groups.length + 1;
  };
  onPastChange((hourMs) => {
    for (const [name, { slice, groups }] of remembered)
      if (slice.startMs <= hourMs && hourMs < slice.endMs) forget(name, groups);
  });
  const remember = (name: string, slice: Slice, groups: readonly Group[]) => {
    remembered.set(name, { slice, groups });
    groupsRemembered += groups.length + 1;
    for (const [oldest, { groups: few }] of remembered) {
      if (groupsRemembered <= GROUPS_REMEMBERED_MAX) return;
      forget(oldest, few);
    }
  };

  const newest = () => newestHour.get() ?? Number.NEGATIVE_INFINITY;
  const partsOf = (newestMs: number, query: RollupQuery, slices: readonly Slice[]) => {
    const about = JSON.stringify(query);
    return slices.map((slice) =>
      splitAt(newestMs, slice).map((part) => ({ part, name: `${part.startMs} ${part.endMs} ${about}` })),
    );
  };

  const read: RollupReader['read'] = (query, slices) => {
    const newestMs = newest();
    const parts = partsOf(newestMs, query, slices).flatMap((some, index) => some.map((part) => ({ ...part, index })));
    const missing = parts.filter(({ name }) => !remembered.has(name));
    const rows = select(
      query,
      missing.map(({ part }) => part),
    );
    const fresh = new Map(missing.map(({ name }, place) => [name, rows[place] ?? []]));
    const found: Group[][] = slices.map(() => []);
    for (const { index, name } of parts) found[index]?.push(...(fresh.get(name) ?? remembered.get(name)?.groups ?? []));
    for (const { part, name } of missing) if (part.endMs <= newestMs) remember(name, part, fresh.get(name) ?? []);
    return found;
  };
  return {
    read,
    unread: (query, slices) =>
      partsOf(newest(), query, slices).map(([first]) => first === undefined || !remembered.has(first.name)),
  };
}

/** What can be remembered of a slice, and the rest of it. */
function splitAt(atMs: number, { startMs, endMs }: Slice): Slice[] {
  if (atMs <= startMs || endMs <= atMs) return [{ startMs, endMs }];
  return [
    { startMs, endMs: atMs },
    { startMs: atMs, endMs },
  ];
}

function statementOf({ dimensions, filters }: RollupQuery): { sql: string; bound: string[] } {
  const { where, bound } = conditionOf(filters, 's');
  const values = dimensions.map((dimension, index) => `s.${DIMENSION_COLUMNS[dimension]} AS value${index}`);
  const needsSets = values.length > 0 || where !== '';
  const sums = SUMS.map(([column, field]) => `sum(h.${column}) AS ${field}`);
  const sql = `
    WITH slices AS MATERIALIZED (
      SELECT key AS slice, json_extract(value, '$[0]') AS start_ms, json_extract(value, '$[1]') AS end_ms FROM json_each(?)
    )
    SELECT slices.slice AS slice, ${[...values, ...sums].join(', ')}, usage_latencies_sum(h.latencies) AS latencies
    FROM slices
    CROSS JOIN usage_hours h ON h.start_ms >= slices.start_ms AND h.start_ms < slices.end_ms
    ${needsSets ? 'CROSS JOIN usage_sets s ON s.id = h.set_id' : ''}
    ${where === '' ? '' : `WHERE ${where}`}
    GROUP BY ${['slices.slice', ...values.map((_, index) => `value${index}`)].join(', ')}`;
  return { sql, bound };
}
