/** The gateway that cannot be reached: gone, silent, another program on its port, or a left-over file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createControlClient, readControlFile } from '../../../proxy/cli/control-client.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { acquireInstanceLock } from '../../../proxy/storage/instance-lock.ts';
import { freshDir, run } from '../../support/cli/captured-io.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer({}, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function controlFile(dataDir: string, origin: string): void {
  mkdirSync(dataDir, { recursive: true });
  const content = { baseUrl: `${origin}/v1`, controlUrl: `${origin}/_gatehouse/control`, token: 'canary' };
  writeFileSync(join(dataDir, 'control.json'), JSON.stringify(content));
}

/** `keys create` while somebody holds the lock and control.json points to `origin`. */
async function createKeyAt(origin: string) {
  const dataDir = freshDir();
  const lock = acquireInstanceLock({ dataDir, clock: systemClock });
  controlFile(dataDir, origin);
  const result = await run(['keys', 'create', 'a', '--data-dir', dataDir]);
  lock.release();
  expect(JSON.stringify(result)).not.toContain('canary');
  return result;
}

test('a gateway that is just gone: try again', async () => {
  const origin = await listen(() => undefined);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  expect(await createKeyAt(origin)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('did not answer') });
});

test('a gateway that refuses the token: restarted in between', async () => {
  const origin = await listen((_request, response) =>
    response.writeHead(401, { 'content-type': 'application/json' }).end('{}'),
  );
  expect(await createKeyAt(origin)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('refused the token'),
  });
});

test('another program on its port: an error, not a crash', async () => {
  const origin = await listen((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  );
  const result = await createKeyAt(origin);
  expect(result).toMatchObject({ code: 1, out: '' });
  expect(result.err).toContain('another program');
});

test('a silent gateway: the call ends at its deadline', async () => {
  const origin = await listen(() => undefined);
  const file = { baseUrl: `${origin}/v1`, controlUrl: `${origin}/_gatehouse/control`, token: 'x' };
  await expect(createControlClient(file, 50).accessKeys.list()).rejects.toThrow(/time-?out/i);
});

describe('control.json', () => {
  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['not JSON', '{'],
    ['without a token', '{"baseUrl":"http://127.0.0.1:1/v1","controlUrl":"http://127.0.0.1:1/c"}'],
    ['with another address', '{"baseUrl":"http://127.0.0.1:1/v1","controlUrl":"http://evil.example/c","token":"x"}'],
  ])('%s is as none', (_name, content) => {
    const dataDir = freshDir();
    if (content !== undefined) writeFileSync(join(dataDir, 'control.json'), content);
    expect(readControlFile(dataDir)).toBeUndefined();
  });
});
