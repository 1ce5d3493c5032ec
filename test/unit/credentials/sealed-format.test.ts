import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type KeySource, keyFits, readSealed, seal, unseal } from '../../../proxy/credentials/sealed-format.ts';
import { CANARY, failureOf } from './support.ts';

const PATH = '/data/credentials.enc';
const FROM_FILE: KeySource = { kind: 'file' };
const master = randomBytes(32);
const secrets = new Map([
  ['openai', CANARY],
  ['groq', 'gsk-1'],
]);

const reasonOf = async (work: () => unknown): Promise<string> => (await failureOf(Promise.resolve().then(work))).reason;

describe('the sealed file', () => {
  test('opens with its key and gives back what went in', () => {
    const file = readSealed(seal(secrets, master, FROM_FILE), PATH);
    expect(file.key).toEqual(FROM_FILE);
    expect(keyFits(file, master)).toBe(true);
    expect(unseal(file, master, PATH)).toEqual(secrets);
  });

  test('another key does not fit, and would not open it', async () => {
    const file = readSealed(seal(secrets, master, FROM_FILE), PATH);
    const other = randomBytes(32);
    expect(keyFits(file, other)).toBe(false);
    expect(await reasonOf(() => unseal(file, other, PATH))).toBe('corrupt');
  });

  test('never twice the same bytes, never a secret or an account name in clear', () => {
    const [one, two] = [seal(secrets, master, FROM_FILE), seal(secrets, master, FROM_FILE)];
    expect(one).not.toBe(two);
    expect(one).not.toContain(CANARY);
    expect(one).not.toContain('openai');
    expect(one).not.toContain(Buffer.from(CANARY).toString('base64').slice(4, 20));
  });

  test('cut at any byte it is corrupt', async () => {
    const text = seal(secrets, master, FROM_FILE);
    for (let length = 0; length < text.length; length += 1) {
      expect(await reasonOf(() => readSealed(text.slice(0, length), PATH))).toBe('corrupt');
    }
  });

  test('with any byte changed it is corrupt', async () => {
    const text = seal(secrets, master, FROM_FILE);
    for (let at = 0; at < text.length; at += 1) {
      const edited = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      expect(await reasonOf(() => readSealed(edited, PATH))).toBe('corrupt');
    }
  });

  test.each([
    ['the header', (lines: string[]) => lines[0]?.replace('"kind":"file"', '"kind": "file"'), 0],
    ['the content', (lines: string[]) => `${lines[1]?.startsWith('A') === true ? 'B' : 'A'}${lines[1]?.slice(1)}`, 1],
  ] as const)('an editor who mends the checksum after changing %s is caught by the cipher', async (_what, edit, at) => {
    const { createHash } = await import('node:crypto');
    const lines = seal(secrets, master, FROM_FILE).split('\n');
    const before = lines[at];
    lines[at] = edit(lines) ?? '';
    expect(lines[at]).not.toBe(before);
    const body = `${lines[0]}\n${lines[1]}\n`;
    const file = readSealed(`${body}${createHash('sha256').update(body).digest('hex')}\n`, PATH);
    expect(await reasonOf(() => unseal(file, master, PATH))).toBe('corrupt');
  });

  test('a header that asks for absurd amounts of memory is refused before anything is computed', async () => {
    const { createHash } = await import('node:crypto');
    const salt = Buffer.alloc(16).toString('base64');
    const greedy: KeySource = { kind: 'passphrase', kdf: 'scrypt', n: 2 ** 30, r: 8, p: 1, salt };
    const lines = seal(secrets, master, greedy).split('\n');
    const body = `${lines[0]}\n${lines[1]}\n`;
    const text = `${body}${createHash('sha256').update(body).digest('hex')}\n`;
    expect(await reasonOf(() => readSealed(text, PATH))).toBe('corrupt');
  });

  test('a file of a later version is not called damaged', async () => {
    const { createHash } = await import('node:crypto');
    const body = `${seal(secrets, master, FROM_FILE).split('\n').slice(0, 2).join('\n').replace('"version":1', '"version":2')}\n`;
    const text = `${body}${createHash('sha256').update(body).digest('hex')}\n`;
    const failure = await failureOf(Promise.resolve().then(() => readSealed(text, PATH)));
    expect(failure.message).toContain('newer Gatehouse');
  });
});
