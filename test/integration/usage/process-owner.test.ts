/** The real operating system, asked about real programs that connect. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../proxy/core/clock.ts';
import { createLinuxFinder } from '../../../proxy/usage/process-owner/linux.ts';
import { createProcessLookup } from '../../../proxy/usage/process-owner/process-lookup.ts';

const CONNECTS = `
import { connect } from 'node:net';
if (process.env.TITLE) process.title = process.env.TITLE;
for (let count = 0; count < Number(process.argv[2]); count++) connect(Number(process.argv[3]), process.argv[4]);
`;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Starts \`agent.mjs\`, which connects \`count\` times and stays until the test is over. */
async function connections(
  count: number,
  more: { host?: string; title?: string } = {},
): Promise<{ pid: number; sockets: Socket[] }> {
  const host = more.host ?? '127.0.0.1';
  const arrived: Socket[] = [];
  const all = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    arrived.push(socket);
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    if (arrived.length === count) all.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-owner-'));
  const script = join(directory, 'agent.mjs');
  writeFileSync(script, CONNECTS);
  const child = spawn(process.execPath, [script, String(count), String(address.port), host, 'sk-secret-argument'], {
    stdio: 'ignore',
    env: { ...process.env, TITLE: more.title ?? '' },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.close();
    rmSync(directory, { recursive: true });
  });
  await all.promise;
  if (child.pid === undefined) throw new Error('the child did not start');
  return { pid: child.pid, sockets: arrived };
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('names the program, its script and nothing of its arguments', async () => {
    const {
      pid,
      sockets: [socket],
    } = await connections(1);
    if (socket === undefined) throw new Error('nobody connected');
    const owner = await createProcessLookup({ platform: 'linux' }).ownerOf(socket);
    expect(owner).toEqual({ pid, program: 'node', script: 'agent.mjs' });
  });

  test('names a program that gave itself a title', async () => {
    const {
      pid,
      sockets: [socket],
    } = await connections(1, { title: 'claude' });
    if (socket === undefined) throw new Error('nobody connected');
    expect(await createProcessLookup({ platform: 'linux' }).ownerOf(socket)).toMatchObject({ pid, script: 'claude' });
  });

  test('finds every one of many parallel connections', async () => {
    const { pid, sockets: many } = await connections(40);
    const lookup = createProcessLookup({ platform: 'linux' });
    const owners = await Promise.all(many.map((socket) => lookup.ownerOf(socket)));
    expect(new Set(owners.map((owner) => owner?.pid))).toEqual(new Set([pid]));
  });

  test('has no answer for a connection that nobody holds any more', async () => {
    const find = createLinuxFinder({ uid: process.getuid?.() ?? 0, monotonicMs: systemClock.monotonicMs });
    expect(await find({ family: 4, client: 1, gateway: 2 }, systemClock.monotonicMs())).toBeUndefined();
  });

  test("does not look into another user's processes", async () => {
    const {
      sockets: [socket],
    } = await connections(1);
    const ports = { family: 4, client: socket?.remotePort ?? 0, gateway: socket?.localPort ?? 0 } as const;
    const asOther = createLinuxFinder({ uid: 4_242_424, monotonicMs: systemClock.monotonicMs });
    expect(await asOther(ports, systemClock.monotonicMs())).toBeUndefined();
  });

  test('gives up when its time is over', async () => {
    const {
      sockets: [socket],
    } = await connections(1);
    const ports = { family: 4, client: socket?.remotePort ?? 0, gateway: socket?.localPort ?? 0 } as const;
    let nowMs = 0;
    const find = createLinuxFinder({
      uid: process.getuid?.() ?? 0,
      monotonicMs: () => (nowMs += 1_000),
      limits: { timeMsMax: 500, pidsMax: 4_096 },
    });
    expect(await find(ports, 0)).toBeUndefined();
  });
});
