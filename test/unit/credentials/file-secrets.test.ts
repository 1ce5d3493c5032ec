import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createFileSecrets } from '../../../proxy/credentials/file-secrets.ts';
import { CANARY, failureOf, movedClock, temporaryFolder } from './support.ts';

function privateFile(content: string): string {
  const path = join(temporaryFolder(), 'key.txt');
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

describe('a credential in a file of one’s own', () => {
  test.each([
    ['no line end', CANARY, CANARY],
    ['one line end', `${CANARY}\n`, CANARY],
    ['a Windows line end', `${CANARY}\r\n`, CANARY],
    ['nothing', '', undefined],
    ['only a line end', '\n', undefined],
  ])('with %s', async (_what, content, secret) => {
    expect(await createFileSecrets(movedClock()).read(privateFile(content))).toBe(secret);
  });

  test('that is not there is missing, not an error', async () => {
    expect(await createFileSecrets(movedClock()).read(join(temporaryFolder(), 'none'))).toBeUndefined();
  });

  test.each([
    ['two line ends', `${CANARY}\n\n`],
    ['several lines', `${CANARY}\n${CANARY}\n`],
    ['bytes that are no text', `${CANARY}\u0001`],
  ])('with %s is refused without being quoted', async (_what, content) => {
    expect((await failureOf(createFileSecrets(movedClock()).read(privateFile(content)))).reason).toBe('invalid');
  });

  test.runIf(process.platform !== 'win32')('that begins with ~/ is looked for at home', async () => {
    const path = privateFile(CANARY);
    vi.stubEnv('HOME', dirname(path));
    expect(await createFileSecrets(movedClock()).read('~/key.txt')).toBe(CANARY);
  });

  test('that is a folder is refused', async () => {
    expect((await failureOf(createFileSecrets(movedClock()).read(temporaryFolder()))).reason).toBe('invalid');
  });

  test.runIf(process.platform !== 'win32').each([0o640, 0o604, 0o620, 0o644])(
    'that others can use (mode %o) is refused with the command that mends it',
    async (mode) => {
      const path = privateFile(CANARY);
      chmodSync(path, mode);
      const failure = await failureOf(createFileSecrets(movedClock()).read(path));
      expect(failure.reason).toBe('denied');
      expect(failure.message).toContain(`chmod 600 ${path}`);
    },
  );

  test('is read again when it changed, and not asked for at every request', async () => {
    const clock = movedClock();
    const files = createFileSecrets(clock);
    const path = privateFile('first-secret');
    expect(await files.read(path)).toBe('first-secret');
    writeFileSync(path, 'other-secret');
    utimesSync(path, 5, 5);
    expect(await files.read(path)).toBe('first-secret');
    clock.advance(1_500);
    expect(await files.read(path)).toBe('other-secret');
    rmSync(path);
    clock.advance(1_500);
    expect(await files.read(path)).toBeUndefined();
    mkdirSync(path);
    expect((await failureOf(files.read(path))).reason).toBe('invalid');
  });
});
