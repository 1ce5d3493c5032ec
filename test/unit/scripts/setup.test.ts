import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chooseHost } from '../../../scripts/lib/choose-host.mjs';
import { agrees } from '../../../scripts/lib/install.mjs';
import { exitCodeOf, runQuietly } from '../../../scripts/lib/run.mjs';

describe('what is installed', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/mac-only': { version: '1.0.0', optional: true },
    },
  };
  const a = { 'node_modules/a': { version: '1.2.3' } };
  test.each([
    ['nothing', undefined, false],
    ['no packages', {}, false],
    ['all of it', { packages: a }, true],
    ['another version', { packages: { 'node_modules/a': { version: '1.2.4' } } }, false],
    ['one missing', { packages: {} }, false],
    [
      'an optional one in another version',
      { packages: { ...a, 'node_modules/mac-only': { version: '2.0.0' } } },
      false,
    ],
    ['one that was removed since', { packages: { ...a, 'node_modules/b': { version: '1.0.0' } } }, false],
    ['the pinned Node’s own binary package', { packages: { ...a, 'node_modules/node/node_modules/x': {} } }, true],
  ])('%s', (_what, installed, expected) => {
    expect(agrees(wanted, installed)).toBe(expected);
  });
});

interface Surroundings {
  readonly headlessAsked: boolean;
  readonly platform: NodeJS.Platform;
  readonly asRoot: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly obtainElectron: () => Promise<string | undefined>;
}

describe('where npm start runs the gateway', () => {
  const here: Surroundings = {
    headlessAsked: false,
    platform: 'linux',
    asRoot: false,
    env: { DISPLAY: ':0' },
    obtainElectron: async () => '/electron',
  };
  const neverAsked = async (): Promise<string | undefined> => {
    throw new Error('the binary was asked for though it cannot be used');
  };
  const cases: [string, Partial<Surroundings>, object][] = [
    ['a desktop with the binary', {}, { host: 'electron', executable: '/electron' }],
    ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, { host: 'electron', executable: '/electron' }],
    ['macOS needs no display variable', { platform: 'darwin', env: {} }, { host: 'electron', executable: '/electron' }],
    [
      'headless on request says nothing',
      { headlessAsked: true, obtainElectron: neverAsked },
      { host: 'headless', why: undefined },
    ],
    ['no display', { env: {}, obtainElectron: neverAsked }, { host: 'headless', why: 'there is no display here' }],
    [
      'root',
      { asRoot: true, obtainElectron: neverAsked },
      { host: 'headless', why: 'Electron does not run as root with its sandbox on' },
    ],
    [
      'no binary',
      { obtainElectron: async () => undefined },
      { host: 'headless', why: "Electron's binary could not be had (tried at most once a day)" },
    ],
  ];
  test.each(cases)('%s', async (_what, change, expected) => {
    expect(await chooseHost({ ...here, ...change })).toEqual(expected);
  });
});

describe('running programs', () => {
  test('exit codes are those a shell would report', () => {
    expect([exitCodeOf(0, null), exitCodeOf(3, null), exitCodeOf(null, 'SIGTERM')]).toEqual([0, 3, 143]);
  });

  test('output is kept, and a program that does not exist is said', async () => {
    const printed = await runQuietly(process.execPath, ['-e', 'console.log(1); process.exit(4)'], {
      timeoutMs: 10_000,
    });
    expect(printed).toEqual({ code: 4, output: '1\n', timedOut: false });
    const missing = await runQuietly('/no/such/program', [], { timeoutMs: 10_000 });
    expect(missing).toMatchObject({ code: 127, timedOut: false });
  });

  test.skipIf(process.platform === 'win32')('past its limit a program is killed with its children', async () => {
    // The one in the background holds stdout too: the run ends only when both are gone.
    const { output, timedOut } = await runQuietly('sh', ['-c', 'sleep 300 & echo up; wait'], { timeoutMs: 1_500 });
    expect({ output, timedOut }).toEqual({ output: 'up\n', timedOut: true });
  });

  test.skipIf(process.platform === 'win32')('a signal is passed on, and the exit code handed back', async () => {
    const runner = fileURLToPath(new URL('../../../scripts/lib/run.mjs', import.meta.url));
    const program = "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000);";
    const script = `
      import { runInPlace } from ${JSON.stringify(runner)};
      const { code } = await runInPlace(process.execPath, ['-e', ${JSON.stringify(program)}]);
      process.exitCode = code;`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  test.skipIf(process.platform === 'win32')('a signal during a step ends the step and the script', async () => {
    const runner = fileURLToPath(new URL('../../../scripts/lib/run.mjs', import.meta.url));
    const script = `
      import { runQuietly } from ${JSON.stringify(runner)};
      await runQuietly('sh', ['-c', 'echo up; sleep 300'], { timeoutMs: 60_000, echo: true });
      console.log('went on');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(printed).toBe('up\n');
  });
});
