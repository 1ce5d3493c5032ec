/** Every SQL statement of the ledger, prepared once. */
import type Database from 'better-sqlite3';
import type { BudgetWindow } from '../contract/config.ts';
import type { AccountScope } from './accounts.ts';
import { GENESIS_HASH } from './chain.ts';
import { type EntryRow, INSERT_ENTRY, SELECT_COLUMNS } from './entry-row.ts';
import type { Account } from './types.ts';

/** The chain's end and what changes rarely. */
export interface Head {
  seq: number;
  hash: string;
  grants: number;
  grantedNano: number;
  correctedNano: number;
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
  /** Requests whose first reserve counts here. */
  readonly requests: number;
  /** Entries that count here: what shows that one was deleted at the end of the chain. */
  readonly entries: number;
}

export const EMPTY_SUMS: WindowSums = { spentNano: 0, heldNano: 0, requests: 0, entries: 0 };

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

/** What was granted to an account, and what had been spent in it before the first grant. */
export interface WalletRow {
  readonly account: Account;
  readonly sinceSeq: number;
  readonly grantedNano: number;
  readonly baseNano: number;
}

export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(db: Database.Database) {
  const select = `SELECT ${SELECT_COLUMNS} FROM transfers t`;
  const sums = (scope: AccountScope) => db.prepare<[SumsQuery], WindowSums>(sumsSql(TOUCHES[scope]));
  const present = (table: string) => `SELECT 1 FROM ${table}`;
  return {
    readHead: db.prepare<[], Head>(
      `SELECT coalesce(t.seq, 0) AS seq, coalesce(t.hash, '${GENESIS_HASH}') AS hash, s.grants,
         s.granted_nano AS grantedNano, s.corrected_nano AS correctedNano, s.windows_epoch AS windowsEpoch,
         s.time_zone AS timeZone
       FROM ledger_state s LEFT JOIN transfers t ON t.seq = (SELECT max(seq) FROM transfers) WHERE s.id = 1`,
    ),
    writeState: db.prepare<[number, number, number, number, string]>(
      `UPDATE ledger_state SET grants = ?, granted_nano = ?, corrected_nano = ?, windows_epoch = ?, time_zone = ?
       WHERE id = 1`,
    ),

    insertEntry: db.prepare<(string | number | undefined)[]>(INSERT_ENTRY),
    entryById: db.prepare<[string], EntryRow>(`${select} WHERE t.id = ?`),
    entryBySeq: db.prepare<[number], EntryRow>(`${select} WHERE t.seq = ?`),
    requestKnown: db
      .prepare<[string], number>(`${present('transfers')} WHERE request_id = ? AND ${INDEXED} LIMIT 1`)
      .pluck(),
    newestByPeopleBefore: db.prepare<[number, number], EntryRow>(
      `${select} WHERE t.seq < ? AND t.kind IN ('grant', 'correction') ORDER BY t.seq DESC LIMIT ?`,
    ),
    entriesAfter: db.prepare<[number, number], EntryRow>(`${select} WHERE t.seq > ? ORDER BY t.seq LIMIT ?`),
    newestBefore: db.prepare<[number, number], EntryRow>(`${select} WHERE t.seq < ? ORDER BY t.seq DESC LIMIT ?`),
    newestOfRequestBefore: db.prepare<[string, number, number], EntryRow>(
      `${select} WHERE t.seq IN (${SEQS_OF_REQUEST}) AND t.seq < ? ORDER BY t.seq DESC LIMIT ?`,
    ),
    requestKnownBefore: db
      .prepare<[string, number], number>(
        `${present('transfers')} WHERE request_id = ? AND ${INDEXED} AND seq < ? LIMIT 1`,
      )
      .pluck(),

    insertHold: db.prepare<[string, number, number | null]>('INSERT INTO holds VALUES (?, ?, ?)'),
    hold: db.prepare<[string], HoldRow>(`${HOLD} WHERE attempt_id = ?`),
    holds: db.prepare<[], HoldRow>(`${HOLD} ORDER BY reserve_seq`),
    countHolds: db.prepare<[], number>('SELECT count(*) FROM holds').pluck(),
    dispatchHold: db.prepare<[number, string]>('UPDATE holds SET dispatched_at_ms = ? WHERE attempt_id = ?'),
    deleteHold: db.prepare<[string]>('DELETE FROM holds WHERE attempt_id = ?'),

    window: db.prepare<[Account, BudgetWindow, number], WindowSums>(
      `SELECT spent_nano AS spentNano, held_nano AS heldNano, requests, entries
       FROM spend_windows WHERE account = ? AND kind = ? AND start_ms = ?`,
    ),
    windows: db.prepare<[], WindowRow>(
      `SELECT account, kind, start_ms AS startMs, spent_nano AS spentNano, held_nano AS heldNano, requests, entries
       FROM spend_windows`,
    ),
    windowPairs: db.prepare<[], { account: Account; kind: BudgetWindow }>(
      'SELECT DISTINCT account, kind FROM spend_windows',
    ),
    insertWindow: db.prepare<[Account, BudgetWindow, number, number, number, number, number]>(
      'INSERT INTO spend_windows VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    addToWindow: db.prepare<[number, number, number, number, Account, BudgetWindow, number]>(
      `UPDATE spend_windows SET spent_nano = spent_nano + ?, held_nano = held_nano + ?, requests = requests + ?,
         entries = entries + ?
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

    wallet: db.prepare<[Account], WalletRow>(`${WALLET} WHERE account = ?`),
    wallets: db.prepare<[], WalletRow>(`${WALLET} ORDER BY account`),
    insertWallet: db.prepare<[Account, number, number, number]>('INSERT INTO wallets VALUES (?, ?, ?, ?)'),
    addToWallet: db.prepare<[number, Account]>('UPDATE wallets SET granted_nano = granted_nano + ? WHERE account = ?'),

    triggers: db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'transfers'`)
      .pluck(),
    repeatedIds: db.prepare<[], { id: string; seq: number }>(
      'SELECT id, max(seq) AS seq FROM transfers GROUP BY id HAVING count(*) > 1',
    ),
  };
}

/** The condition of both indexes on `transfers`; a query has to repeat it to use them. */
const INDEXED = `kind IN ('reserve', 'correction')`;

const HOLD = `SELECT attempt_id AS attemptId, reserve_seq AS reserveSeq, dispatched_at_ms AS dispatchedAtMs FROM holds`;

const WALLET = `SELECT account, since_seq AS sinceSeq, granted_nano AS grantedNano, base_nano AS baseNano FROM wallets`;

/** Reserves and corrections of a request are indexed; charge and release of each attempt are found by id. */
const SEQS_OF_REQUEST = `
  WITH named AS (SELECT seq, kind, attempt_id FROM transfers WHERE request_id = ? AND ${INDEXED})
  SELECT seq FROM named
  UNION ALL SELECT c.seq FROM named JOIN transfers c ON c.id = named.attempt_id || ':charge' WHERE named.kind = 'reserve'
  UNION ALL SELECT r.seq FROM named JOIN transfers r ON r.id = named.attempt_id || ':release' WHERE named.kind = 'reserve'`;

/** One window's sums from the entries alone, for a row that is not there yet. */
function sumsSql(touches: string): string {
  const within = `t.${INDEXED} AND t.counts_at_ms >= @fromMs AND t.counts_at_ms < @untilMs AND ${touches}`;
  return `
    WITH reserved AS (
      SELECT count(*) + count(c.seq) + count(r.seq) AS entries, coalesce(sum(c.amount_nano), 0) AS spent,
        coalesce(sum(t.amount_nano) FILTER (WHERE h.attempt_id IS NOT NULL), 0) AS held,
        count(*) FILTER (WHERE NOT EXISTS (
          SELECT 1 FROM transfers e WHERE e.request_id = t.request_id AND e.${INDEXED} AND e.seq < t.seq
        )) AS requests
      FROM transfers t
        LEFT JOIN transfers c ON c.id = t.attempt_id || ':charge'
        LEFT JOIN transfers r ON r.id = t.attempt_id || ':release'
        LEFT JOIN holds h ON h.attempt_id = t.attempt_id
      WHERE t.kind = 'reserve' AND ${within}
    ), corrected AS (
      SELECT count(*) AS entries, coalesce(sum(t.amount_nano), 0) AS spent FROM transfers t
      WHERE t.kind = 'correction' AND ${within}
    )
    SELECT reserved.spent + corrected.spent AS spentNano, reserved.held AS heldNano, reserved.requests AS requests,
      reserved.entries + corrected.entries AS entries
    FROM reserved, corrected`;
}
