import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkConfigOf } from '../../../proxy/cli/doctor/check-config.ts';
import { checkDataDir } from '../../../proxy/cli/doctor/check-data-dir.ts';
import { checkSetAside } from '../../../proxy/cli/doctor/check-database.ts';
import { checkNetworkSettings, checkNode, checkTime } from '../../../proxy/cli/doctor/check-machine.ts';
import { checkPort } from '../../../proxy/cli/doctor/check-port.ts';
import { setAside } from '../../../proxy/storage/set-aside.ts';
import { freshDir, run } from '../../support/cli/captured-io.ts';

/** Without D-Bus: the keychain of the person who runs these tests is not to be touched. */
beforeEach(() => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
  vi.stubEnv('XDG_RUNTIME_DIR', undefined);
});

test.each([
  ['v24.21.0', 'ok'],
  ['v22.12.0', 'ok'],
  ['v22.11.9', 'fail'],
  ['v20.20.0', 'fail'],
])('Node %s: %s', (version, state) => {
  expect(checkNode(version).state).toBe(state);
});

test('the time zone is named with its source; an absurd clock fails', () => {
  const noon = Date.UTC(2026, 6, 1, 10);
  expect(checkTime('Asia/Tokyo', noon)).toMatchObject({
    state: 'ok',
    message: expect.stringMatching(/Asia\/Tokyo.*config.*19:00/),
  });
  expect(checkTime(undefined, noon).message).toContain('of this system');
  expect(checkTime(undefined, 0).state).toBe('fail');
});

describe('network settings', () => {
  test.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['nothing set', {}, ['network ok']],
    ['a proxy that swallows loopback', { HTTPS_PROXY: 'http://u:canary@p:1' }, ['proxy ok', 'no_proxy warn']],
    ['a proxy with exceptions', { https_proxy: 'http://p:1', NO_PROXY: 'x, localhost,127.0.0.1' }, ['proxy ok']],
    ['a proxy nobody uses', { HTTP_PROXY: 'http://p:1', no_proxy: '*' }, ['proxy ok']],
    ['a missing CA file', { NODE_EXTRA_CA_CERTS: '/nowhere.pem' }, ['ca fail']],
    ['checks turned off', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, ['tls fail']],
  ])('%s', async (_name, env, expected) => {
    const findings = await checkNetworkSettings(env);
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual(expected);
    expect(JSON.stringify(findings)).not.toContain('canary');
    for (const finding of findings) if (finding.state !== 'ok') expect(finding.todo).toBeTruthy();
  });
});

describe('the data directory', () => {
  test('private is ok, open to others is a warning with the command, absent will be made', () => {
    const dir = freshDir();
    expect(checkDataDir(dir)[0]).toMatchObject({ check: 'data_dir', state: 'ok' });
    expect(checkDataDir(join(dir, 'deep/er'))[0]).toMatchObject({
      state: 'ok',
      message: expect.stringContaining('will be made'),
    });
    if (process.platform === 'win32') return;
    chmodSync(dir, 0o755);
    expect(checkDataDir(dir)[0]).toMatchObject({ state: 'warn', todo: `Run: chmod 700 "${dir}"` });
  });

  test('a file in its place fails', () => {
    const path = join(freshDir(), 'file');
    writeFileSync(path, '');
    expect(checkDataDir(path)).toMatchObject([{ state: 'fail', message: expect.stringContaining('is a file') }]);
  });
});

test('a port is free, or in use by a program with a name and a process', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const taken = await checkPort('127.0.0.1', port);
  expect(taken).toMatchObject({ state: 'fail', todo: expect.stringContaining('--port') });
  if (process.platform === 'linux') expect(taken.message).toContain(`process ${process.pid}`);
  await new Promise((resolve) => server.close(resolve));
  expect(await checkPort('127.0.0.1', port)).toMatchObject({ state: 'ok' });
  expect(await checkPort('127.0.0.1', 0)).toMatchObject({ state: 'ok' });
});

test('a ledger that was set aside is told of, with the file', () => {
  const dir = freshDir();
  const path = join(dir, 'gatehouse.sqlite');
  writeFileSync(path, 'damaged');
  setAside(path, 'bad page', Date.UTC(2026, 0, 2));
  expect(checkSetAside(dir)).toMatchObject([
    { state: 'warn', message: expect.stringMatching(/2026-01-02.*corrupt-.*bad page/) },
  ]);
});

describe('the config', () => {
  test('of a file: holds, does not hold, misses a variable', async () => {
    const dir = freshDir();
    const good = join(dir, 'good.yaml');
    const bad = join(dir, 'bad.yaml');
    writeFileSync(good, 'version: 1\naccessKeys: [{ id: cli, value: "env:CLI_KEY" }]\n');
    writeFileSync(bad, 'version: 3\n');
    expect((await checkConfigOf(good, undefined, { CLI_KEY: 'x' })).findings.map(({ state }) => state)).toEqual(['ok']);
    expect((await checkConfigOf(good, undefined, {})).findings.map(({ state }) => state)).toEqual(['ok', 'warn']);
    expect((await checkConfigOf(bad, undefined, {})).findings.map(({ state }) => state)).toEqual(['fail']);
  });

  test('the default, before anything is stored', async () => {
    expect(await checkConfigOf(undefined, undefined, {})).toMatchObject({ config: { server: { port: 7420 } } });
  });
});

test('the whole of it, on a fresh directory: no failure of ours, every line has a state', async () => {
  const dataDir = join(freshDir(), 'data');
  const config = join(freshDir(), 'a.yaml');
  writeFileSync(config, 'version: 1\nserver: { port: 0 }\n');
  const result = await run(['doctor', '--data-dir', dataDir, '--config', config, '--json']);
  const { ok, findings } = JSON.parse(result.out);
  expect(findings.filter((finding: { state: string }) => finding.state === 'fail')).toEqual([]);
  expect(result).toMatchObject({ code: 0, err: '' });
  expect(ok).toBe(true);
  const checks = new Set(findings.map((finding: { check: string }) => finding.check));
  for (const check of ['node', 'data_dir', 'disk', 'database', 'config', 'time', 'keychain', 'gateway', 'port']) {
    expect(checks).toContain(check);
  }
});

test('a failure is exit code 3, and says what to do', async () => {
  const dataDir = freshDir();
  mkdirSync(join(dataDir, 'gatehouse.sqlite'));
  const result = await run(['doctor', '--data-dir', dataDir]);
  expect(result.code).toBe(3);
  expect(result.out).toMatch(/^fail {2}database/m);
  expect(result.out).toContain('-> ');
});
