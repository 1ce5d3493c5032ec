/**
 * Puts a backup in the place of the database. The backup is copied, checked and brought up to date beside it first; the
 * present database is kept under another name; only then, in one rename, the copy becomes the database. Cut short
 * anywhere, the data directory holds either the one or the other, never none.
 */
import { chmodSync, copyFileSync, existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Clock } from '../core/clock.ts';
import { isCorruption, toStorageError } from './classify-error.ts';
import { checkCopy, type InspectCopy } from './copy-check.ts';
import { type Db, openDatabase } from './database.ts';
import { StorageError } from './errors.ts';
import { assertOurs } from './inspect.ts';
import { applyMigrations, pendingMigrations } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { databasePath } from './open.ts';
import { createPrivateFile, ensurePrivateDirectory, syncDirectory } from './private-files.ts';

const PRIVATE_FILE_MODE = 0o600;
const LOGS = ['-wal', '-journal'];
const COMPANIONS = [...LOGS, '-shm'];

export interface RestoreOptions {
  /** Its instance lock is held by the caller. */
  readonly dataDir: string;
  readonly fromPath: string;
  readonly clock: Clock;
  /** Asked of the copy after it was brought up to date, before anything is replaced. */
  readonly inspect?: InspectCopy;
}

export interface Restored {
  /** Where the database from before is kept; undefined when there was none. */
  readonly keptPath?: string;
  /** Schema versions that the backup did not have yet. */
  readonly migrated: readonly number[];
}

/** Throws StorageError (`corrupt`, `not_gatehouse`, `newer_schema` ...) or what `inspect` throws; nothing is changed then. */
export async function restoreDatabase(options: RestoreOptions): Promise<Restored> {
  const path = databasePath(options.dataDir);
  refuseOdd(options.fromPath, path);
  const copyPath = `${path}.restoring`;
  const remove = () => {
    for (const suffix of ['', ...COMPANIONS]) rmSync(copyPath + suffix, { force: true });
  };
  try {
    ensurePrivateDirectory(options.dataDir);
    remove();
    await copyBackup(options.fromPath, copyPath);
    const migrated = bringUpToDate(copyPath, options.fromPath, options.clock);
    await checkCopy(copyPath, options.inspect);
    const keptPath = existsSync(path) ? keepPresent(path, options.clock.nowMs()) : undefined;
    for (const suffix of COMPANIONS) rmSync(path + suffix, { force: true });
    renameSync(copyPath, path);
    syncDirectory(options.dataDir);
    return { migrated, ...(keptPath === undefined ? {} : { keptPath }) };
  } catch (error) {
    remove();
    if (isCorruption(error)) throw damagedBackup(options.fromPath, error);
    if (error instanceof StorageError && error.reason === 'corrupt') throw damagedBackup(options.fromPath, error);
    throw toStorageError(error, options.fromPath);
  }
}

function refuseOdd(fromPath: string, path: string): void {
  if (!existsSync(fromPath)) throw new StorageError('unavailable', `There is no file ${fromPath}.`);
  if (existsSync(path) && realpathSync(fromPath) === realpathSync(path)) {
    throw new StorageError('unavailable', `${fromPath} is the database itself. Name a backup of it.`);
  }
}

/** Read with what its own log holds, if there is one beside it; the file itself stays as it is. */
async function copyBackup(fromPath: string, copyPath: string): Promise<void> {
  const source = new Database(fromPath, { readonly: true, fileMustExist: true });
  try {
    source.pragma('trusted_schema = OFF');
    assertOurs(source, fromPath);
    createPrivateFile(copyPath);
    await source.backup(copyPath);
  } finally {
    source.close();
  }
}

function bringUpToDate(copyPath: string, fromPath: string, clock: Clock): number[] {
  const copy = openDatabase(copyPath, { create: false });
  try {
    copy.pragma('journal_mode = DELETE');
    const pending = pendingMigrations(copy, MIGRATIONS, fromPath);
    applyMigrations(copy, pending, clock);
    return pending.map(({ version }) => version);
  } finally {
    copy.close();
  }
}

/** A copy, so that the database is never without a name; with its log where that cannot be folded in. */
function keepPresent(path: string, nowMs: number): string {
  const instant = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  let keptPath = `${path}.before-restore-${instant}`;
  for (let copy = 2; existsSync(keptPath); copy += 1) keptPath = `${path}.before-restore-${instant}-${copy}`;
  // Before SQLite opens it: of a damaged database it would throw the log away.
  for (const suffix of LOGS) keep(path + suffix, keptPath + suffix);
  if (foldLog(path)) for (const suffix of LOGS) rmSync(keptPath + suffix, { force: true });
  keep(path, keptPath);
  return keptPath;
}

function keep(path: string, keptPath: string): void {
  if (!existsSync(path)) return;
  copyFileSync(path, keptPath);
  chmodSync(keptPath, PRIVATE_FILE_MODE);
}

/** False when the database is damaged: the very reason to restore. */
function foldLog(path: string): boolean {
  let db: Db | undefined;
  try {
    db = openDatabase(path, { create: false });
    db.pragma('journal_mode = DELETE');
    return true;
  } catch (error) {
    if (isCorruption(error)) return false;
    throw error;
  } finally {
    db?.close();
  }
}

function damagedBackup(fromPath: string, cause: unknown): StorageError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new StorageError(
    'corrupt',
    `The backup ${fromPath} is damaged (${words}). Nothing was changed. Try an older backup.`,
    { cause },
  );
}
