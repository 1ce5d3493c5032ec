/** `gatehouse run` where the gateway is not there, or not there any more. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createControlClient, readControlFile } from '../../../proxy/cli/control-client.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { acquireInstanceLock } from '../../../proxy/storage/instance-lock.ts';
import { run } from '../../support/cli/captured-io.ts';
import { freshDataDir } from '../../support/cli/gatehouse.ts';
import { childCommand, finished, firstWords, startRun } from '../../support/cli/run-process.ts';
import { type GatewayProcess, spawnGateway } from '../../support/gateway/process.ts';

const running: GatewayProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.stop('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function dataDirectory(): string {
  const dataDir = freshDataDir();
  folders.push(dirname(dataDir));
  return dataDir;
}

async function gatewayOn(dataDir: string): Promise<GatewayProcess> {
  const gateway = await spawnGateway(dataDir);
  running.push(gateway);
  return gateway;
}

test('none runs: the command is not started, and the person is told how to start one', async () => {
  const result = await run(['run', '--budget', '2', '--data-dir', dataDirectory(), '--', 'no-such-command-here']);
  expect(result).toMatchObject({ code: 1, out: '' });
  expect(result.err).toMatch(/^gatehouse: No gateway runs on .*gatehouse serve/);
});

test('one that takes no commands yet is not disturbed, and the person is told what to do', async () => {
  const dataDir = dataDirectory();
  const lock = acquireInstanceLock({ dataDir, clock: systemClock });
  const result = await run(['run', '--budget', '2', '--data-dir', dataDir, '--', 'no-such-command-here']);
  lock.release();
  expect(result).toMatchObject({ code: 1, out: '' });
  expect(result.err).toContain('takes no commands now');
});

test('it was killed and its files are still there: that is none', async () => {
  const dataDir = dataDirectory();
  const gateway = await gatewayOn(dataDir);
  await gateway.stop('SIGKILL');
  const result = await run(['run', '--budget', '2', '--data-dir', dataDir, '--', 'no-such-command-here']);
  expect(result.code).toBe(1);
  expect(result.err).toContain('No gateway runs');
});

test('it goes away meanwhile: the exit code of the command stands, and the person is told when the key ends', async () => {
  const dataDir = dataDirectory();
  const gateway = await gatewayOn(dataDir);
  const child = startRun(['--budget', '2', '--data-dir', dataDir, '--json'], childCommand('await-signal', '5'));
  const words = firstWords(child);
  const end = finished(child);
  await words;
  await gateway.stop();
  child.kill('SIGTERM');
  const ended = await end;
  expect(ended).toMatchObject({ code: 5, receipt: undefined });
  expect(ended.err).toMatch(/gatehouse: run run-node-\w{8} has no receipt.*ends by itself at 20\d\d-/);
});

test('it is restarted meanwhile: the run finds it again, and the receipt has what was spent before', async () => {
  const dataDir = dataDirectory();
  const gateway = await gatewayOn(dataDir);
  const child = startRun(['--budget', '2', '--data-dir', dataDir, '--json'], childCommand('await-signal', '0'));
  const words = firstWords(child);
  const end = finished(child);
  const { key } = await words;
  const answer = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/echo', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  await gateway.stop();
  await gatewayOn(dataDir);
  child.kill('SIGTERM');
  const ended = await end;
  expect(ended).toMatchObject({ code: 0, receipt: { calls: 1, models: [{ model: 'echo', calls: 1 }] } });
  expect(ended.receipt?.chargedNano).toBeGreaterThan(0);
  const file = readControlFile(dataDir);
  if (file === undefined) throw new Error('the gateway left no control file');
  const keys = await createControlClient(file).accessKeys.list();
  expect(keys.find(({ id }) => id === ended.receipt?.id)?.revokedAtMs).toBeDefined();
});

test.each([
  [['--budget', '2,5'], /Write an amount in USD/],
  [['--budget', '0'], /Write an amount in USD/],
  [['--budget', '-1'], /Write an amount in USD/],
  [['--budget', '1e3'], /Write an amount in USD/],
  [['--budget', '€2'], /Write an amount in USD/],
  [['--budget', '0.0000000001'], /Write an amount in USD/],
  [['--budget', '2', '--ttl', '2'], /Write a time as/],
  [['--budget', '2', '--ttl', '8d'], /Write a time as/],
  [['--budget', '2', '--ttl', '1.5h'], /Write a time as/],
  [['--budget', '2', '--max-tier', 'cheap'], /Allowed choices are economy/],
  [['--ttl', '2h'], /--budget/],
])('a slip is no amount: %j', async (options, words) => {
  const result = await run(['run', ...options, '--data-dir', '/nonexistent', '--', 'true']);
  expect(result).toMatchObject({ code: 2, out: '' });
  expect(result.err).toMatch(words);
});

test('without a command there is nothing to run', async () => {
  const result = await run(['run', '--budget', '2']);
  expect(result).toMatchObject({ code: 2, out: '' });
  expect(result.err).toContain('missing required argument');
});
