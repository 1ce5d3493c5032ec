/**
 * One gateway per data directory. The lock is SQLite's own on a file of its own, held in an open transaction: the
 * operating system drops it when the process dies, however it dies, so there is no stale lock to clean up. Beside it a
 * small file tells a second instance who the first one is.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { errorCodeOf, toStorageError } from './classify-error.ts';
import type { Db } from './database.ts';
import { StorageError } from './errors.ts';
import { createPrivateFile, ensurePrivateDirectory } from './private-files.ts';

const PRIVATE_FILE_MODE = 0o600;

const lockOwner = z.object({ pid: z.int(), startedAtMs: z.int(), baseUrl: z.string().optional() });

/** `baseUrl` is missing until the first instance listens. */
export type LockOwner = z.infer<typeof lockOwner>;

export interface InstanceLock {
  /** Tells later instances where this one is. */
  announce(baseUrl: string): void;
  /** A second call does nothing. */
  release(): void;
}

/** Another gateway runs on this data directory. `owner` is undefined when it could not be found out. */
export class InstanceLockedError extends Error {
  override readonly name = 'InstanceLockedError';
  readonly owner?: LockOwner;

  constructor(dataDir: string, owner: LockOwner | undefined) {
    super(
      `Gatehouse is already running on the data directory ${dataDir}${whoIs(owner)}. Use that one, stop it first, or choose another directory with --data-dir.`,
    );
    if (owner !== undefined) this.owner = owner;
  }
}

/** Locks that must outlive garbage collection: a collected connection is a closed one, and the lock would be gone. */
const held = new Set<Db>();

/** Throws InstanceLockedError, or StorageError when the directory cannot be used. Never waits. */
export function acquireInstanceLock({ dataDir, clock }: { dataDir: string; clock: Clock }): InstanceLock {
  const lockPath = join(dataDir, 'gatehouse.lock');
  const ownerPath = join(dataDir, 'gatehouse.lock.json');
  const owner: LockOwner = { pid: process.pid, startedAtMs: clock.nowMs() };
  let db: Db | undefined;
  try {
    ensurePrivateDirectory(dataDir);
    if (!existsSync(lockPath)) createUnlessThere(lockPath);
    db = lock(lockPath);
    writeOwner(ownerPath, owner);
  } catch (error) {
    db?.close();
    if (errorCodeOf(error)?.startsWith('SQLITE_BUSY')) throw new InstanceLockedError(dataDir, readOwner(ownerPath));
    if (errorCodeOf(error) === 'SQLITE_NOTADB') throw foreignLockFile(lockPath, error);
    throw toStorageError(error, lockPath);
  }
  const holding = db;
  held.add(holding);
  return {
    announce: (baseUrl) => writeOwner(ownerPath, { ...owner, baseUrl }),
    release() {
      if (!held.delete(holding)) return;
      // While the lock is still held: afterwards the file may be the next instance's.
      rmSync(ownerPath, { force: true });
      holding.close();
    },
  };
}

/** Who holds the data directory, by its own word; undefined when nobody says so. May be a process that was killed. */
function readInstanceOwner(dataDir: string): LockOwner | undefined {
  return readOwner(join(dataDir, 'gatehouse.lock.json'));
}

/** The instance that lives on the data directory now; undefined: none does, whatever a killed one left behind. */
export function readLivingInstance(dataDir: string): LockOwner | undefined {
  const owner = readInstanceOwner(dataDir);
  return owner !== undefined && processLives(owner.pid) ? owner : undefined;
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return errorCodeOf(error) === 'EPERM';
  }
}

function lock(path: string): Db {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    // Never committed. On a file that cannot be written, BEGIN EXCLUSIVE quietly takes a shared lock; this write tells.
    db.pragma('user_version = 1');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function createUnlessThere(path: string): void {
  try {
    createPrivateFile(path);
  } catch (error) {
    // Another instance was faster; the lock itself decides between the two.
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  }
}

function writeOwner(path: string, owner: LockOwner): void {
  const partialPath = `${path}.${process.pid}.partial`;
  writeFileSync(partialPath, `${JSON.stringify(owner)}\n`, { mode: PRIVATE_FILE_MODE });
  renameSync(partialPath, path);
}

function readOwner(path: string): LockOwner | undefined {
  try {
    const parsed = lockOwner.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // It only makes the message better; the first instance may just be writing or removing it.
    return undefined;
  }
}

function whoIs(owner: LockOwner | undefined): string {
  if (owner === undefined) return '';
  return ` (process ${owner.pid}${owner.baseUrl === undefined ? '' : `, ${owner.baseUrl}`})`;
}

function foreignLockFile(path: string, cause: unknown): StorageError {
  return new StorageError(
    'unavailable',
    `The file ${path} is not a lock file of Gatehouse. Make sure that no Gatehouse is running, delete the file and start again.`,
    { cause },
  );
}
