/** Commands while a gateway runs on the same data directory: it stays the only writer, and takes changes at once. */
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { acquireInstanceLock } from '../../../proxy/storage/instance-lock.ts';
import { run } from '../../support/cli/captured-io.ts';
import { callStatus, ended, freshDataDir, gatehouse, type Served, serve, start } from '../../support/cli/gatehouse.ts';

describe('beside a running gateway', () => {
  const dataDir = freshDataDir();
  const at = ['--data-dir', dataDir];
  let served: Served;

  beforeAll(async () => {
    served = await serve(at);
  });
  afterAll(async () => {
    expect(await served.stop()).toBe(0);
  });

  test('a key works the moment it is made and not after it is revoked', async () => {
    const created = await run(['keys', 'create', 'editor', '--json', ...at]);
    expect(created).toMatchObject({ code: 0, err: '' });
    const { secret } = JSON.parse(created.out);
    expect(await callStatus(served.baseUrl, secret)).toBe(200);
    expect((await run(['keys', 'list', ...at])).out).toMatch(/^editor /m);
    expect((await run(['keys', 'revoke', 'editor', ...at])).code).toBe(0);
    expect(await callStatus(served.baseUrl, secret)).toBe(401);
  });

  test('a refusal of the gateway comes with its words', async () => {
    const again = await run(['keys', 'create', 'default', ...at]);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toMatch(/^gatehouse: There is already an access key "default"/);
  });

  test('the ledger is audited, exported and verified', async () => {
    expect(await callStatus(served.baseUrl, served.accessKey)).toBe(200);
    const audit = await run(['ledger', 'audit', '--json', ...at]);
    expect(audit.code).toBe(0);
    const { checkedEntries, headHash } = JSON.parse(audit.out);
    expect(checkedEntries).toBeGreaterThanOrEqual(3);
    const file = join(dirname(dataDir), 'ledger.jsonl');
    expect((await run(['ledger', 'export', '--out', file, ...at])).code).toBe(0);
    const verified = await run(['ledger', 'verify', file, '--json']);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, checkedEntries, headHash });
  });

  test('a config is checked and imported as the next version', async () => {
    const file = join(dirname(dataDir), 'new.yaml');
    writeFileSync(file, 'version: 1\nbudgets:\n  - { id: cap, scope: global, window: month, limitUsd: 20 }\n');
    const imported = await run(['config', 'import', file, ...at]);
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(imported.out).toMatch(/^Imported as config version 2:/);
    expect((await run(['config', 'export', ...at])).out).toContain('limitUsd: 20');
  });

  test('doctor finds it, asks it, and calls the simulator through it', async () => {
    const result = await run(['doctor', '--json', ...at]);
    const { findings } = JSON.parse(result.out);
    const of = (check: string) => findings.find((finding: { check: string }) => finding.check === check);
    expect(of('gateway')).toMatchObject({ state: 'ok', message: expect.stringContaining(served.baseUrl) });
    expect(of('simulator')).toMatchObject({ state: 'ok', message: expect.stringContaining('answers') });
    expect(of('ledger')).toMatchObject({ state: 'ok' });
    expect(of('port')).toBeUndefined();
    expect(result.code).toBe(0);
  });

  test('its control token is private', () => {
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'control.json')).mode & 0o777).toBe(0o600);
  });

  test('a second gateway on the directory says who is there', async () => {
    const second = await gatehouse(['serve', '--port', '0', ...at]);
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain(`process ${served.process.pid}`);
    expect(second.err).toContain(served.baseUrl);
  });
});

test('a gateway on a config file refuses another config, and says why', async () => {
  const dataDir = freshDataDir();
  const file = join(dirname(dataDir), 'own.yaml');
  writeFileSync(file, 'version: 1\n');
  const served = await serve(['--data-dir', dataDir, '--config', file]);
  const imported = await run(['config', 'import', file, '--data-dir', dataDir]);
  expect(imported).toMatchObject({ code: 1, out: '' });
  expect(imported.err).toContain('restart the gateway');
  expect(await served.stop()).toBe(0);
});

test('after a gateway was killed, its left-over files stop nobody', async () => {
  const dataDir = freshDataDir();
  const served = await serve(['--data-dir', dataDir]);
  expect(await callStatus(served.baseUrl, served.accessKey)).toBe(200);
  await served.stop('SIGKILL');
  // First of all something that only reads: the killed gateway's write-ahead log is still there to be recovered.
  expect((await run(['ledger', 'audit', '--data-dir', dataDir])).code).toBe(0);
  expect((await gatehouse(['keys', 'create', 'after', '--data-dir', dataDir])).code).toBe(0);
  expect((await run(['keys', 'list', '--data-dir', dataDir])).out).toMatch(/^after /m);
  const doctor = await gatehouse(['doctor', '--data-dir', dataDir]);
  expect(doctor.out).toMatch(/^ok +gateway +not running/m);
});

test('one that takes no commands, because it only just starts, is left alone', async () => {
  const dataDir = freshDataDir();
  const lock = acquireInstanceLock({ dataDir, clock: systemClock });
  const created = await gatehouse(['keys', 'create', 'a', '--data-dir', dataDir]);
  lock.release();
  expect(created).toMatchObject({ code: 1, out: '' });
  expect(created.err).toContain('takes no commands now');
});

test('an export into a reader that stops early ends without a complaint', async () => {
  const dataDir = freshDataDir();
  const served = await serve(['--data-dir', dataDir]);
  for (let call = 0; call < 5; call += 1) expect(await callStatus(served.baseUrl, served.accessKey)).toBe(200);
  await served.stop();
  const child = start(['ledger', 'export', '--data-dir', dataDir]);
  child.stdout?.destroy();
  expect(await ended(child)).toEqual({ code: 0, out: '', err: '' });
});

test('serve with a config that does not hold names the place', async () => {
  const dataDir = freshDataDir();
  const file = join(dirname(dataDir), 'bad.yaml');
  writeFileSync(file, 'version: 1\nproviders:\n  - id: x\n    kind: opnai\n');
  const result = await gatehouse(['serve', '--config', file, '--data-dir', dataDir]);
  expect(result).toMatchObject({ out: '' });
  expect(result.code).not.toBe(0);
  expect(result.err).toContain(`${file}:4:5: providers[0].kind`);
});
