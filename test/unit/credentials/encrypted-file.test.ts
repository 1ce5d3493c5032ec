import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createEncryptedFile, type EncryptedFile } from '../../../proxy/credentials/encrypted-file.ts';
import { filesContaining } from '../../support/keyring-files.ts';
import { CANARY, failureOf, temporaryFolder } from './support.ts';

const onPosix = process.platform !== 'win32';

function open(dataDir: string, passphrase?: string): EncryptedFile {
  return createEncryptedFile({ dataDir, clock: systemClock, passphrase, lockWaitMs: 5_000 });
}

describe('with a key file', () => {
  test('keeps secrets over a restart, private and not in clear', async () => {
    const dataDir = temporaryFolder();
    const file = open(dataDir);
    expect(await file.state()).toEqual({ kind: 'absent', protection: 'file' });
    await file.set('openai', CANARY);
    await file.set('groq', 'gsk');
    await file.set('openai', `${CANARY}2`);
    await file.remove('groq');
    await file.remove('never-there');
    const again = open(dataDir);
    expect(await again.get('openai')).toBe(`${CANARY}2`);
    expect(await again.get('groq')).toBeUndefined();
    expect(await again.state()).toEqual({ kind: 'open', protection: 'file' });
    expect(readdirSync(dataDir).sort()).toEqual(['credentials.enc', 'credentials.key']);
    expect(filesContaining(dataDir, CANARY)).toEqual([]);
    if (onPosix) {
      for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    }
  });

  test('asking for what is not there makes no file', async () => {
    const dataDir = temporaryFolder();
    expect(await open(dataDir).get('openai')).toBeUndefined();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('a key file that is gone is never replaced by a new one', async () => {
    const dataDir = temporaryFolder();
    await open(dataDir).set('openai', CANARY);
    const before = readFileSync(join(dataDir, 'credentials.enc'));
    rmSync(join(dataDir, 'credentials.key'));
    const file = open(dataDir);
    const failure = await failureOf(file.get('openai'));
    expect(failure.reason).toBe('corrupt');
    expect(failure.message).toContain('credentials.key is gone');
    expect((await failureOf(file.set('openai', 'other'))).reason).toBe('corrupt');
    expect(existsSync(join(dataDir, 'credentials.key'))).toBe(false);
    expect(readFileSync(join(dataDir, 'credentials.enc'))).toEqual(before);
  });

  test('the key file of another data directory is told apart from damage', async () => {
    const [dataDir, other] = [temporaryFolder(), temporaryFolder()];
    await open(dataDir).set('openai', CANARY);
    await open(other).set('openai', CANARY);
    writeFileSync(join(dataDir, 'credentials.key'), readFileSync(join(other, 'credentials.key')));
    expect((await failureOf(open(dataDir).get('openai'))).message).toContain('is not the key it was written with');
  });

  test.runIf(onPosix)('a key file that others can read is refused with the command that mends it', async () => {
    const dataDir = temporaryFolder();
    const keyPath = join(dataDir, 'credentials.key');
    await open(dataDir).set('openai', CANARY);
    chmodSync(keyPath, 0o640);
    const failure = await failureOf(open(dataDir).get('openai'));
    expect(failure.reason).toBe('denied');
    expect(failure.message).toContain(`chmod 600 ${keyPath}`);
    chmodSync(keyPath, 0o600);
    expect(await open(dataDir).get('openai')).toBe(CANARY);
  });

  test('a passphrase for it is refused, and changes nothing', async () => {
    const dataDir = temporaryFolder();
    const file = open(dataDir);
    await file.set('openai', CANARY);
    expect((await failureOf(file.unlock('correct horse'))).reason).toBe('invalid');
    expect(await open(dataDir).get('openai')).toBe(CANARY);
    expect(await open(dataDir, 'correct horse').get('openai')).toBe(CANARY);
  });
});

describe('with a passphrase', () => {
  test('is locked until the right one is given', async () => {
    const dataDir = temporaryFolder();
    await open(dataDir, 'correct horse').set('openai', CANARY);
    expect(readdirSync(dataDir)).toEqual(['credentials.enc']);

    const file = open(dataDir);
    expect(await file.state()).toMatchObject({ kind: 'closed', failure: { reason: 'locked' } });
    expect((await failureOf(file.get('openai'))).reason).toBe('locked');
    expect((await failureOf(file.set('openai', 'other'))).reason).toBe('locked');
    expect((await failureOf(file.unlock('wrong horse'))).reason).toBe('wrong_passphrase');
    expect((await failureOf(file.get('openai'))).reason).toBe('locked');
    await file.unlock('correct horse');
    expect(await file.get('openai')).toBe(CANARY);
    expect((await failureOf(file.unlock('wrong horse'))).reason).toBe('wrong_passphrase');
    expect(await file.get('openai')).toBe(CANARY);
    await file.set('groq', 'gsk');
    expect(await open(dataDir, 'correct horse').get('groq')).toBe('gsk');
  });

  test('a wrong one from the environment opens nothing, overwrites nothing, and can be put right', async () => {
    const dataDir = temporaryFolder();
    await open(dataDir, 'correct horse').set('openai', CANARY);
    const before = readFileSync(join(dataDir, 'credentials.enc'));
    const file = open(dataDir, 'wrong horse');
    const refusal = await failureOf(file.get('openai'));
    expect(refusal.reason).toBe('wrong_passphrase');
    // The very same one: the passphrase is not stretched again (128 MB, a quarter of a second) for each request.
    expect(await failureOf(file.get('openai'))).toBe(refusal);
    expect((await failureOf(file.set('openai', 'other'))).reason).toBe('wrong_passphrase');
    expect((await failureOf(file.remove('openai'))).reason).toBe('wrong_passphrase');
    expect(readFileSync(join(dataDir, 'credentials.enc'))).toEqual(before);
    await file.unlock('correct horse');
    expect(await file.get('openai')).toBe(CANARY);
  });

  test('unlock gives a passphrase to a file that does not exist yet', async () => {
    const dataDir = temporaryFolder();
    const file = open(dataDir);
    await file.unlock('correct horse');
    expect(await file.state()).toEqual({ kind: 'open', protection: 'passphrase' });
    expect(await open(dataDir).state()).toMatchObject({ kind: 'closed', failure: { reason: 'locked' } });
    await file.set('openai', CANARY);
    expect(existsSync(join(dataDir, 'credentials.key'))).toBe(false);
    expect(await open(dataDir, 'correct horse').get('openai')).toBe(CANARY);
  });

  test('closing forgets the passphrase and the secrets', async () => {
    const dataDir = temporaryFolder();
    const file = open(dataDir, 'correct horse');
    await file.set('openai', CANARY);
    await file.close();
    expect((await failureOf(file.get('openai'))).reason).toBe('locked');
  });
});

describe('damage', () => {
  test.each([
    ['cut short', (path: string) => truncateSync(path, 100)],
    ['emptied', (path: string) => truncateSync(path, 0)],
    ['overwritten', (path: string) => writeFileSync(path, 'not ours')],
    ['binary', (path: string) => writeFileSync(path, Buffer.alloc(4096, 0xff))],
  ])('a file that was %s is kept as it is, and nothing is written over it', async (_what, damage) => {
    const dataDir = temporaryFolder();
    const path = join(dataDir, 'credentials.enc');
    await open(dataDir).set('openai', CANARY);
    damage(path);
    const before = readFileSync(path);
    const file = open(dataDir);
    expect(await file.state()).toMatchObject({ kind: 'closed', failure: { reason: 'corrupt' } });
    for (const work of [file.get('openai'), file.set('openai', 'x'), file.remove('openai'), file.unlock('x')]) {
      expect((await failureOf(work)).reason).toBe('corrupt');
    }
    expect(readFileSync(path)).toEqual(before);
  });

  test('a file restored from a backup while we run is read anew', async () => {
    const dataDir = temporaryFolder();
    const path = join(dataDir, 'credentials.enc');
    const file = open(dataDir);
    await file.set('openai', CANARY);
    const backup = readFileSync(path);
    await file.set('openai', 'newer');
    truncateSync(path, 50);
    expect((await failureOf(file.get('openai'))).reason).toBe('corrupt');
    writeFileSync(path, backup);
    expect(await file.get('openai')).toBe(CANARY);
  });
});

describe('writing', () => {
  test('many at once are all kept', async () => {
    const dataDir = temporaryFolder();
    const [one, two] = [open(dataDir), open(dataDir)];
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name, index) => (index % 2 === 0 ? one : two).set(name, `secret of ${name}`)));
    const file = open(dataDir);
    for (const name of names) expect(await file.get(name)).toBe(`secret of ${name}`);
  });

  test('a failed write leaves what was there readable, and the next one works', async () => {
    const dataDir = temporaryFolder();
    const file = open(dataDir);
    await file.set('openai', CANARY);
    const [path, aside] = [join(dataDir, 'credentials.enc'), join(dataDir, 'kept')];
    const { mkdirSync, renameSync, rmdirSync } = await import('node:fs');
    renameSync(path, aside);
    mkdirSync(join(path, 'in-the-way'), { recursive: true });
    expect((await failureOf(file.set('groq', 'x'))).reason).toBe('denied');
    rmdirSync(join(path, 'in-the-way'));
    rmdirSync(path);
    renameSync(aside, path);
    expect(await file.get('openai')).toBe(CANARY);
    await file.set('groq', 'gsk');
    expect(await file.get('groq')).toBe('gsk');
  });

  test('what a killed process left behind is cleared away by the next write', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'credentials.enc.0123456789ab.tmp'), 'half');
    writeFileSync(join(dataDir, 'credentials.lock'), '2147483646 of-a-dead-process');
    await open(dataDir).set('openai', CANARY);
    expect(readdirSync(dataDir).sort()).toEqual(['credentials.enc', 'credentials.key']);
  });

  test('a lock with our own pid that we do not hold is a leftover too, as in a restarted container', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'credentials.lock'), `${process.pid} of-an-earlier-life`);
    await open(dataDir).set('openai', CANARY);
    expect(existsSync(join(dataDir, 'credentials.lock'))).toBe(false);
  });

  test('a lock held by a live process is waited for, then named', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'credentials.lock'), `${process.ppid} alive`);
    const file = createEncryptedFile({ dataDir, clock: systemClock, lockWaitMs: 50 });
    const failure = await failureOf(file.set('openai', CANARY));
    expect(failure.reason).toBe('timed_out');
    expect(failure.message).toContain(`pid ${process.ppid}`);
  });
});
