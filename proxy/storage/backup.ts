/** Consistent copies of a database that is in use. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { Db } from './database.ts';
import { createPrivateFile, ensurePrivateDirectory, syncDirectory } from './private-files.ts';

/** Page by page between other work, so that the gateway goes on answering. Whole or not there at all. */
export async function backupDatabase(db: Db, toPath: string): Promise<void> {
  const partialPath = `${toPath}.partial`;
  rmSync(partialPath, { force: true });
  createPrivateFile(partialPath);
  try {
    await db.backup(partialPath);
    renameSync(partialPath, toPath);
  } catch (error) {
    rmSync(partialPath, { force: true });
    throw error;
  }
  syncDirectory(dirname(toPath));
}

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
