/** Every SQL statement of the ledger, prepared once. */
import type Database from 'better-sqlite3';
import type { BudgetWindow } from '../contract/config.ts';
import type { AccountScope } from './accounts.ts';
import { type EntryRow, INSERT_ENTRY, SELECT_COLUMNS } from './entry-row.ts';
import type { Account } from './types.ts';

/** The chain's end and the totals, as read at the start of every transaction. */
export interface Head {
  seq: number;
  hash: string;
  chargedNano: number;
  heldNano: number;
  grantedNano: number;
  correctedNano: number;
  openHolds: number;
  /** Moves whenever a pair (account, window) is kept for the first time or all are dropped. */
  windowsEpoch: number;
  timeZone: string;
}

export interface HoldRow {
  readonly attemptId: string;
  readonly reserveSeq: number;
  readonly dispatchedAtMs: number | null;
}

export interface WindowSums {
  readonly spentNano: number;
  readonly heldNano: number;
  readonly requests: number;
}

export interface WindowRow extends WindowSums {
  readonly account: Account;
  readonly kind: BudgetWindow;
  readonly startMs: number;
}

/** Account predicates over `t` for the values (@provider, @model, @name). */
const TOUCHES: Readonly<Record<AccountScope, string>> = {
  global: 'TRUE',
  key: 't.access_key_id = @name',
  project: 't.project = @name',
  client: 't.client = @name',
  provider: 't.provider = @name',
  model: 't.provider = @provider AND t.model = @name',
};

export interface SumsQuery {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly name: string | null;
  readonly provider: string | null;
}

export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(db: Database.Database) {
  const select = `SELECT ${SELECT_COLUMNS} FROM transfers t`;
  const sums = (scope: AccountScope) => db.prepare<[SumsQuery], WindowSums>(sumsSql(TOUCHES[scope]));
  const present = (table: string) => `SELECT 1 FROM ${table}`;
  return {
    readHead: db.prepare<[], Head>(
      `SELECT seq, hash, charged_nano AS chargedNano, held_nano AS heldNano, granted_nano AS grantedNano,
         corrected_nano AS correctedNano, open_holds AS openHolds, windows_epoch AS windowsEpoch, time_zone AS timeZone
       FROM ledger_head WHERE id = 1`,
    ),
    writeHead: db.prepare<[number, string, number, number, number, number, number, number, string]>(
      `UPDATE ledger_head SET seq = ?, hash = ?, charged_nano = ?, held_nano = ?, granted_nano = ?, corrected_nano = ?,
         open_holds = ?, windows_epoch = ?, time_zone = ? WHERE id = 1`,
    ),

    insertEntry: db.prepare<[(string | number | null)[]]>(INSERT_ENTRY),
    entryById: db.prepare<[string], EntryRow>(`${select} WHERE t.id = ?`),
    entryBySeq: db.prepare<[number], EntryRow>(`${select} WHERE t.seq = ?`),
    requestKnown: db.prepare<[string], number>(`${present('transfers')} WHERE request_id = ? LIMIT 1`).pluck(),
    entriesAfter: db.prepare<[number, number], EntryRow>(`${select} WHERE t.seq > ? ORDER BY t.seq LIMIT ?`),
    newestBefore: db.prepare<[number, number], EntryRow>(`${select} WHERE t.seq < ? ORDER BY t.seq DESC LIMIT ?`),
    newestOfRequestBefore: db.prepare<[string, number, number], EntryRow>(
      `${select} WHERE t.request_id = ? AND t.seq < ? ORDER BY t.seq DESC LIMIT ?`,
    ),

    insertHold: db.prepare<[string, number, number | null]>('INSERT INTO holds VALUES (?, ?, ?)'),
    hold: db.prepare<[string], HoldRow>(`${HOLD} WHERE attempt_id = ?`),
    holds: db.prepare<[], HoldRow>(`${HOLD} ORDER BY reserve_seq`),
    dispatchHold: db.prepare<[number, string]>('UPDATE holds SET dispatched_at_ms = ? WHERE attempt_id = ?'),
    deleteHold: db.prepare<[string]>('DELETE FROM holds WHERE attempt_id = ?'),

    window: db.prepare<[Account, BudgetWindow, number], WindowSums>(
      `SELECT spent_nano AS spentNano, held_nano AS heldNano, requests
       FROM spend_windows WHERE account = ? AND kind = ? AND start_ms = ?`,
    ),
    windows: db.prepare<[], WindowRow>(
      `SELECT account, kind, start_ms AS startMs, spent_nano AS spentNano, held_nano AS heldNano, requests
       FROM spend_windows`,
    ),
    windowPairs: db.prepare<[], { account: Account; kind: BudgetWindow }>(
      'SELECT DISTINCT account, kind FROM spend_windows',
    ),
    insertWindow: db.prepare<[Account, BudgetWindow, number, number, number, number]>(
      'INSERT INTO spend_windows VALUES (?, ?, ?, ?, ?, ?)',
    ),
    addToWindow: db.prepare<[number, number, number, Account, BudgetWindow, number]>(
      `UPDATE spend_windows SET spent_nano = spent_nano + ?, held_nano = held_nano + ?, requests = requests + ?
       WHERE account = ? AND kind = ? AND start_ms = ?`,
    ),
    // The start of `total` is the same in every zone.
    dropZonedWindows: db.prepare<[]>(`DELETE FROM spend_windows WHERE kind <> 'total'`),
    sums: {
      global: sums('global'),
      key: sums('key'),
      project: sums('project'),
      client: sums('client'),
      provider: sums('provider'),
      model: sums('model'),
    } satisfies Record<AccountScope, unknown>,

    triggers: db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'transfers'`)
      .pluck(),
    repeatedIds: db.prepare<[], { id: string; seq: number }>(
      'SELECT id, max(seq) AS seq FROM transfers GROUP BY id HAVING count(*) > 1',
    ),
  };
}

const HOLD = `SELECT attempt_id AS attemptId, reserve_seq AS reserveSeq, dispatched_at_ms AS dispatchedAtMs FROM holds`;

/** One window's sums from the entries alone, for a row that is not there yet. */
function sumsSql(touches: string): string {
  return `SELECT
    (SELECT coalesce(sum(t.amount_nano), 0) FROM transfers t
      WHERE t.counts_at_ms >= @fromMs AND t.counts_at_ms < @untilMs AND t.kind IN ('reserve', 'charge', 'correction')
        AND t.kind <> 'reserve' AND ${touches}) AS spentNano,
    (SELECT coalesce(sum(t.amount_nano), 0) FROM holds h JOIN transfers t ON t.seq = h.reserve_seq
      WHERE t.counts_at_ms >= @fromMs AND t.counts_at_ms < @untilMs AND ${touches}) AS heldNano,
    (SELECT count(*) FROM transfers t
      WHERE t.counts_at_ms >= @fromMs AND t.counts_at_ms < @untilMs AND t.kind IN ('reserve', 'charge', 'correction')
        AND t.kind = 'reserve' AND ${touches}
        AND NOT EXISTS (SELECT 1 FROM transfers e WHERE e.request_id = t.request_id AND e.seq < t.seq)) AS requests`;
}
