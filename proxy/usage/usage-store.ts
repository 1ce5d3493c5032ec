/** The usage store on SQLite: one row a request, metadata only. */

import type { RouteView } from '../contract/routes.ts';
import type { RequestView } from '../contract/views.ts';
import { assert } from '../core/assert.ts';
import type { Db } from '../storage/types.ts';
import { decodeCursor, encodeCursor, type PageEnd } from './cursor.ts';
import { preparedPages } from './request-pages.ts';
import {
  INSERT_REQUEST,
  insertValues,
  REQUEST_COLUMNS,
  type RequestRow,
  requestOfRow,
  rowOfRequest,
} from './request-row.ts';
import { createRollupWriter, type RollupWriter } from './rollup/rollup-writer.ts';
import type { InterruptedRequest, UsageCalendar, UsageStore } from './types.ts';

/** Newer than every row. */
const NEWEST: PageEnd = { startedAtMs: Number.MAX_SAFE_INTEGER, id: '' };

export interface UsageStoreParts {
  readonly db: Db;
  /** Of the config's time zone as it is now; hours of UTC when left out. */
  readonly calendar?: () => UsageCalendar;
}

export function createUsageStore({ db, calendar = () => UTC_HOURS }: UsageStoreParts): UsageStore {
  const insert = db.prepare<RequestRow[keyof RequestRow][]>(INSERT_REQUEST);
  const insertMissing = db.prepare<RequestRow[keyof RequestRow][]>(`${INSERT_REQUEST} ON CONFLICT (id) DO NOTHING`);
  const selectOne = db.prepare<[string], RequestRow>(`SELECT ${REQUEST_COLUMNS} FROM requests WHERE id = ?`);
  const selectPage = preparedPages(db);
  const countSince = db.prepare<[number], number>('SELECT count(*) FROM requests WHERE started_at_ms >= ?').pluck();

  const insertRoute = db.prepare<[string, string]>('INSERT INTO request_routes (request_id, route) VALUES (?, ?)');
  const selectRoute = db.prepare<[string], string>('SELECT route FROM request_routes WHERE request_id = ?').pluck();
  const rollups = createRollupWriter(db, calendar);
  buildMissingRollups(db, rollups);

  const write = (request: RequestView, route: RouteView | undefined): void => {
    const row = rowOfRequest(request);
    insert.run(...insertValues(row));
    rollups.add(row);
    if (route !== undefined) insertRoute.run(request.id, JSON.stringify(route));
  };
  const writeAlone = db.transaction(write);

  return {
    record(request, route) {
      // A savepoint inside the caller's transaction would cost as much as the row: that stands or falls as a whole anyway.
      if (db.inTransaction) write(request, route);
      else writeAlone(request, route);
    },
    recordInterrupted: db.transaction((interrupted: readonly InterruptedRequest[]) =>
      interrupted
        .filter((facts) => {
          const row = rowOfInterrupted(facts);
          if (insertMissing.run(...insertValues(row)).changes === 0) return false;
          rollups.add(row);
          return true;
        })
        .map(idOf),
    ),
    onPastChange: rollups.onPastChange,
    routeOf(id) {
      const route = selectRoute.get(id);
      return route === undefined ? undefined : JSON.parse(route);
    },
    get(id) {
      const row = selectOne.get(id);
      return row === undefined ? undefined : requestOfRow(row);
    },
    list({ limit, cursor, filter = {} }) {
      assert(Number.isSafeInteger(limit) && limit > 0, 'a page has at least one row');
      const after = cursor === undefined ? NEWEST : decodeCursor(cursor);
      // One more than asked tells whether there is a next page.
      const rows = selectPage(filter, after, limit + 1);
      const items = rows.slice(0, limit).map(requestOfRow);
      const last = items.at(-1);
      return rows.length > limit && last !== undefined ? { items, nextCursor: encodeCursor(last) } : { items };
    },
    countSince(startMs) {
      return countSince.get(startMs) ?? 0;
    },
  };
}

const HOUR_MS = 3_600_000;

const UTC_HOURS: UsageCalendar = {
  bounds(kind, atMs) {
    const lengthMs = kind === 'hour' ? HOUR_MS : 24 * HOUR_MS;
    const startMs = Math.floor(atMs / lengthMs) * lengthMs;
    return { startMs, endMs: startMs + lengthMs };
  },
};

/** Set by the migration that made the tables, where there were requests already. */
function buildMissingRollups(db: Db, rollups: RollupWriter): void {
  const done = db.prepare(`DELETE FROM state WHERE key = 'usageRollups'`);
  db.transaction(() => {
    if (done.run().changes > 0) rollups.rebuild();
  })();
}

const idOf = ({ requestId }: InterruptedRequest) => requestId;

function rowOfInterrupted({ requestId, model, attempts, ...known }: InterruptedRequest): RequestRow {
  const request = { ...known, id: requestId, modelServed: model, attempts: attempts ?? 1 };
  const ended = { state: 'failed', errorCode: 'gateway_crashed' } as const;
  const row = rowOfRequest({ ...request, ...ended, protocol: 'unknown', stream: false });
  return { ...row, protocol: null, stream: null };
}
