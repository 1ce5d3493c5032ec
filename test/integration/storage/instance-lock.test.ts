import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acquireInstanceLock, InstanceLockedError, readLivingInstance } from '../../../proxy/storage/instance-lock.ts';
import { modeOf, PRIVATE_DIRECTORY, PRIVATE_FILE, steppingClock, temporaryDirectory, thrownBy } from './fixtures.ts';

const clock = steppingClock();
const BASE_URL = 'http://127.0.0.1:7420/v1';

interface Answer {
  readonly held: boolean;
  readonly owner?: { pid: number; baseUrl?: string };
  readonly message?: string;
}

async function holdInChild(dataDir: string, baseUrl?: string): Promise<{ child: ChildProcess; answer: Answer }> {
  const script = join(import.meta.dirname, 'hold-lock.ts');
  const child = fork(script, baseUrl === undefined ? [dataDir] : [dataDir, baseUrl], { execArgv: [] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof answer !== 'object') throw new Error(`the child ended with ${answer} before it answered`);
  return { child, answer: answer as Answer };
}

function lockForTest(dataDir: string) {
  const lock = acquireInstanceLock({ dataDir, clock });
  onTestFinished(() => lock.release());
  return lock;
}

describe('the instance lock', () => {
  test('a second process is told who the first one is', async () => {
    const dataDir = temporaryDirectory();
    const { child, answer } = await holdInChild(dataDir, BASE_URL);
    expect(answer.held).toBe(true);
    const error = thrownBy(() => acquireInstanceLock({ dataDir, clock }));
    expect(error).toBeInstanceOf(InstanceLockedError);
    expect(error).toMatchObject({ owner: { pid: child.pid, baseUrl: BASE_URL } });
    expect((error as Error).message).toContain(`process ${child.pid}, ${BASE_URL}`);
    expect((error as Error).message).toContain(dataDir);
    expect(readLivingInstance(dataDir)).toMatchObject({ pid: child.pid });
  });

  test('the first one holds against a child, and lets go on release', async () => {
    const dataDir = temporaryDirectory();
    const lock = lockForTest(dataDir);
    const refused = await holdInChild(dataDir);
    expect(refused.answer).toMatchObject({ held: false, owner: { pid: process.pid } });
    expect(refused.answer.owner?.baseUrl).toBeUndefined();
    lock.release();
    lock.release();
    const { answer } = await holdInChild(dataDir);
    expect(answer.held).toBe(true);
  });

  test('a holder that is killed leaves no stale lock, only a file that the next one overwrites', async () => {
    const dataDir = temporaryDirectory();
    for (let round = 0; round < 3; round += 1) {
      const { child, answer } = await holdInChild(dataDir, BASE_URL);
      expect(answer.held).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(readLivingInstance(dataDir)).toBeUndefined();
    lockForTest(dataDir);
    expect(readLivingInstance(dataDir)).toEqual({ pid: process.pid, startedAtMs: expect.any(Number) });
    expect(readdirSync(dataDir).sort()).toEqual(['gatehouse.lock', 'gatehouse.lock.json']);
  });

  test('of many that start at once exactly one holds it', async () => {
    const dataDir = temporaryDirectory();
    const answers = await Promise.all([1, 2, 3, 4].map(() => holdInChild(dataDir)));
    expect(answers.filter(({ answer }) => answer.held)).toHaveLength(1);
  });

  test('the same process cannot hold it twice', () => {
    const dataDir = temporaryDirectory();
    lockForTest(dataDir);
    expect(thrownBy(() => acquireInstanceLock({ dataDir, clock }))).toBeInstanceOf(InstanceLockedError);
  });

  test('it survives garbage collection of the handle', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows cannot remove the directory of a lock that nobody can release');
    const dataDir = temporaryDirectory();
    const { setFlagsFromString } = await import('node:v8');
    setFlagsFromString('--expose-gc');
    const { runInNewContext } = await import('node:vm');
    acquireInstanceLock({ dataDir, clock });
    for (let round = 0; round < 3; round += 1) runInNewContext('gc')();
    expect((await holdInChild(dataDir)).answer.held).toBe(false);
  });

  test('two data directories are two gateways; the files are private and gone after release', () => {
    const first = join(temporaryDirectory(), 'new', 'data');
    const lock = lockForTest(first);
    lockForTest(temporaryDirectory());
    expect(modeOf(first)).toBe(PRIVATE_DIRECTORY);
    for (const name of readdirSync(first)) expect([name, modeOf(join(first, name))]).toEqual([name, PRIVATE_FILE]);
    lock.release();
    expect(readdirSync(first)).toEqual(['gatehouse.lock']);
    expect(readFileSync(join(first, 'gatehouse.lock'), 'utf8')).toBe('');
  });

  test('an owner file that cannot be read only costs the message its details', async () => {
    const dataDir = temporaryDirectory();
    await holdInChild(dataDir, BASE_URL);
    writeFileSync(join(dataDir, 'gatehouse.lock.json'), '{"pid": "many"}');
    const error = thrownBy(() => acquireInstanceLock({ dataDir, clock })) as InstanceLockedError;
    expect(error).toBeInstanceOf(InstanceLockedError);
    expect(error.owner).toBeUndefined();
    expect(error.message).toContain('already running');
  });

  test('a lock file that is something else says which file to delete', () => {
    const dataDir = temporaryDirectory();
    writeFileSync(join(dataDir, 'gatehouse.lock'), 'not a lock '.repeat(100));
    expect(thrownBy(() => acquireInstanceLock({ dataDir, clock }))).toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining(join(dataDir, 'gatehouse.lock')),
    });
  });
});
