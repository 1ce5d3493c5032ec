/** Is this file a whole Gatehouse database? Looked at before and after SQLite opens it. */
import { existsSync, statSync } from 'node:fs';
import { APPLICATION_ID, type Db } from './database.ts';
import { StorageError } from './errors.ts';

/** Above this a full check at every start would take longer than a second; the schema and the length are checked always. */
const FULL_CHECK_BYTES_MAX = 64 * 1024 * 1024;

export type FileState = 'absent' | 'present' | { readonly damaged: string };

/**
 * What SQLite would take for a new database although it is none: an empty file (Gatehouse never leaves one), and a
 * write-ahead log without its database, which SQLite would pour into the new one. The file is not opened here: closing
 * it again would drop the locks of a connection that this process already has.
 */
export function inspectFile(path: string): FileState {
  if (existsSync(path)) return statSync(path).size === 0 ? { damaged: 'the file is empty' } : 'present';
  const orphan = ['-wal', '-journal'].some((suffix) => existsSync(path + suffix) && statSync(path + suffix).size > 0);
  return orphan ? { damaged: 'the database file is gone but its log is still there' } : 'absent';
}

/** What is wrong with an open database, in SQLite's words; undefined when nothing is. May throw SQLITE_CORRUPT. */
export function findDamage(db: Db): string | undefined {
  // Reads the schema: an unreadable one throws here, and so does a file that is shorter than its header says.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  const pages = Number(db.pragma('page_count', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  if (pages * pageBytes > FULL_CHECK_BYTES_MAX) return undefined;
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  return verdict === 'ok' ? undefined : verdict;
}

/** Throws StorageError `not_gatehouse` for a healthy database of another program. */
export function assertOurs(db: Db, path: string): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  throw new StorageError(
    'not_gatehouse',
    `The file ${path} is a database of another program, and Gatehouse will not touch it. Move it away, or choose another data directory with --data-dir.`,
  );
}
