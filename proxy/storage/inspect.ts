/** Is this file a whole Gatehouse database? Looked at before and after SQLite opens it. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { APPLICATION_ID, type Db } from './database.ts';
import { StorageError } from './errors.ts';

const SQLITE_HEADER = 'SQLite format 3\0';
/** Above this a full check at every start would take seconds; the header, the schema and the length are still checked. */
const FULL_CHECK_BYTES_MAX = 256 * 1024 * 1024;

export type FileState = 'absent' | 'database' | { readonly damaged: string };

/**
 * By its bytes alone. An empty file is damage, since Gatehouse never leaves one; so is a write-ahead log without its
 * database, which SQLite would otherwise pour into a new one.
 */
export function inspectFile(path: string): FileState {
  if (!existsSync(path)) {
    const orphan = ['-wal', '-journal'].some((suffix) => existsSync(path + suffix) && statSync(path + suffix).size > 0);
    return orphan ? { damaged: 'the database file is gone but its log is still there' } : 'absent';
  }
  const { size } = statSync(path);
  if (size === 0) return { damaged: 'the file is empty' };
  const header = Buffer.alloc(SQLITE_HEADER.length);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1') === SQLITE_HEADER ? 'database' : { damaged: 'the file is not a database' };
}

/** What is wrong with an open database, in SQLite's words; undefined when nothing is. May throw SQLITE_CORRUPT. */
export function findDamage(db: Db, path: string): string | undefined {
  // Reads the schema: an unreadable one throws here.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  const pages = Number(db.pragma('page_count', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  if (pages * pageBytes > FULL_CHECK_BYTES_MAX) return findMissingEnd(db, path, pages * pageBytes);
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

function findMissingEnd(db: Db, path: string, expectedBytes: number): string | undefined {
  // Pages may still be in the write-ahead log; only after a checkpoint does the length have to fit.
  db.pragma('wal_checkpoint(PASSIVE)');
  const { size } = statSync(path);
  return size < expectedBytes ? `the file has ${size} bytes instead of ${expectedBytes}` : undefined;
}
