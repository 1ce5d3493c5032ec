/** Consistent copies of a database that is in use. */
import { existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { checkCopy, type InspectCopy } from './copy-check.ts';
import type { Db } from './database.ts';
import { StorageError } from './errors.ts';
import { createPrivateFile, ensurePrivateDirectory, syncDirectory } from './private-files.ts';

/**
 * Page by page between other work, so that the gateway goes on answering; then checked. Whole or not there at all.
 * `inBigSteps`: for a connection beside the one that writes, whose every transaction would make it begin again.
 */
export async function backupDatabase(
  db: Db,
  toPath: string,
  { inspect, inBigSteps = false }: { readonly inspect?: InspectCopy; readonly inBigSteps?: boolean } = {},
): Promise<void> {
  if (existsSync(toPath) && realpathSync(toPath) === realpathSync(db.name)) {
    throw new StorageError('unavailable', `${toPath} is the database itself. Give the backup another name.`);
  }
  const partialPath = `${toPath}.partial`;
  const remove = () => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(partialPath + suffix, { force: true });
  };
  remove();
  createPrivateFile(partialPath);
  try {
    if (inBigSteps) await db.backup(partialPath, { progress: () => EVERY_PAGE });
    else await db.backup(partialPath);
    await checkCopy(partialPath, inspect);
    renameSync(partialPath, toPath);
  } catch (error) {
    remove();
    throw error;
  }
  syncDirectory(dirname(toPath));
}

const EVERY_PAGE = 0x7fffffff;

/** Before an existing database is migrated: at start-up, in one go. Returns where the copy is. */
export function backupForMigration(db: Db, path: string, clock: Clock): string {
  const directory = join(dirname(path), 'backups');
  ensurePrivateDirectory(directory);
  const instant = new Date(clock.nowMs()).toISOString().replaceAll(/[:.]/g, '-');
  let toPath = join(directory, `gatehouse-before-update-${instant}.sqlite`);
  for (let copy = 2; existsSync(toPath); copy += 1) {
    toPath = join(directory, `gatehouse-before-update-${instant}-${copy}.sqlite`);
  }
  createPrivateFile(toPath);
  try {
    db.prepare('VACUUM INTO ?').run(toPath);
  } catch (error) {
    rmSync(toPath, { force: true });
    throw error;
  }
  syncDirectory(directory);
  return toPath;
}
