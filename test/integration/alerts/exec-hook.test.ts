/** Real programs, run for an alert. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createExecRunner } from '../../../proxy/alerts/exec-hook.ts';
import { systemTimer } from '../../../proxy/alerts/system-timer.ts';
import type { ExecHook, Outcome } from '../../../proxy/alerts/types.ts';
import type { AlertView } from '../../../proxy/contract/alerts.ts';
import { ManualTime } from '../../support/manual-time.ts';

const ALERT: AlertView = {
  id: 'alert_1',
  atMs: 1_795_176_000_000,
  event: 'loop',
  severity: 'warning',
  title: 'A loop was stopped; $(touch pwned)',
  message: 'höchste Zeit',
  facts: {},
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-exec-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
});

function hook(script: string, ...more: string[]): ExecHook {
  const path = join(directory, 'hook.mjs');
  writeFileSync(path, `import { readFileSync, writeFileSync } from 'node:fs';\n${script}`);
  const command: ExecHook['command'] = [process.execPath, path, directory, ...more];
  return { channel: 'exec', id: 'exec:node', target: 'node', events: ['loop'], command };
}

function run(target: ExecHook, options: Partial<Parameters<typeof createExecRunner>[0]> = {}): Promise<Outcome> {
  return createExecRunner({ env: process.env, timer: systemTimer, ...options })(
    target,
    ALERT,
    new AbortController().signal,
  );
}

const written = (name: string) => readFileSync(join(directory, name), 'utf8');
const WRITES_INPUT = `writeFileSync(process.argv[2] + '/input', readFileSync(0)); `;

test('gets the event on its standard input, and its arguments as they are: no shell reads them', async () => {
  const target = hook(
    `${WRITES_INPUT} writeFileSync(process.argv[2] + '/args', JSON.stringify(process.argv.slice(3)));`,
    '$(id)',
    '; rm -rf /',
  );
  expect(await run(target)).toEqual({ ok: true, status: 0 });
  expect(JSON.parse(written('input'))).toMatchObject({ id: 'alert_1', event: 'loop', message: 'höchste Zeit' });
  expect(JSON.parse(written('args'))).toEqual(['$(id)', '; rm -rf /']);
});

test('gets a bare environment: no provider key of ours', async () => {
  const target = hook(`${WRITES_INPUT} writeFileSync(process.argv[2] + '/env', JSON.stringify(process.env));`);
  await run(target, { env: { ...process.env, OPENAI_API_KEY: 'sk-secret', HOME: directory } });
  const env: unknown = JSON.parse(written('env'));
  expect(env).toMatchObject({ GATEHOUSE_EVENT: 'loop', HOME: directory, PATH: process.env.PATH });
  expect(
    Object.keys(env as object).filter(
      (name) => !/^(PATH|HOME|GATEHOUSE_EVENT|SystemRoot|USERPROFILE|__CF.*)$/.test(name),
    ),
  ).toEqual([]);
});

describe('how it ended', () => {
  test('its exit code', async () => {
    expect(await run(hook('process.exit(3)'))).toEqual({ ok: false, status: 3, error: 'ended with exit code 3' });
  });

  test('a program that does not read its input, and one that talks without end, are fine', async () => {
    expect(await run(hook(''))).toEqual({ ok: true, status: 0 });
    const talks = hook(`for (let line = 0; line < 20000; line++) console.log('x'.repeat(1000));`);
    expect(await run(talks)).toEqual({ ok: true, status: 0 });
  });

  test('a program that leaves a long event unread', async () => {
    const runner = createExecRunner({ env: process.env, timer: systemTimer });
    const long = { ...ALERT, message: 'x'.repeat(4_000_000) };
    expect(await runner(hook(''), long, new AbortController().signal)).toEqual({ ok: true, status: 0 });
  });

  test('a program that is not there, or may not be run, in words', async () => {
    const missing: ExecHook = { ...hook(''), command: [join(directory, 'nothing')] };
    expect(await run(missing)).toEqual({
      ok: false,
      error: 'could not be started: there is no such program (give its whole path)',
    });
    const notExecutable: ExecHook = { ...hook(''), command: [join(directory, 'hook.mjs')] };
    if (process.platform !== 'win32') expect((await run(notExecutable)).error).toMatch(/may not run it/);
  });

  test('a program that was killed', async () => {
    expect(await run(hook(`process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`))).toEqual({
      ok: false,
      error: 'was ended by SIGTERM',
    });
  });
});

/** Writes its own and its child's pid, then both stay. */
const STAYS = `
  import { spawn } from 'node:child_process';
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  writeFileSync(process.argv[2] + '/pids.part', process.pid + ' ' + child.pid);
  const { renameSync } = await import('node:fs');
  renameSync(process.argv[2] + '/pids.part', process.argv[2] + '/pids');
  setInterval(() => {}, 1000);
`;

async function pids(): Promise<number[]> {
  await expect.poll(() => existsSync(join(directory, 'pids')), { timeout: 20_000 }).toBe(true);
  return written('pids').split(' ').map(Number);
}

/** A zombie that its new parent has not taken in yet is dead too. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.runIf(process.platform === 'linux')('a program that does not end', () => {
  test('is killed with all it started when its time is over', async () => {
    const time = new ManualTime();
    const outcome = run(hook(STAYS), { timer: time.timer, timeoutMs: 10_000 });
    const started = await pids();
    time.advance(10_000);
    expect(await outcome).toEqual({ ok: false, error: 'did not end within 10 s and was killed' });
    for (const pid of started) await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('is killed when the gateway closes', async () => {
    const stop = new AbortController();
    const runner = createExecRunner({ env: process.env, timer: systemTimer });
    const outcome = runner(hook(STAYS), ALERT, stop.signal);
    const started = await pids();
    stop.abort();
    expect(await outcome).toEqual({ ok: false, error: 'was ended by SIGKILL' });
    for (const pid of started) await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
