/** Is a copy whole? Asked of every backup before it gets its name, and of every file before it is restored. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { type Db, openDatabase } from './database.ts';
import { StorageError } from './errors.ts';

/** Looks further, e.g. at the ledger. Throws to refuse the copy. */
export type InspectCopy = (copy: Db) => void | Promise<void>;

/**
 * Makes the copy one file without a log, checks it table by table (other work goes on in between) and writes it through
 * to the disk. Throws StorageError `corrupt`, or what `inspect` throws.
 */
export async function checkCopy(path: string, inspect?: InspectCopy): Promise<void> {
  const copy = openDatabase(path, { create: false });
  try {
    copy.pragma('journal_mode = DELETE');
    for (const table of copy.prepare<[], string>(TABLES).pluck().all()) {
      const verdict = copy.prepare<[string], string>(INTEGRITY).pluck().get(table);
      if (verdict !== 'ok')
        throw new StorageError('corrupt', `The database is damaged in ${table}: ${words(verdict)}.`);
      await pause();
    }
    await inspect?.(copy);
  } finally {
    copy.close();
  }
  syncFile(path);
}

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
const INTEGRITY = 'SELECT integrity_check FROM pragma_integrity_check(?)';

/** SQLite's words in one line. */
function words(verdict: string | undefined): string {
  return verdict?.replaceAll(/\s+/g, ' ') ?? 'it cannot be checked';
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
