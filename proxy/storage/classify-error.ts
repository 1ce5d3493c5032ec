/** Turns what SQLite and the file system throw into a StorageError that says what to do. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError } from './errors.ts';

/** The `code` of a Node or SQLite error, e.g. `ENOSPC`, `SQLITE_CORRUPT_INDEX`. */
export function errorCodeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

/** True when the bytes of the file itself are at fault: the one case in which a database may be set aside. */
export function isCorruption(error: unknown): error is Error {
  const code = errorCodeOf(error);
  return code !== undefined && (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'));
}

/**
 * A StorageError for anything thrown while the database at `path` was in use; a StorageError comes back as it is. Also
 * for errors at run time (a disk that fills up under a running gateway).
 */
export function toStorageError(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const code = errorCodeOf(error);
  if (isCorruption(error)) {
    return new StorageError(
      'corrupt',
      `The database ${path} is damaged. Stop Gatehouse and restore a backup, or start it again: it then keeps the damaged file aside.`,
      { cause: error },
    );
  }
  if (isDiskFull(code, path)) {
    return new StorageError(
      'disk_full',
      `The disk that holds ${dirname(path)} is full. Free some space there and start Gatehouse again; nothing in the ledger was lost.`,
      { cause: error },
    );
  }
  if (isReadOnly(code, path)) {
    return new StorageError(
      'read_only',
      `Gatehouse cannot write to its data directory ${dirname(path)}. Make the directory and the files in it writable for this user, or choose another one with --data-dir.`,
      { cause: error },
    );
  }
  if (code?.startsWith('SQLITE_BUSY') || code?.startsWith('SQLITE_LOCKED')) {
    return new StorageError(
      'busy',
      `Another program is holding the database ${path}. Close whatever has it open (a second Gatehouse, a database browser, a backup) and start again.`,
      { cause: error },
    );
  }
  return new StorageError(
    'unavailable',
    `The database ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}. Check the disk and the data directory, or choose another one with --data-dir.`,
    { cause: error },
  );
}

function isDiskFull(code: string | undefined, path: string): boolean {
  if (code === undefined) return false;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return true;
  // A full disk can also fail while the write-ahead log's index grows, which SQLite calls a plain I/O error.
  return code.startsWith('SQLITE_IOERR') && hasNoSpaceLeft(dirname(path));
}

function isReadOnly(code: string | undefined, path: string): boolean {
  if (code === undefined) return false;
  if (code.startsWith('SQLITE_READONLY') || ['EROFS', 'EACCES', 'EPERM'].includes(code)) return true;
  return (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR')) && !isWritable(dirname(path));
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasNoSpaceLeft(directory: string): boolean {
  const BYTES_NEEDED = 64 * 1024;
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < BYTES_NEEDED;
  } catch {
    return false;
  }
}
