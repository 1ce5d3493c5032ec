/** Commands while the gateway of the desktop app runs: nothing of it is on the network, and they work all the same. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createControlClient, readControlFile } from '../../../proxy/cli/control-client.ts';
import { run } from '../../support/cli/captured-io.ts';
import { callStatus } from '../../support/cli/gatehouse.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

const onWindows = process.platform === 'win32';

describe('beside the desktop app', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-socket-'));
  const at = ['--data-dir', dataDir];
  let app: TestGateway;

  beforeAll(async () => {
    app = await startTestGateway(undefined, { dataDir, console: undefined });
  });
  afterAll(async () => {
    await app.close();
    expect(readControlFile(dataDir)).toBeUndefined();
    if (!onWindows) expect(existsSync(join(dataDir, 'control.sock'))).toBe(false);
  });

  test('a key is made through its socket and works at once', async () => {
    const created = await run(['keys', 'create', 'editor', '--json', ...at]);
    expect(created).toMatchObject({ code: 0, err: '' });
    expect(await callStatus(app.baseUrl, JSON.parse(created.out).secret)).toBe(200);
  });

  test('live updates stream over it', async () => {
    const file = readControlFile(dataDir);
    if (file === undefined) throw new Error('no control file');
    const events = await createControlClient(file).live.watch();
    for await (const event of events) {
      expect(event.type).toBe('snapshot');
      break;
    }
  });

  test.skipIf(onWindows)('only its owner may open it, and not without the token', async () => {
    expect(statSync(join(dataDir, 'control.sock')).mode & 0o777).toBe(0o600);
    const file = readControlFile(dataDir);
    if (file === undefined) throw new Error('no control file');
    await expect(createControlClient({ ...file, token: 'guessed' }).live.snapshot()).rejects.toThrow('Unauthorized');
  });

  test('nothing of the control contract is on the network', async () => {
    const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8'));
    const answer = await fetch(`${app.origin}/_gatehouse/control/live/snapshot`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(404);
  });
});

test.skipIf(onWindows)('a path too long for a socket costs the commands, not the start', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gatehouse-long-')), 'x'.repeat(100));
  mkdirSync(dataDir, { mode: 0o700 });
  const app = await startTestGateway(undefined, { dataDir, console: undefined });
  expect(await callStatus(app.baseUrl, app.key)).toBe(200);
  const created = await run(['keys', 'create', 'editor', '--data-dir', dataDir]);
  expect(created).toMatchObject({ code: 1, out: '' });
  expect(created.err).toContain('takes no commands');
  await app.close();
});
