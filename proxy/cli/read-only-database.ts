/**
 * The database for commands that only look. SQLite's write-ahead log lets a reader stand beside the running gateway, so
 * these work whether one runs or not, and cannot disturb it.
 */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isCorruption, toStorageError } from '../storage/classify-error.ts';
import type { Db } from '../storage/database.ts';
import { StorageError } from '../storage/errors.ts';
import { assertOurs } from '../storage/inspect.ts';
import { pendingMigrations } from '../storage/migrate.ts';
import { MIGRATIONS } from '../storage/migrations/index.ts';
import { databasePath } from '../storage/open.ts';
import { CliError } from './cli-io.ts';

const BUSY_TIMEOUT_MS = 2_000;

/** Undefined when the data directory has no database yet. Throws StorageError or CliError, with what to do. */
export function openReadOnly(dataDir: string): Db | undefined {
  const path = databasePath(dataDir);
  if (!existsSync(path)) return undefined;
  let db: Db | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    assertOurs(db, path);
    if (pendingMigrations(db, MIGRATIONS, path).length > 0) {
      throw new CliError(
        `The database ${path} is of an earlier release. Start Gatehouse once, which brings it up to date (and keeps a copy), then try again.`,
      );
    }
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof CliError) throw error;
    if (isCorruption(error)) throw damaged(path, error);
    throw toStorageError(error, path);
  }
}

/** Runs `work` with the database and closes it. Without one: a sentence that says how to get one. */
export async function withDatabase<T>(dataDir: string, work: (db: Db) => T | Promise<T>): Promise<T> {
  const db = openReadOnly(dataDir);
  if (db === undefined) {
    throw new CliError(
      `There is no Gatehouse database in ${dataDir} yet. Start Gatehouse once, or name another directory with --data-dir.`,
    );
  }
  try {
    return await work(db);
  } catch (error) {
    if (isCorruption(error)) throw damaged(databasePath(dataDir), error);
    throw error;
  } finally {
    db.close();
  }
}

export function damaged(path: string, cause: unknown): StorageError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new StorageError(
    'corrupt',
    `The database ${path} is damaged (${words}). Stop Gatehouse, then put a backup in its place, or start Gatehouse: it keeps the damaged file aside and says where.`,
    { cause },
  );
}
