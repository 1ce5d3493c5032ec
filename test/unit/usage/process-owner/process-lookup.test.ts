import { expect, test } from 'vitest';
import { createMacFinder } from '../../../../proxy/usage/process-owner/macos.ts';
import { createProcessLookup } from '../../../../proxy/usage/process-owner/process-lookup.ts';
import type { PortPair } from '../../../../proxy/usage/process-owner/types.ts';
import { createWindowsFinder } from '../../../../proxy/usage/process-owner/windows.ts';

const socket = (remotePort: number) => ({ remoteAddress: '127.0.0.1', remotePort, localPort: 7420 });

test('asks once for a connection, and again for a new one on the same port', async () => {
  const asked: PortPair[] = [];
  const lookup = createProcessLookup({
    platform: 'linux',
    find: async (ports) => {
      asked.push(ports);
      return { pid: asked.length, program: 'tool' };
    },
  });
  const first = socket(50_000);
  expect(await lookup.ownerOf(first)).toEqual({ pid: 1, program: 'tool' });
  expect(await lookup.ownerOf(first)).toEqual({ pid: 1, program: 'tool' });
  expect(await lookup.ownerOf(socket(50_000))).toEqual({ pid: 2, program: 'tool' });
  expect(asked).toEqual([
    { family: 4, client: 50_000, gateway: 7420 },
    { family: 4, client: 50_000, gateway: 7420 },
  ]);
});

test.each([
  ['another machine', { remoteAddress: '192.168.1.7', remotePort: 1, localPort: 7420 }],
  ['a connection that is gone', { remoteAddress: undefined, remotePort: undefined, localPort: undefined }],
])('has no answer for %s, and asks nobody', async (_what, from) => {
  const lookup = createProcessLookup({ platform: 'linux', find: () => Promise.reject(new Error('was asked')) });
  expect(await lookup.ownerOf(from)).toBeUndefined();
});

test('a look-up that fails is no answer, is told to the log, and does not stop the next', async () => {
  const failures: unknown[] = [];
  let times = 0;
  const lookup = createProcessLookup({
    platform: 'linux',
    onFailure: (error) => failures.push(error),
    find: async () => {
      times += 1;
      if (times === 1) throw new Error('no lsof here');
      return { pid: 2, program: 'tool' };
    },
  });
  expect(await Promise.all([lookup.ownerOf(socket(1)), lookup.ownerOf(socket(2))])).toEqual([
    undefined,
    { pid: 2, program: 'tool' },
  ]);
  expect(failures).toEqual([new Error('no lsof here')]);
});

test('one question at a time, and a burst beyond the bound stays without a name', async () => {
  const gate = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const lookup = createProcessLookup({
    platform: 'linux',
    find: async ({ client }) => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
      return { pid: client, program: 'tool' };
    },
  });
  const answers = Array.from({ length: 200 }, (_, index) => lookup.ownerOf(socket(index + 1)));
  gate.resolve();
  const named = (await Promise.all(answers)).filter((owner) => owner !== undefined);
  expect(named).toHaveLength(128);
  expect(most).toBe(1);
});

test('a platform without a way has no answers', async () => {
  expect(await createProcessLookup({ platform: 'aix' }).ownerOf(socket(1))).toBeUndefined();
});

test('macOS asks lsof, and ps for what an interpreter runs', async () => {
  const ran: string[][] = [];
  const find = createMacFinder(async (file, args) => {
    ran.push([file, ...args]);
    if (file.endsWith('ps')) return '/opt/node /opt/homebrew/bin/claude --secret\n';
    return 'p4711\ncnode\nf38\nn127.0.0.1:52345->127.0.0.1:7420\n';
  });
  expect(await find({ family: 4, client: 52_345, gateway: 7420 }, 0)).toEqual({
    pid: 4711,
    program: 'node',
    script: 'claude',
  });
  expect(ran).toEqual([
    ['/usr/sbin/lsof', '-nP', '-iTCP:52345', '-sTCP:ESTABLISHED', '-Fpcn'],
    ['/bin/ps', '-o', 'args=', '-p', '4711'],
  ]);
});

test('Windows asks netstat, then tasklist', async () => {
  const ran: string[] = [];
  const find = createWindowsFinder(async (file, args) => {
    ran.push([file, ...args].join(' '));
    if (args[0] === '-ano') return '  TCP    127.0.0.1:52345   127.0.0.1:7420   ESTABLISHED   4711\r\n';
    return '"Cursor.exe","4711","Console","1","100.000 K"\r\n';
  }, 'C:\\Windows');
  expect(await find({ family: 4, client: 52_345, gateway: 7420 }, 0)).toEqual({ pid: 4711, program: 'Cursor.exe' });
  expect(ran).toHaveLength(2);
  expect(ran[1]).toContain('PID eq 4711');
});
