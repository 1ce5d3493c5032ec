/** For whoever opens a ledger without a config: in another zone its windows would be made anew. */
import type Database from 'better-sqlite3';
import { prepareStatements } from './statements.ts';

/** The zone that the windows of this ledger are kept in. */
export function storedTimeZone(db: Database.Database): string {
  return prepareStatements(db).readHead.get()?.timeZone ?? 'UTC';
}
