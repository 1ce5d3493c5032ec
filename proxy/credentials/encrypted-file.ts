/** Secrets in `<dataDir>/credentials.enc`, for systems where no keychain answers. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { isSystemError, isTemporaryFor, replaceFile } from './atomic-write.ts';
import { fileFailure } from './file-failure.ts';
import { masterKeyFromPassphrase, newPassphraseSource, readKeyFile, readOrCreateKeyFile } from './master-key.ts';
import { type KeySource, keyFits, readSealed, type SealedFile, seal, unseal } from './sealed-format.ts';
import { createSerialQueue } from './serial-queue.ts';
import { CredentialError } from './types.ts';
import { withWriteLock } from './write-lock.ts';

const FILE_NAME = 'credentials.enc';
const KEY_FILE_NAME = 'credentials.key';
const LOCK_FILE_NAME = 'credentials.lock';

export type EncryptedFileState =
  | { readonly kind: 'absent'; readonly protection: KeySource['kind'] }
  | { readonly kind: 'open'; readonly protection: KeySource['kind'] }
  | { readonly kind: 'closed'; readonly failure: CredentialError };

export interface EncryptedFile {
  readonly path: string;
  /** Never throws. */
  state(): Promise<EncryptedFileState>;
  /** Undefined: not in there. Throws CredentialError when the file cannot be opened. */
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
  /** Opens a file that has a passphrase; gives one to a file that does not exist yet. Throws `wrong_passphrase`, `invalid`. */
  unlock(passphrase: string): Promise<void>;
  /** Waits for a write under way and forgets keys and secrets. */
  close(): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly passphrase?: string | undefined;
  readonly lockWaitMs: number;
}

/** The key in use; `source` goes into the header of every version written. */
interface Key {
  readonly master: Buffer;
  readonly source: KeySource;
}

interface Content {
  readonly text: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly key: Key;
}

export function createEncryptedFile(options: Options): EncryptedFile {
  const { dataDir, clock, lockWaitMs } = options;
  const path = join(dataDir, FILE_NAME);
  const keyPath = join(dataDir, KEY_FILE_NAME);
  const queue = createSerialQueue();
  let passphrase = options.passphrase;
  /** What was last read or written, so that an unchanged file is not opened again. */
  let content: Content | undefined;
  /** A passphrase that did not fit, so that it is not tried again on the same file: each try costs 128 MB. */
  let refused: { readonly text: string; readonly failure: CredentialError } | undefined;

  async function readText(): Promise<string | undefined> {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      throw fileFailure(error, 'read', path);
    }
  }

  /** The file as it is now; undefined when there is none. */
  async function load(): Promise<Content | undefined> {
    const text = await readText();
    if (text === undefined) {
      content = undefined;
    } else if (content?.text !== text) {
      const file = readSealed(text, path);
      const key = await keyFor(file, text);
      content = { text, secrets: unseal(file, key.master, path), key };
    }
    return content;
  }

  async function keyFor(file: SealedFile, text: string): Promise<Key> {
    if (content !== undefined && keyFits(file, content.key.master)) return { ...content.key, source: file.key };
    if (file.key.kind === 'file') return { master: await keyFileFor(file), source: file.key };
    if (passphrase === undefined) {
      throw new CredentialError(
        'locked',
        `${path} is locked. Enter its passphrase, or set GATEHOUSE_PASSPHRASE and restart.`,
      );
    }
    if (refused?.text === text) throw refused.failure;
    const master = await masterKeyFromPassphrase(passphrase, file.key);
    if (keyFits(file, master)) return { master, source: file.key };
    const failure = wrongPassphrase(path);
    refused = { text, failure };
    throw failure;
  }

  async function keyFileFor(file: SealedFile): Promise<Buffer> {
    const master = await readKeyFile(keyPath);
    if (master !== undefined && keyFits(file, master)) return master;
    const trouble =
      master === undefined ? `its key file ${keyPath} is gone` : `${keyPath} is not the key it was written with`;
    throw new CredentialError(
      'corrupt',
      `${path} cannot be opened: ${trouble}. Put the key file back from a backup, or move ${path} away and enter the keys again.`,
    );
  }

  async function newKey(): Promise<Key> {
    if (passphrase === undefined) return { master: await readOrCreateKeyFile(keyPath), source: { kind: 'file' } };
    const source = newPassphraseSource();
    return { master: await masterKeyFromPassphrase(passphrase, source), source };
  }

  async function write(secrets: ReadonlyMap<string, string>, key: Key): Promise<void> {
    const text = seal(secrets, key.master, key.source);
    await replaceFile(path, text);
    content = { text, secrets, key };
  }

  /** Under the lock nobody else is writing: what looks unfinished was left by a process that was killed. */
  async function removeLeftovers(): Promise<void> {
    for (const name of await readdir(dataDir)) {
      const leftover = isTemporaryFor(FILE_NAME, name) || isTemporaryFor(KEY_FILE_NAME, name);
      if (leftover) await rm(join(dataDir, name), { force: true });
    }
  }

  function whileLocked(work: () => Promise<void>): Promise<void> {
    return queue(async () => {
      try {
        await withWriteLock(join(dataDir, LOCK_FILE_NAME), lockWaitMs, clock, async () => {
          await removeLeftovers();
          await work();
        });
      } catch (error) {
        throw fileFailure(error, 'write', path);
      }
    });
  }

  /** False: there is no file yet. */
  async function unlockExisting(candidate: string): Promise<boolean> {
    const text = await readText();
    if (text === undefined) return false;
    const file = readSealed(text, path);
    if (file.key.kind === 'file') {
      throw new CredentialError(
        'invalid',
        `${path} needs no passphrase: its key is in ${keyPath}. Nothing was changed.`,
      );
    }
    const master = await masterKeyFromPassphrase(candidate, file.key);
    if (!keyFits(file, master)) throw wrongPassphrase(path);
    content = { text, secrets: unseal(file, master, path), key: { master, source: file.key } };
    passphrase = candidate;
    refused = undefined;
    return true;
  }

  return {
    path,

    state: () =>
      queue(async (): Promise<EncryptedFileState> => {
        try {
          const loaded = await load();
          if (loaded !== undefined) return { kind: 'open', protection: loaded.key.source.kind };
          return { kind: 'absent', protection: passphrase === undefined ? 'file' : 'passphrase' };
        } catch (error) {
          return { kind: 'closed', failure: fileFailure(error, 'read', path) };
        }
      }),

    get: (account) => queue(async () => (await load())?.secrets.get(account)),

    set: (account, secret) =>
      whileLocked(async () => {
        const loaded = await load();
        await write(new Map(loaded?.secrets).set(account, secret), loaded?.key ?? (await newKey()));
      }),

    remove: (account) =>
      whileLocked(async () => {
        const loaded = await load();
        if (loaded === undefined || !loaded.secrets.has(account)) return;
        const rest = new Map(loaded.secrets);
        rest.delete(account);
        await write(rest, loaded.key);
      }),

    async unlock(candidate) {
      if (candidate === '') throw new CredentialError('invalid', 'The passphrase is empty. Nothing was changed.');
      // Opening writes nothing, so it needs no lock and works in a read-only folder.
      if (await queue(() => unlockExisting(candidate))) return;
      await whileLocked(async () => {
        if (await unlockExisting(candidate)) return;
        const source = newPassphraseSource();
        await write(new Map(), { master: await masterKeyFromPassphrase(candidate, source), source });
        passphrase = candidate;
      });
    },

    close: () =>
      queue(async () => {
        content?.key.master.fill(0);
        content = undefined;
        passphrase = undefined;
        refused = undefined;
      }),
  };
}

function wrongPassphrase(path: string): CredentialError {
  return new CredentialError(
    'wrong_passphrase',
    `This is not the passphrase of ${path}. Nothing was changed; try again.`,
  );
}
