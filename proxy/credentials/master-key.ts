/** Where the encrypted file's 32-byte master key comes from: a passphrase, or a random key file beside it. */
import { randomBytes, scrypt } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createFile, isSystemError } from './atomic-write.ts';
import { fileFailure } from './file-failure.ts';
import { assertOwnerOnly } from './file-permissions.ts';
import type { PassphraseSource } from './sealed-format.ts';
import { CredentialError } from './types.ts';

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** 128 MB and about a quarter of a second a guess. */
export function newPassphraseSource(): PassphraseSource {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  return { kind: 'passphrase', kdf: 'scrypt', n: 1 << 17, r: 8, p: 1, salt };
}

/** Runs in the thread pool: the event loop goes on serving. */
export function masterKeyFromPassphrase(passphrase: string, source: PassphraseSource): Promise<Buffer> {
  const { n, r, p } = source;
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    // Normalised, so that the same letters typed on another system give the same key.
    scrypt(passphrase.normalize('NFKC'), Buffer.from(source.salt, 'base64'), KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Undefined: there is no key file. Throws `denied` (readable by others) and `corrupt` (not 32 bytes). */
export async function readKeyFile(path: string): Promise<Buffer | undefined> {
  let content: Buffer;
  try {
    assertOwnerOnly(await stat(path), path);
    content = await readFile(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw fileFailure(error, 'read', path);
  }
  const key = Buffer.from(content.toString('latin1').trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new CredentialError('corrupt', `${path} is damaged: it is not a Gatehouse key file. Restore it from a backup.`);
}

/** The key in the file, which is made (0600) when there is none. */
export async function readOrCreateKeyFile(path: string): Promise<Buffer> {
  const existing = await readKeyFile(path);
  if (existing !== undefined) return existing;
  const key = randomBytes(KEY_BYTES);
  try {
    if (await createFile(path, `${key.toString('base64')}\n`)) return key;
  } catch (error) {
    throw fileFailure(error, 'write', path);
  }
  const made = await readKeyFile(path);
  if (made !== undefined) return made;
  throw new CredentialError('corrupt', `${path} appeared and vanished while it was being made. Try again.`);
}
