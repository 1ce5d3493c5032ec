/**
 * The bytes of credentials.enc, three lines of text:
 *   1. a JSON header: version, where the key comes from, salt, nonce, key check
 *   2. base64 of AES-256-GCM(accounts as JSON) + tag, with line 1 as authenticated data
 *   3. SHA-256 of the first two lines, in hex
 * Line 3 tells damage apart from a wrong passphrase; the key check tells a wrong passphrase apart from tampering.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { CredentialError } from './types.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CHECK_BYTES = 16;

const base64 = (bytes: number) => z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes);

/** Bounded: scrypt's memory is 128 * n * r bytes, and an edited header must not make us allocate a fortune. */
const keySource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file') }),
  z.strictObject({
    kind: z.literal('passphrase'),
    kdf: z.literal('scrypt'),
    n: z
      .int()
      .min(1 << 14)
      .max(1 << 20)
      .refine((n) => (n & (n - 1)) === 0),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(4),
    salt: base64(16),
  }),
]);
export type KeySource = z.infer<typeof keySource>;
export type PassphraseSource = Extract<KeySource, { kind: 'passphrase' }>;

const header = z.strictObject({
  format: z.literal('gatehouse-credentials'),
  version: z.literal(1),
  key: keySource,
  check: base64(CHECK_BYTES),
  nonce: base64(NONCE_BYTES),
});

const accounts = z.record(z.string(), z.string());

/** A file whose outside is whole: its damage would show, its content is still closed. */
export interface SealedFile {
  readonly key: KeySource;
  readonly check: Buffer;
  readonly nonce: Buffer;
  readonly headerLine: string;
  readonly sealed: Buffer;
}

/** Seals the accounts under a 32-byte master key, with a nonce of its own each time. */
export function seal(secrets: ReadonlyMap<string, string>, master: Buffer, key: KeySource): string {
  const nonce = randomBytes(NONCE_BYTES);
  const headerLine = JSON.stringify({
    format: 'gatehouse-credentials',
    version: 1,
    key,
    check: keyCheck(master).toString('base64'),
    nonce: nonce.toString('base64'),
  } satisfies z.infer<typeof header>);
  const cipher = createCipheriv(CIPHER, subkey(master, 'encrypt', KEY_BYTES), nonce);
  cipher.setAAD(Buffer.from(headerLine));
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(Object.fromEntries(secrets)), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const body = `${headerLine}\n${sealed.toString('base64')}\n`;
  return `${body}${checksum(body)}\n`;
}

/** Reads the outside. Throws `corrupt` for anything that is not exactly what `seal` wrote. */
export function readSealed(text: string, path: string): SealedFile {
  const [headerLine = '', sealedLine = '', sum, end, ...more] = text.split('\n');
  const whole = end === '' && more.length === 0 && sum === checksum(`${headerLine}\n${sealedLine}\n`);
  if (!whole) throw corrupt(path);
  const parsed = header.safeParse(parseJson(headerLine));
  if (!parsed.success) {
    if (isNewerVersion(headerLine)) {
      throw new CredentialError(
        'corrupt',
        `${path} was written by a newer Gatehouse. Update Gatehouse to use it; nothing was changed.`,
      );
    }
    throw corrupt(path);
  }
  return {
    key: parsed.data.key,
    check: Buffer.from(parsed.data.check, 'base64'),
    nonce: Buffer.from(parsed.data.nonce, 'base64'),
    headerLine,
    sealed: Buffer.from(sealedLine, 'base64'),
  };
}

/** Whether this is the key the file was sealed with. */
export function keyFits(file: SealedFile, master: Buffer): boolean {
  return timingSafeEqual(file.check, keyCheck(master));
}

/** Opens a file whose key fits. Throws `corrupt` when the content was tampered with. */
export function unseal(file: SealedFile, master: Buffer, path: string): Map<string, string> {
  if (file.sealed.length < TAG_BYTES) throw corrupt(path);
  const decipher = createDecipheriv(CIPHER, subkey(master, 'encrypt', KEY_BYTES), file.nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(file.headerLine));
  decipher.setAuthTag(file.sealed.subarray(-TAG_BYTES));
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(file.sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // Node says only "unable to authenticate data"; ours says what to do.
    throw corrupt(path);
  }
  const parsed = accounts.safeParse(parseJson(plain.toString('utf8')));
  if (!parsed.success) throw corrupt(path);
  return new Map(Object.entries(parsed.data));
}

export function corrupt(path: string): CredentialError {
  return new CredentialError(
    'corrupt',
    `${path} is damaged or was edited, and cannot be opened. It is kept as it is: restore it from a backup, or move it away and enter the keys again.`,
  );
}

function keyCheck(master: Buffer): Buffer {
  return subkey(master, 'check', CHECK_BYTES);
}

function subkey(master: Buffer, purpose: 'encrypt' | 'check', bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `gatehouse credentials ${purpose}`, bytes));
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Undefined for what is no JSON: the schemas refuse that in the next step. A parse error would quote the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNewerVersion(headerLine: string): boolean {
  const outline = z.object({ format: z.literal('gatehouse-credentials'), version: z.int().min(2) });
  return outline.safeParse(parseJson(headerLine)).success;
}
