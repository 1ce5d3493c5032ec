/** The audit of a ledger that no gateway runs on: a backup, a file to restore. Changes nothing. */
import type Database from 'better-sqlite3';
import type { AuditReport } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { createSqliteLedger } from './sqlite-ledger.ts';
import { storedTimeZone } from './stored-time-zone.ts';

/** Throws LedgerUnavailableError for a database that cannot be read. */
export async function auditDatabase(db: Database.Database, clock: Clock): Promise<AuditReport> {
  return createSqliteLedger({ db, clock, timeZone: storedTimeZone(db) }).audit();
}
