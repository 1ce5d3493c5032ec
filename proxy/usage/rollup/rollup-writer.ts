/**
 * The sums by the hour, written with each request's row: in whichever transaction the caller has open, so that both are
 * there or neither is. They can be worked out again from the rows as long as those are kept.
 */
import { assert } from '../../core/assert.ts';
import type { Db } from '../../storage/types.ts';
import { REQUEST_COLUMNS, type RequestRow } from '../request-row.ts';
import type { UsageCalendar } from '../types.ts';
import { SET_COLUMNS, setOf, withoutOwnNames } from './dimensions.ts';
import { addends, latencyKeys, SUMS } from './figures.ts';
import { NO_LATENCIES, withCounts } from './histogram.ts';

export interface RollupWriter {
  add(row: RequestRow): void;
  /** Called inside the transaction, with the start of an hour before the newest one whose sums change. */
  onPastChange(listener: (hourStartMs: number) => void): void;
  /** Drops all sums and works them out again from the rows that are there. Before anybody reads them. */
  rebuild(): void;
}

/** Every sum of the row that is there, and what the new request adds. */
const ADDED = SUMS.map(([column]) => `${column} = ${column} + excluded.${column}`).join(', ');
const NO_BIN = -1;
/** A client that makes up a name for every call must not make the sums as long as the records. */
const NEW_SETS_PER_HOUR_MAX = 1_000;

export function createRollupWriter(db: Db, calendar: () => UsageCalendar): RollupWriter {
  db.function('usage_latencies_plus', { deterministic: true }, (before: unknown, first: unknown, second: unknown) => {
    assert(before instanceof Buffer, 'latencies are a BLOB');
    return withCounts(before, [Number(first), Number(second)].filter(isBin));
  });
  const findSet = db.prepare<[string], number>('SELECT id FROM usage_sets WHERE key = ?').pluck();
  const insertSet = db.prepare<(string | null)[]>(
    `INSERT INTO usage_sets (key, ${SET_COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(SET_COLUMNS.length)})`,
  );
  const add = db.prepare<(number | Buffer)[]>(
    `INSERT INTO usage_hours (start_ms, set_id, ${SUMS.map(([column]) => column).join(', ')}, latencies)
     VALUES (?, ?${', ?'.repeat(SUMS.length)}, ?)
     ON CONFLICT (start_ms, set_id) DO UPDATE SET ${ADDED}, latencies = usage_latencies_plus(latencies, ?, ?)`,
  );
  const pageOfRows = db.prepare<[number, string], RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM requests WHERE (started_at_ms, id) > (?, ?) ORDER BY started_at_ms, id LIMIT 1000`,
  );

  let newSets = { hourMs: Number.NEGATIVE_INFINITY, count: 0 };
  const setId = (row: RequestRow, hourMs: number): number => {
    const values = setOf(row);
    const key = JSON.stringify(values);
    const known = findSet.get(key);
    if (known !== undefined) return known;
    if (newSets.hourMs !== hourMs) newSets = { hourMs, count: 0 };
    newSets.count += 1;
    if (newSets.count > NEW_SETS_PER_HOUR_MAX) {
      const folded = withoutOwnNames(row);
      if (JSON.stringify(setOf(folded)) !== key) return setId(folded, hourMs);
    }
    return Number(insertSet.run(key, ...values).lastInsertRowid);
  };

  let newestMs = db.prepare<[], number | null>('SELECT max(start_ms) FROM usage_hours').pluck().get() ?? 0;
  const listeners: ((hourStartMs: number) => void)[] = [];

  const writer: RollupWriter = {
    onPastChange: (listener) => void listeners.push(listener),
    add(row) {
      const { startMs } = calendar().bounds('hour', row.startedAtMs);
      if (startMs < newestMs) for (const listener of listeners) listener(startMs);
      else newestMs = startMs;
      const keys = latencyKeys(row);
      const [first = NO_BIN, second = NO_BIN] = keys;
      add.run(startMs, setId(row, startMs), ...addends(row), withCounts(NO_LATENCIES, keys), first, second);
    },
    rebuild: db.transaction(() => {
      db.prepare('DELETE FROM usage_hours').run();
      db.prepare('DELETE FROM usage_sets').run();
      let page = pageOfRows.all(Number.MIN_SAFE_INTEGER, '');
      while (page.length > 0) {
        for (const row of page) writer.add(row);
        const last = page.at(-1);
        assert(last !== undefined, 'a page that is not empty has a last row');
        page = pageOfRows.all(last.startedAtMs, last.id);
      }
    }),
  };
  return writer;
}

const isBin = (key: number): boolean => key !== NO_BIN;
