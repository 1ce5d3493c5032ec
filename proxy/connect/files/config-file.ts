/** A tool's config file on disk: read with every doubt answered, written in one step with its mode kept. */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncDirectory } from '../../storage/private-files.ts';
import { ConnectError } from '../errors.ts';

export type ConfigFile =
  | { readonly state: 'absent'; readonly path: string }
  | {
      readonly state: 'present';
      readonly path: string;
      /** Where the bytes are: `path`, or what it is a link to. */
      readonly realPath: string;
      readonly text: string;
      readonly sha256: string;
      readonly mode: number;
    };

const BYTES_MAX = 1_048_576;
const PRIVATE_MODE = 0o600;
const OWNER_MAY_WRITE = 0o200;
const PERMISSIONS = 0o777;

export function sha256Of(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Throws ConnectError `file_refused` for what is not a small, writable text file of this person, `file_failed` else. */
export function readConfigFile(path: string): ConfigFile {
  const found = lookAt(path);
  if (found === undefined) return { state: 'absent', path };
  const { realPath, stats } = found;
  if (!stats.isFile()) refuse(path, 'is no plain file');
  if (stats.size > BYTES_MAX) refuse(path, 'is larger than 1 MB');
  if ((stats.mode & OWNER_MAY_WRITE) === 0) refuse(path, 'is read-only');
  if (process.getuid !== undefined && stats.uid !== process.getuid()) refuse(path, 'belongs to another user');
  const bytes = attempt(path, 'read', () => readFileSync(realPath));
  return {
    state: 'present',
    path,
    realPath,
    text: decoded(path, bytes),
    sha256: sha256Of(bytes),
    mode: stats.mode & PERMISSIONS,
  };
}

/** Is there something of that name? Never throws: what cannot be looked at is not there for us. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // No right to look into the folder.
    return false;
  }
}

/**
 * Replaces what was read, or makes the file (0600) and its folders (0700); gives the folders that were made, outermost
 * first. Throws ConnectError `file_changed` when somebody wrote to it in between.
 */
export function writeConfigFile(file: ConfigFile, bytes: string | Buffer): string[] {
  const target = file.state === 'present' ? file.realPath : file.path;
  const folder = dirname(target);
  const made = attempt(file.path, 'written', () => makeFolders(folder));
  const before = readConfigFile(file.path);
  const same =
    file.state === 'present' ? before.state === 'present' && before.sha256 === file.sha256 : before.state === 'absent';
  if (!same) throw new ConnectError('file_changed', `${file.path} was changed just now by another program. Try again.`);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  attempt(file.path, 'written', () => {
    try {
      const descriptor = openSync(temporary, 'wx', PRIVATE_MODE);
      try {
        writeFileSync(descriptor, bytes);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      if (file.state === 'present') chmodSync(temporary, file.mode);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncDirectory(folder);
  });
  return made;
}

/** Folders only while they are empty, innermost first. */
export function removeConfigFile(file: ConfigFile & { readonly state: 'present' }, folders: readonly string[]): void {
  attempt(file.path, 'removed', () => rmSync(file.realPath));
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Something else lives there by now: it stays.
      return;
    }
  }
}

function lookAt(path: string): { realPath: string; stats: Stats } | undefined {
  return attempt(path, 'read', () => {
    const link = lstatSync(path, { throwIfNoEntry: false });
    if (link === undefined) return undefined;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return refuse(path, 'is a link to a file that is not there');
    return { realPath: realpathSync(path), stats };
  });
}

function makeFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !isThere(at); at = dirname(at)) missing.unshift(at);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return missing;
}

/** A byte order mark is kept; bytes that are no UTF-8 would not survive. */
function decoded(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(path, 'is not written in UTF-8');
  }
}

function refuse(path: string, why: string): never {
  throw new ConnectError('file_refused', `${path} ${why}, so Gatehouse does not edit it. Put the entries in yourself.`);
}

function attempt<T>(path: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConnectError('file_failed', `${path} could not be ${what} (${code}).`, { cause: error });
  }
}
