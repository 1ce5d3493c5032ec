/** Opens the data directory's database: private, checked, migrated, or refused with a reason. Never reset in silence. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { backupDatabase, backupForMigration } from './backup.ts';
import { isCorruption, toStorageError } from './classify-error.ts';
import { APPLICATION_ID, type Db, openDatabase, switchToWriteAheadLog } from './database.ts';
import { StorageError } from './errors.ts';
import { assertOurs, findDamage, inspectFile } from './inspect.ts';
import { applyMigrations, type Migration, pendingMigrations } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createPrivateFile, ensurePrivateDirectory, makeDatabasePrivate, syncDirectory } from './private-files.ts';
import { listSetAside, setAside } from './set-aside.ts';
import type { Storage, StorageOpening } from './types.ts';
import { vacuumRunning } from './vacuum.ts';

export interface OpenStorageOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** For the command line beside a running gateway: a damaged file is reported but stays where it is. */
  readonly leaveDamaged?: boolean;
  /** For tests of the mechanism; the product has one list. */
  readonly migrations?: readonly Migration[];
}

export function databasePath(dataDir: string): string {
  return join(dataDir, 'gatehouse.sqlite');
}

/**
 * Throws StorageError, always with what to do. Whoever writes holds the instance lock of this data directory first
 * (instance-lock.ts); two gateways on one ledger is not a thing this file defends against.
 */
export function openStorage(options: OpenStorageOptions): Storage {
  const path = databasePath(options.dataDir);
  try {
    ensurePrivateDirectory(options.dataDir);
    const state = inspectFile(path);
    if (state === 'absent') createDatabase(path, options);
    else if (state !== 'present') throw new DamagedDatabase(state.damaged);
    const { db, ...opened } = openChecked(path, options);
    return storageOf(db, path, { created: state === 'absent', setAside: listSetAside(options.dataDir), ...opened });
  } catch (error) {
    if (error instanceof DamagedDatabase) throw refuseDamaged(path, error.message, error.cause, options);
    if (isCorruption(error)) throw refuseDamaged(path, error.message, error, options);
    throw toStorageError(error, path);
  }
}

/** The bytes of the file are at fault, and nothing else is. */
class DamagedDatabase extends Error {}

/**
 * Made complete under another name and then renamed: a crash in between leaves no half-made ledger behind. Without a
 * write-ahead log yet: closing moves that into the database and keeps quiet when the disk is too full for it, and the
 * rename would then have left the contents behind.
 */
function createDatabase(path: string, options: OpenStorageOptions): void {
  const newPath = `${path}.new`;
  removeDatabase(newPath);
  try {
    createPrivateFile(newPath);
    const db = openDatabase(newPath, { create: true });
    try {
      db.pragma(`application_id = ${APPLICATION_ID}`);
      applyMigrations(db, options.migrations ?? MIGRATIONS, options.clock);
    } finally {
      db.close();
    }
    renameSync(newPath, path);
  } catch (error) {
    removeDatabase(newPath);
    throw error;
  }
  syncDirectory(options.dataDir);
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function openChecked(
  path: string,
  options: OpenStorageOptions,
): { db: Db } & Pick<StorageOpening, 'migrated' | 'backupPath'> {
  const migrations = options.migrations ?? MIGRATIONS;
  const db = openDatabase(path, { create: false });
  try {
    assertOurs(db, path);
    makeDatabasePrivate(path);
    switchToWriteAheadLog(db);
    const damage = findDamage(db);
    if (damage !== undefined) throw new DamagedDatabase(damage);
    const pending = pendingMigrations(db, migrations, path);
    const backupPath = pending.length > 0 ? backupForMigration(db, path, options.clock) : undefined;
    applyMigrations(db, pending, options.clock);
    proveWritable(db, migrations);
    const migrated = pending.map((migration) => migration.version);
    return { db, migrated, ...(backupPath === undefined ? {} : { backupPath }) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A real write: a full disk or a read-only mount shows at the start, not at the first paid call. The number itself is
 * for people who look at the file with other tools; `schema_migrations` is what counts.
 */
function proveWritable(db: Db, migrations: readonly Migration[]): void {
  db.pragma(`user_version = ${migrations.at(-1)?.version ?? 0}`);
}

function refuseDamaged(path: string, problem: string, cause: unknown, options: OpenStorageOptions): StorageError {
  if (options.leaveDamaged === true) {
    return new StorageError(
      'corrupt',
      `The database ${path} is damaged (${problem}). Stop Gatehouse, then put a backup in its place, or start Gatehouse: it keeps the damaged file aside and says where.`,
      { cause },
    );
  }
  let keptPath: string;
  try {
    keptPath = setAside(path, problem, options.clock.nowMs());
  } catch (error) {
    return new StorageError(
      'corrupt',
      `The database ${path} is damaged (${problem}) and could not be moved aside (${error instanceof Error ? error.message : String(error)}). Move it away yourself, then put a backup in its place or start Gatehouse again.`,
      { cause: error },
    );
  }
  return new StorageError(
    'corrupt',
    `The database ${path} is damaged (${problem}). Nothing was deleted: it is kept as ${keptPath}. Put a backup back as ${path}, or start Gatehouse once more to begin a new, empty ledger (access keys and budgets spent so far are then gone too).`,
    { cause, keptPath },
  );
}

function storageOf(db: Db, path: string, opening: StorageOpening): Storage {
  return {
    db,
    path,
    opening,
    close() {
      db.close();
    },
    async backup(toPath, inspect) {
      try {
        await backupDatabase(db, toPath, inspect === undefined ? {} : { inspect });
      } catch (error) {
        throw toStorageError(error, toPath);
      }
    },
    vacuum() {
      try {
        return vacuumRunning(db);
      } catch (error) {
        throw toStorageError(error, path);
      }
    },
  };
}
