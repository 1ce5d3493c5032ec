/** The database is readable by its owner only: it tells who asked which model when, and what it cost. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';

const PRIVATE_FILE_MODE = 0o600;
const PRIVATE_DIRECTORY_MODE = 0o700;
const PERMISSION_BITS = 0o777;

/** Creates the directory (0700) when missing. An existing one keeps its mode: it may be shared on purpose. */
export function ensurePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY_MODE });
}

/** Creates an empty file with mode 0600. Throws EEXIST when there is one. */
export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', PRIVATE_FILE_MODE));
}

/** Takes group and others off a database and its companions, e.g. one that was copied back from a backup. */
export function makeDatabasePrivate(databasePath: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const path = databasePath + suffix;
    if (existsSync(path) && (statSync(path).mode & PERMISSION_BITS) !== PRIVATE_FILE_MODE) {
      chmodSync(path, PRIVATE_FILE_MODE);
    }
  }
}

/** Makes a rename inside the directory survive a power cut. Windows cannot sync a directory and does not need to. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
