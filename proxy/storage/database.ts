/** One SQLite connection with every setting that matters stated, none left to a default. */
import Database from 'better-sqlite3';

export type Db = Database.Database;

/** "GATE": tells a Gatehouse database from any other SQLite file. */
export const APPLICATION_ID = 0x47415445;

const BUSY_TIMEOUT_MS = 2_000;
const WAL_BYTES_KEPT = 16 * 1024 * 1024;

/**
 * Opens or creates the file with everything that holds for this connection alone: another program's database stays as
 * it is. `switchToWriteAheadLog` is for when it is known to be ours. Throws what SQLite throws.
 */
export function openDatabase(path: string, options: { create: boolean }): Db {
  const db = new Database(path, { fileMustExist: !options.create, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('foreign_keys = ON');
    // Without this an INSERT OR REPLACE deletes a row past the delete triggers that keep tables append-only.
    db.pragma('recursive_triggers = ON');
    // Sorting must not write metadata into the system's temporary directory.
    db.pragma('temp_store = MEMORY');
    db.pragma('mmap_size = 0');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * `synchronous = NORMAL` is a decision: after a crash of this process nothing is lost (the operating system has the
 * bytes), but after a crash of the operating system or a power cut the last transactions may be gone. The file is intact
 * and the hash chain whole; the provider and the ledger then differ by those last calls. FULL would cost an fsync per
 * reserve and per settle, milliseconds on a real disk, on every request.
 */
export function switchToWriteAheadLog(db: Db): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  // A page changed by many transactions is written back, and waited for, once per checkpoint: these come at 16 MB.
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
}
