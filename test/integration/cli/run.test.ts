/** `gatehouse run` with real children: what they may spend, how they end, and what the receipt says. */
import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createControlClient, readControlFile } from '../../../proxy/cli/control-client.ts';
import { nanoToUsdString } from '../../../proxy/contract/money.ts';
import type { TransferView } from '../../../proxy/contract/views.ts';
import { callStatus, freshDataDir } from '../../support/cli/gatehouse.ts';
import { childCommand, finished, firstWords, startRun } from '../../support/cli/run-process.ts';
import { type GatewayProcess, spawnGateway } from '../../support/gateway/process.ts';

const dataDir = freshDataDir();
const AT = ['--data-dir', dataDir, '--json'];
let gateway: GatewayProcess;

beforeAll(async () => {
  gateway = await spawnGateway(dataDir);
});
afterAll(async () => {
  expect(await gateway.stop()).toBe(0);
});

function control() {
  const file = readControlFile(dataDir);
  if (file === undefined) throw new Error('the gateway left no control file');
  return createControlClient(file);
}

async function chargesOf(id: string | undefined): Promise<TransferView[]> {
  const { items } = await control().ledger.entries({ limit: 500 });
  return items.filter(({ kind, accessKeyId }) => kind === 'charge' && accessKeyId === id);
}

async function keyOf(id: string | undefined) {
  return (await control().accessKeys.list()).find((key) => key.id === id);
}

function environmentOf(told: Record<string, unknown> | undefined): Record<string, string> {
  return z.record(z.string(), z.string()).parse(told?.env);
}

describe('a command that calls through its environment', () => {
  test('is answered, and its receipt is what the ledger charged its key', async () => {
    const run = await finished(startRun(['--budget', '$2', '--project', 'acme', ...AT], childCommand('call', '3')));
    expect(run.code).toBe(0);
    expect(run.said.slice(1)).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
    const { receipt } = run;
    const charges = await chargesOf(receipt?.id);
    const chargedNano = charges.reduce((sum, { amountNano }) => sum + amountNano, 0);
    expect(charges).toHaveLength(3);
    expect(charges.every(({ project }) => project === 'acme')).toBe(true);
    expect(chargedNano).toBeGreaterThan(0);
    expect(receipt).toMatchObject({
      project: 'acme',
      calls: 3,
      attempts: 3,
      refused: [],
      models: [{ provider: 'sim', model: 'echo', calls: 3, chargedNano }],
      chargedNano,
      exactNano: chargedNano,
      estimatedNano: 0,
      unknownNano: 0,
      openHolds: 0,
      budget: { limitNano: 2_000_000_000, spentNano: chargedNano, heldNano: 0, leftNano: 2_000_000_000 - chargedNano },
    });
    expect(receipt?.usage.inputTokens).toBeGreaterThan(0);
    expect(receipt?.usage.outputTokens).toBeGreaterThan(0);
    expect(receipt?.id).toMatch(/^run-node-[0-9a-z]{8}$/);
  });

  test('has a key that works for it alone, and for nobody after it', async () => {
    const run = await finished(startRun(['--budget', '1', ...AT], childCommand('call', '1')));
    expect(run.said[1]).toMatchObject({ status: 200 });
    expect(await callStatus(gateway.baseUrl, String(run.said[0]?.key))).toBe(401);
    expect(await keyOf(run.receipt?.id)).toMatchObject({ ephemeral: true, revokedAtMs: run.receipt?.endedAtMs });
  });

  test('gets 402 when its budget is used up in the middle: every call that fits, and not one more', async () => {
    const probe = await finished(startRun(['--budget', '1', ...AT], childCommand('call', '1')));
    const entries = (await control().ledger.entries({ limit: 500 })).items;
    const amountOf = (wanted: TransferView['kind']): number =>
      entries.find(({ kind, accessKeyId }) => kind === wanted && accessKeyId === probe.receipt?.id)?.amountNano ?? 0;
    // What one call holds, and room for what four before it were charged: the fifth fits, the sixth does not.
    const limitNano = amountOf('reserve') + 4 * amountOf('charge');
    const budget = nanoToUsdString(limitNano);
    const run = await finished(startRun(['--budget', budget, ...AT], childCommand('call', '500')));
    expect(run.said.slice(1).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 402]);
    expect(run.said.at(-1)).toMatchObject({ code: 'budget_exceeded' });
    expect(run.receipt).toMatchObject({
      calls: 5,
      refused: [{ code: 'budget_exceeded', calls: 1 }],
      chargedNano: 5 * amountOf('charge'),
      budget: { limitNano, leftNano: limitNano - 5 * amountOf('charge') },
    });
  });

  test('keeps to the models it was given', async () => {
    const limited = ['--budget', '1', '--model-limit', 'sim/lorem*', ...AT];
    const run = await finished(startRun(limited, childCommand('call', '1')));
    expect(run.said[1]?.status).toBe(403);
    expect(run.receipt).toMatchObject({ calls: 0, chargedNano: 0 });
  });

  test('that leaves an answer half-way leaves no hold open: what was delivered is in the receipt, as an estimate', async () => {
    const run = await finished(startRun(['--budget', '1', ...AT], childCommand('leave-stream')));
    expect(run.said).toEqual([{ content: true }]);
    expect(run.receipt).toMatchObject({ calls: 1, openHolds: 0, exactNano: 0 });
    expect(run.receipt?.estimatedNano).toBeGreaterThan(0);
    expect(run.receipt?.chargedNano).toBe(run.receipt?.estimatedNano);
  });
});

describe('what the child sees', () => {
  const around = {
    ANTHROPIC_API_KEY: 'sk-ant-mine',
    OPENAI_API_KEY: 'sk-mine',
    OPENAI_ORG_ID: 'org-mine',
    CLAUDE_CODE_USE_BEDROCK: '1',
    GATEHOUSE_PASSPHRASE: 'of the encrypted file',
    GATEHOUSE_LOG_LEVEL: 'trace',
    KEPT: 'as it is',
    https_proxy: 'http://proxy.invalid:3128',
  };

  test('is the gateway and its own key, nothing that leads around them, and nothing of ours', async () => {
    const args = ['--budget', 'x', 'a b', '$HOME', "it's", '*'];
    const run = await finished(startRun(['--budget', '2', ...AT], childCommand('tell', ...args), around));
    const [told] = run.said;
    const origin = new URL(gateway.baseUrl).origin;
    const key = environmentOf(told).OPENAI_API_KEY ?? '';
    expect(told?.args).toEqual(args);
    expect(told?.cwd).toBe(process.cwd());
    expect(told?.env).toMatchObject({
      OPENAI_BASE_URL: gateway.baseUrl,
      OPENAI_API_BASE: gateway.baseUrl,
      ANTHROPIC_BASE_URL: origin,
      GOOGLE_GEMINI_BASE_URL: origin,
      ANTHROPIC_AUTH_TOKEN: key,
      GEMINI_API_KEY: key,
      GOOGLE_API_KEY: key,
      GATEHOUSE_KEY: key,
      KEPT: 'as it is',
      no_proxy: expect.stringContaining('127.0.0.1'),
    });
    expect(key).toMatch(/^gh_/);
    const names = Object.keys(environmentOf(told));
    for (const gone of ['ANTHROPIC_API_KEY', 'OPENAI_ORG_ID', 'CLAUDE_CODE_USE_BEDROCK', 'MALLOC_ARENA_MAX'])
      expect(names).not.toContain(gone);
    expect(names.filter((name) => name.startsWith('GATEHOUSE_'))).toEqual(['GATEHOUSE_KEY']);
  });

  test.runIf(process.platform === 'linux')('its key is in no command line, no output of the run, no log', async () => {
    const run = await finished(startRun(['--budget', '2', '--data-dir', dataDir], childCommand('tell')));
    const [told] = run.said;
    const key = environmentOf(told).OPENAI_API_KEY ?? 'none';
    expect(String(told?.commandLines)).toContain('run-child.ts');
    expect(String(told?.commandLines)).not.toContain(key.slice(3));
    expect(run.err).not.toContain(key.slice(3));
    expect(gateway.printed()).not.toContain(key.slice(3));
    expect(run.err).toMatch(/^gatehouse: run run-node-\w{8}\n {2}calls +0\n {2}models +none\n/);
    expect(run.err).toContain('left    $2 of $2');
  });
});

describe('however the command ends', () => {
  test('its exit code is passed on', async () => {
    const run = await finished(startRun(['--budget', '2', ...AT], childCommand('exit', '3')));
    expect(run.code).toBe(3);
    expect(run.receipt).toMatchObject({ calls: 0, budget: { leftNano: 2_000_000_000 } });
  });

  test('killed, it is 128 + 9, and its key is revoked', async () => {
    const run = await finished(startRun(['--budget', '2', ...AT], childCommand('kill-itself')));
    expect(run.code).toBe(137);
    expect((await keyOf(run.receipt?.id))?.revokedAtMs).toBeDefined();
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)(
    '%s goes to it, once, and it ends as it likes',
    async (signal) => {
      const child = startRun(['--budget', '2', ...AT], childCommand('await-signal', '9'));
      const words = firstWords(child);
      const end = finished(child);
      const { key } = await words;
      child.kill(signal);
      const run = await end;
      expect(run.code).toBe(9);
      expect(run.said.slice(1)).toEqual([{ signal }]);
      expect(run.receipt?.endedAtMs).toBeDefined();
      expect(await callStatus(gateway.baseUrl, String(key))).toBe(401);
    },
  );

  test.each([
    ['there is no such command', 'no-such-command-here', 127, /no command "no-such-command-here"/],
    ['it may not be run', join(dirname(dataDir), 'plain.txt'), 126, /may not be run/],
  ])('%s: a shell’s exit code, a sentence, and no key left', async (_what, command, code, words) => {
    writeFileSync(join(dirname(dataDir), 'plain.txt'), 'text');
    chmodSync(join(dirname(dataDir), 'plain.txt'), 0o600);
    const run = await finished(startRun(['--budget', '2', '--name', 'unborn', ...AT], [command]));
    expect(run).toMatchObject({ code, out: '' });
    expect(run.err).toMatch(words);
    const keys = (await control().accessKeys.list()).filter(({ id }) => id.startsWith('run-unborn-'));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every(({ revokedAtMs }) => revokedAtMs !== undefined)).toBe(true);
  });

  test('when the run itself is killed, the key ends by its time and is then swept', async () => {
    const child = startRun(['--budget', '2', '--ttl', '2s', '--name', 'killed', ...AT], childCommand('await-signal'));
    const words = firstWords(child);
    const { key, pid } = await words;
    expect(await callStatus(gateway.baseUrl, String(key))).toBe(200);
    child.kill('SIGKILL');
    await expect.poll(() => callStatus(gateway.baseUrl, String(key)), { timeout: 20_000 }).toBe(401);
    const swept = async () => (await control().accessKeys.list()).find(({ id }) => id.startsWith('run-killed-'));
    await expect.poll(swept, { timeout: 20_000 }).toMatchObject({ revokedAtMs: expect.any(Number) });
    // It lives on without the run; nobody else ends it.
    process.kill(Number(pid), 'SIGTERM');
  });
});
