/** A ledger on a real SQLite file in a temporary folder, with a clock that tests move. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../../proxy/core/clock.ts';
import { createSqliteLedger, type SqliteLedger } from '../../proxy/ledger/sqlite-ledger.ts';
import type { Limit, ReserveInput, SettleInput } from '../../proxy/ledger/types.ts';
import { openDatabase, switchToWriteAheadLog } from '../../proxy/storage/database.ts';
import { ledgerTables } from '../../proxy/storage/migrations/ledger.ts';
import { walletTable } from '../../proxy/storage/migrations/wallet.ts';

export interface ManualClock extends Clock {
  wallMs: number;
}

export function manualClock(wallMs: number): ManualClock {
  return {
    wallMs,
    nowMs() {
      return this.wallMs;
    },
    monotonicMs: () => performance.now(),
  };
}

export interface TestLedger extends Disposable {
  readonly path: string;
  readonly db: Database.Database;
  readonly clock: ManualClock;
  readonly ledger: SqliteLedger;
  readonly listenerErrors: unknown[];
  /** The same file and clock, opened anew. */
  reopen(timeZone?: string): SqliteLedger;
}

export interface LedgerOnDatabase extends Disposable {
  readonly db: Database.Database;
  readonly clock: ManualClock;
  open(timeZone: string): SqliteLedger;
}

let emptyLedger: Buffer | undefined;

/** For histories by the thousand, which would only wait for the disk: a copy of an empty ledger in memory. */
export function openLedgerInMemory(startMs: number): LedgerOnDatabase {
  if (emptyLedger === undefined) {
    const template = new Database(':memory:');
    template.exec(ledgerTables + walletTable);
    emptyLedger = template.serialize();
    template.close();
  }
  const db = new Database(emptyLedger);
  const clock = manualClock(startMs);
  return {
    db,
    clock,
    open: (timeZone) => createSqliteLedger({ db, clock, timeZone }),
    [Symbol.dispose]: () => void db.close(),
  };
}

/** 15 April 2026, 10:00 UTC: a Wednesday in the middle of its week and month. */
export const NOON_ISH = Date.UTC(2026, 3, 15, 10);

export function openTestLedger(timeZone = 'UTC', startMs = NOON_ISH): TestLedger {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ledger-'));
  const path = join(folder, 'ledger.sqlite');
  const db = openLedgerFile(path);
  db.exec(ledgerTables + walletTable);
  const clock = manualClock(startMs);
  const listenerErrors: unknown[] = [];
  const open = (zone: string) =>
    createSqliteLedger({ db, clock, timeZone: zone, onListenerError: (error) => listenerErrors.push(error) });
  return {
    path,
    db,
    clock,
    ledger: open(timeZone),
    listenerErrors,
    reopen: (zone = timeZone) => open(zone),
    [Symbol.dispose]() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With the settings the gateway runs on: some of the ledger's guards are settings of the connection. */
export function openLedgerFile(path: string): Database.Database {
  const db = openDatabase(path, { create: true });
  switchToWriteAheadLog(db);
  return db;
}

export function reserveInput(attemptId: string, amountNano: number, more: Partial<ReserveInput> = {}): ReserveInput {
  return {
    attemptId,
    requestId: `req-of-${attemptId}`,
    provider: 'openai',
    model: 'gpt-4o-mini',
    accessKeyId: 'cli',
    project: 'chatbot',
    client: 'aider',
    configVersion: 1,
    amountNano,
    feeBps: 0,
    limits: [],
    deadlineAtMs: NOON_ISH + 600_000,
    dispatched: true,
    ...more,
  };
}

export function exactly(attemptId: string, costNano: number, more: Partial<SettleInput> = {}): SettleInput {
  return { attemptId, costNano, certainty: 'exact', usage: { inputTokens: 10, outputTokens: 5 }, ...more };
}

export function globalLimit(limitNano: number, window: Limit['window'] = 'month', budgetId = 'cap'): Limit {
  return { budgetId, account: 'global', window, limitNano };
}
