/** The encrypted file among real processes: killed while writing, writing at the same time, without the right to write. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createEncryptedFile } from '../../../proxy/credentials/encrypted-file.ts';
import { readSealed } from '../../../proxy/credentials/sealed-format.ts';

const WRITER = fileURLToPath(new URL('./encrypted-file-writer.ts', import.meta.url));
const SECRET_WORDS = 200_000;
const KILLS = 12;
const READS = 400;
const NOBODY = 65_534;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-encrypted-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = () => createEncryptedFile({ dataDir, clock: systemClock, lockWaitMs: 20_000 });

function start(args: readonly string[]) {
  return spawn(process.execPath, [WRITER, dataDir, ...args], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 40_000 });
}

test('a process killed while it writes leaves the old secret or the new one, and the lock to the next', async () => {
  await open().set('openai', 'before');
  await open().set('groq', 'untouched');
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = start(['endless']);
    const exited = once(child, 'exit');
    let last = -1;
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      last = Number(line);
      if (last < 2) continue;
      // A different number of turns of the event loop each time: the kill lands at a different point of the next write.
      for (let turn = 0; turn < kill * 7; turn += 1) await new Promise(setImmediate);
      child.kill('SIGKILL');
      break;
    }
    await exited;
    const file = open();
    const secret = await file.get('openai');
    const round = Number(secret?.split(' ')[0]);
    expect(round).toBeGreaterThanOrEqual(last);
    expect(secret).toBe(`${round} `.repeat(SECRET_WORDS).trim());
    expect(await file.get('groq')).toBe('untouched');
  }
  await open().set('after', 'works');
  expect(readdirSync(dataDir).filter((name) => name.startsWith('credentials.enc'))).toEqual(['credentials.enc']);
});

test('whoever reads while it is written sees a whole file, at every moment', async () => {
  const path = join(dataDir, 'credentials.enc');
  await open().set('openai', 'before');
  const child = start(['endless']);
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const seen = new Set<string>();
  for (let read = 0; read < READS; read += 1) {
    const content = readFileSync(path, 'utf8');
    readSealed(content, path);
    seen.add(content);
  }
  child.kill('SIGKILL');
  await exited;
  expect(seen.size).toBeGreaterThan(1);
});

test('two processes that write at once lose nothing of each other, also when both have to make the key', async () => {
  const children = ['one', 'two'].map((name) => start(['many', name, '25']));
  const codes = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(codes).toEqual([
    [0, null],
    [0, null],
  ]);
  const file = open();
  for (const name of ['one', 'two']) {
    for (let index = 0; index < 25; index += 1) expect(await file.get(`${name}-${index}`)).toBe(`secret ${index}`);
  }
});

const isRoot = process.getuid?.() === 0;

test.runIf(process.platform !== 'win32')(
  'a folder that cannot be written to is told; what is in it stays readable',
  async () => {
    await open().set('openai', 'before');
    const before = readFileSync(join(dataDir, 'credentials.enc'));
    // Root may write anywhere, so there the attempt is made by an account that may not.
    if (isRoot) for (const name of ['.', ...readdirSync(dataDir)]) chownSync(join(dataDir, name), NOBODY, NOBODY);
    chmodSync(dataDir, 0o500);
    try {
      const child = start(isRoot ? ['once', String(NOBODY)] : ['once']);
      const outcome = JSON.parse(await text(child.stdout)) as { reason?: string; message?: string; found?: string };
      expect(outcome).toMatchObject({ reason: 'read_only', found: 'before' });
      expect(outcome.message).toContain('must be writable');
      expect(readFileSync(join(dataDir, 'credentials.enc'))).toEqual(before);
    } finally {
      chmodSync(dataDir, 0o700);
    }
  },
);
