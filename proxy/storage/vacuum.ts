/** Gives the space of deleted rows back to the disk. */
import { renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkCopy } from './copy-check.ts';
import { type Db, openDatabase } from './database.ts';
import { StorageError } from './errors.ts';
import { createPrivateFile, syncDirectory } from './private-files.ts';

export interface Vacuumed {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Past this, doing it inside a running gateway would keep calls waiting for seconds and take as much memory. */
export const VACUUM_RUNNING_BYTES_MAX = 256 * 1024 * 1024;

/** While the gateway runs on `db`: everything else waits until it is done. Throws StorageError. */
export function vacuumRunning(db: Db): Vacuumed {
  const bytesBefore = bytesOf(db);
  if (bytesBefore > VACUUM_RUNNING_BYTES_MAX) {
    throw new StorageError(
      'busy',
      `The database has ${Math.round(bytesBefore / 1024 / 1024)} MB: tidying it up would keep calls waiting. Stop Gatehouse and run "gatehouse vacuum".`,
    );
  }
  requireSpace(db.name, bytesBefore * 2);
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
  return { bytesBefore, bytesAfter: bytesOf(db) };
}

/** While nobody else has it open (the caller holds the instance lock). Whole or not at all. Throws StorageError. */
export async function vacuumStopped(path: string): Promise<Vacuumed> {
  const compactPath = `${path}.compact`;
  rmSync(compactPath, { force: true });
  const db = openDatabase(path, { create: false });
  let bytesBefore: number;
  try {
    // The log folded in and gone: nothing of it may be left beside the file that takes this one's place.
    db.pragma('journal_mode = DELETE');
    bytesBefore = bytesOf(db);
    requireSpace(path, bytesBefore);
    createPrivateFile(compactPath);
    db.prepare('VACUUM INTO ?').run(compactPath);
  } catch (error) {
    rmSync(compactPath, { force: true });
    throw error;
  } finally {
    db.close();
  }
  let bytesAfter = 0;
  try {
    await checkCopy(compactPath, (copy) => {
      bytesAfter = bytesOf(copy);
    });
    renameSync(compactPath, path);
  } catch (error) {
    rmSync(compactPath, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
  return { bytesBefore, bytesAfter };
}

export function bytesOf(db: Db): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

function requireSpace(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  if (bavail * bsize >= bytes) return;
  const mb = Math.ceil(bytes / 1024 / 1024);
  throw new StorageError(
    'disk_full',
    `Tidying the database up needs ${mb} MB of free space beside it for a moment. Free some space and try again.`,
  );
}
