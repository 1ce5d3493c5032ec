/**
 * The ledger on one SQLite file. The verbs of a hold are written together with the others of the same turn of the event
 * loop; every other method does its work before it returns, after what was said before it.
 */
import type Database from 'better-sqlite3';
import type { TransferView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { correct, grant } from './adjust.ts';
import { audit } from './audit.ts';
import type { Desk } from './desk.ts';
import { type StoredEntry, toView } from './entry-row.ts';
import { Journal } from './journal.ts';
import { OpenReserves } from './open-reserves.ts';
import { balance, entries, exportEntries, spend } from './read.ts';
import { recover } from './recover.ts';
import { reserve } from './reserve.ts';
import { markDispatched, release, settle } from './resolve.ts';
import { inPlainWords } from './sqlite-errors.ts';
import { prepareStatements, type Statements } from './statements.ts';
import type { Ledger } from './types.ts';
import { walletBalance } from './wallet.ts';
import { WindowRows } from './window-rows.ts';
import { calendarOf } from './windows.ts';

export interface SqliteLedgerOptions {
  /** Open, migrated (`ledgerTables`), and written by nobody else while the ledger lives. The caller closes it. */
  readonly db: Database.Database;
  readonly clock: Clock;
  /** IANA name of the zone that days, weeks and months are counted in. */
  readonly timeZone: string;
  /**
   * Told of a listener that threw. The entry is committed by then, so its caller must not see it as a failure. Left
   * out: it is thrown from a timer, as an uncaught error of the process.
   */
  readonly onListenerError?: (error: unknown) => void;
}

export interface SqliteLedger extends Ledger {
  readonly timeZone: string;
  /** Counts windows in another zone from now on. Throws RangeError for an unknown zone, LedgerUnavailableError. */
  setTimeZone(timeZone: string): void;
}

/** Throws RangeError for an unknown zone and LedgerUnavailableError for a database that cannot be used. */
export function createSqliteLedger(options: SqliteLedgerOptions): SqliteLedger {
  const { db, clock } = options;
  const listeners = new Set<(transfer: TransferView) => void>();
  const statements = prepare(db);
  const journal = new Journal(db, statements, (appended) => notify(listeners, appended, onListenerError));
  const onListenerError = options.onListenerError ?? throwLater;
  const windows = new WindowRows(statements, journal.head().timeZone);
  const desk: Desk = { statements, journal, windows, reserves: new OpenReserves(), clock };

  function setTimeZone(timeZone: string): void {
    if (timeZone === windows.calendar.timeZone) return;
    const calendar = calendarOf(timeZone);
    journal.write((tx) => windows.changeTimeZone(tx, calendar));
    windows.adopt(calendar);
  }

  calendarOf(options.timeZone);
  // A read-only ledger (an audit from the command line) keeps the zone its rows were written in.
  if (!db.readonly) setTimeZone(options.timeZone);

  return {
    get timeZone() {
      return windows.calendar.timeZone;
    },
    setTimeZone,
    reserve: async (input) => reserve(desk, input),
    markDispatched: async (attemptId) => markDispatched(desk, attemptId),
    settle: async (input, alongside) => settle(desk, input, alongside),
    release: async (attemptId, reason, alongside) => release(desk, attemptId, reason, alongside),
    grant: async (input) => grant(desk, input),
    correct: async (input) => correct(desk, input),
    recover: async (which = 'all') => recover(desk, which),
    audit: () => audit(desk),
    balance: async () => balance(desk),
    wallet: async (account = 'global') => journal.read(() => walletBalance(desk, account)),
    spend: async (limits) => spend(desk, limits, db.readonly),
    entries: async (query) => entries(desk, query),
    exportEntries: () => exportEntries(desk),
    keptWindows: () => journal.read(() => statements.windows.all()),
    onTransfer(listener) {
      // Wrapped, so that a listener that subscribes twice is called twice and ends one subscription at a time.
      const subscription = (transfer: TransferView) => listener(transfer);
      listeners.add(subscription);
      return () => {
        listeners.delete(subscription);
      };
    },
  };
}

function prepare(db: Database.Database): Statements {
  try {
    return prepareStatements(db);
  } catch (error) {
    throw inPlainWords(error);
  }
}

function notify(
  listeners: ReadonlySet<(transfer: TransferView) => void>,
  appended: readonly StoredEntry[],
  onListenerError: (error: unknown) => void,
): void {
  if (listeners.size === 0) return;
  for (const entry of appended) {
    const view = toView(entry);
    for (const listener of [...listeners]) {
      try {
        listener(view);
      } catch (error) {
        onListenerError(error);
      }
    }
  }
}

function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
