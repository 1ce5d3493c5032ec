/** The earlier bytes of files that were edited, in the data directory, readable by the person only. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrivateDirectory, syncDirectory } from '../../storage/private-files.ts';
import { ConnectError } from '../errors.ts';
import { sha256Of } from './config-file.ts';

export interface Backups {
  /** Gives its name; the bytes are on disk when this returns. */
  keep(tool: string, text: string): string;
  /** Throws ConnectError `file_failed` when it is gone or its bytes are not the ones that were kept. */
  read(name: string, sha256: string): string;
  pathOf(name: string): string;
  remove(name: string): void;
}

const FOLDER = 'connect-backups';

export function createBackups(dataDir: string, nowMs: () => number): Backups {
  const folder = join(dataDir, FOLDER);
  const pathOf = (name: string): string => join(folder, name);
  return {
    pathOf,
    keep(tool, text) {
      ensurePrivateDirectory(folder);
      const stem = `${tool}-${new Date(nowMs()).toISOString().replaceAll(/[:.]/g, '-')}-${sha256Of(text).slice(0, 12)}`;
      for (let count = 0; ; count += 1) {
        const name = count === 0 ? `${stem}.bak` : `${stem}-${count}.bak`;
        if (write(pathOf(name), text)) {
          syncDirectory(folder);
          return name;
        }
      }
    },
    read(name, sha256) {
      let text: string;
      try {
        text = readFileSync(pathOf(name), 'utf8');
      } catch (error) {
        throw damaged(`The backup ${pathOf(name)} could not be read.`, error);
      }
      if (sha256Of(text) !== sha256) throw damaged(`The backup ${pathOf(name)} is not what was kept there.`);
      return text;
    },
    remove(name) {
      rmSync(pathOf(name), { force: true });
    },
  };
}

/** False: there is a file of that name. */
function write(path: string, text: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new ConnectError('file_failed', `The backup ${path} could not be written. Nothing was changed.`, {
      cause: error,
    });
  }
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function damaged(what: string, cause?: unknown): ConnectError {
  const message = `${what} Take the entries out of the tool’s file yourself, then connect it again.`;
  return new ConnectError('file_failed', message, { cause });
}
