/** The usage store on SQLite: one row a request, metadata only. */
import { assert } from '../core/assert.ts';
import type { Db } from '../storage/types.ts';
import { decodeCursor, encodeCursor, type PageEnd } from './cursor.ts';
import {
  INSERT_REQUEST,
  insertValues,
  REQUEST_COLUMNS,
  type RequestRow,
  requestOfRow,
  rowOfRequest,
} from './request-row.ts';
import type { InterruptedRequest, UsageStore } from './types.ts';

/** Newer than every row. */
const NEWEST: PageEnd = { startedAtMs: Number.MAX_SAFE_INTEGER, id: '' };

export function createUsageStore({ db }: { db: Db }): UsageStore {
  const insert = db.prepare<RequestRow[keyof RequestRow][]>(INSERT_REQUEST);
  const insertMissing = db.prepare<RequestRow[keyof RequestRow][]>(`${INSERT_REQUEST} ON CONFLICT (id) DO NOTHING`);
  const selectOne = db.prepare<[string], RequestRow>(`SELECT ${REQUEST_COLUMNS} FROM requests WHERE id = ?`);
  const selectPage = db.prepare<[PageEnd & { rows: number }], RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM requests WHERE (started_at_ms, id) < (:startedAtMs, :id)
     ORDER BY started_at_ms DESC, id DESC LIMIT :rows`,
  );
  const countSince = db.prepare<[number], number>('SELECT count(*) FROM requests WHERE started_at_ms >= ?').pluck();

  return {
    record(request) {
      insert.run(...insertValues(rowOfRequest(request)));
    },
    recordInterrupted: db.transaction((interrupted: readonly InterruptedRequest[]) =>
      interrupted
        .filter((facts) => insertMissing.run(...insertValues(rowOfInterrupted(facts))).changes === 1)
        .map(idOf),
    ),
    get(id) {
      const row = selectOne.get(id);
      return row === undefined ? undefined : requestOfRow(row);
    },
    list({ limit, cursor }) {
      assert(Number.isSafeInteger(limit) && limit > 0, 'a page has at least one row');
      const after = cursor === undefined ? NEWEST : decodeCursor(cursor);
      // One more than asked tells whether there is a next page.
      const rows = selectPage.all({ ...after, rows: limit + 1 });
      const items = rows.slice(0, limit).map(requestOfRow);
      const last = items.at(-1);
      return rows.length > limit && last !== undefined ? { items, nextCursor: encodeCursor(last) } : { items };
    },
    countSince(startMs) {
      return countSince.get(startMs) ?? 0;
    },
  };
}

const idOf = ({ requestId }: InterruptedRequest) => requestId;

function rowOfInterrupted({ requestId, model, attempts, ...known }: InterruptedRequest): RequestRow {
  const request = { ...known, id: requestId, modelServed: model, attempts: attempts ?? 1 };
  const ended = { state: 'failed', errorCode: 'gateway_crashed' } as const;
  const row = rowOfRequest({ ...request, ...ended, protocol: 'unknown', stream: false });
  return { ...row, protocol: null, stream: null };
}
