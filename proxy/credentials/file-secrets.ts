/** Credentials that a person keeps in files of their own (`file:<path>`), read again when the file changes. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { isSystemError } from './atomic-write.ts';
import { assertSendable } from './check-secret.ts';
import { fileFailure } from './file-failure.ts';
import { assertOwnerOnly } from './file-permissions.ts';
import { CredentialError } from './types.ts';

const FILE_BYTES_MAX = 65_536;
/** A request does not ask the disk more often than this. */
const RECHECK_AFTER_MS = 1_000;

interface Known {
  readonly secret: string;
  readonly version: string;
  readonly checkedAtMs: number;
}

export interface FileSecrets {
  /** Undefined: the file is not there or empty. Throws `denied` when others may read it, `invalid` when it holds no key. */
  read(path: string): Promise<string | undefined>;
  forget(): void;
}

export function createFileSecrets(clock: Clock): FileSecrets {
  const known = new Map<string, Known>();

  async function readNow(path: string, before: Known | undefined): Promise<string | undefined> {
    const checkedAtMs = clock.monotonicMs();
    const stats = await stat(path);
    // Opening a pipe or a device could wait for ever.
    if (!stats.isFile())
      throw new CredentialError('invalid', `${path} is not a file. Point file: at a file that holds the key alone.`);
    assertOwnerOnly(stats, path);
    if (stats.size > FILE_BYTES_MAX) throw new CredentialError('invalid', `${path} is too large to be a key.`);
    const version = `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
    if (before?.version === version) {
      known.set(path, { ...before, checkedAtMs });
      return before.secret;
    }
    const secret = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
    known.delete(path);
    if (secret === '') return undefined;
    assertSendable(secret, `The content of ${path}`);
    known.set(path, { secret, version, checkedAtMs });
    return secret;
  }

  return {
    async read(written) {
      const path = written.startsWith('~/') ? resolve(homedir(), written.slice(2)) : resolve(written);
      const before = known.get(path);
      if (before !== undefined && clock.monotonicMs() - before.checkedAtMs < RECHECK_AFTER_MS) return before.secret;
      try {
        return await readNow(path, before);
      } catch (error) {
        known.delete(path);
        if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
        throw fileFailure(error, 'read', path);
      }
    },
    forget: () => known.clear(),
  };
}
