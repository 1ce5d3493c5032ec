/** The live check: real calls to the gateway's own listener, in the tool's protocol, through the ledger. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CheckEvent, CheckResult, ToolId } from '../../../proxy/contract/connect.ts';
import type { AccessKeyView } from '../../../proxy/contract/views.ts';
import { type TestConfig, upstreamConfig } from '../../support/gateway/start.ts';
import { completion, json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { startAtHome, type TestHome } from './home.ts';

let at: TestHome;
beforeEach(async () => {
  at = await startAtHome();
});
afterEach(() => at.close());

async function check(tool: ToolId, more: { model?: string; secret?: string } = {}, home = at): Promise<CheckEvent[]> {
  const events: CheckEvent[] = [];
  for await (const event of await home.gate.control.connect.check({ tool, ...more })) events.push(event);
  return events;
}
const results = (events: readonly CheckEvent[]) =>
  events.filter((event): event is CheckResult => event.type === 'result');

const isLiveCheckKey = ({ id, revokedAtMs }: AccessKeyView) => id.startsWith('check-') && revokedAtMs === undefined;

describe.each([
  ['claude-code', 'anthropic-messages', 'claude/sim/tool-call'],
  ['codex', 'openai-responses', 'sim/tool-call'],
  ['gemini-cli', 'gemini', 'sim/tool-call'],
  ['cline', 'openai-chat', 'sim/tool-call'],
] as const)('%s', (tool, protocol, sent) => {
  test(`is checked in ${protocol}: plain, stream and tool call, each in the records with its cost`, async () => {
    const events = await check(tool, { model: 'sim/tool-call' });
    expect(events.map((event) => event.type)).toEqual([
      'start',
      'begin',
      'result',
      'begin',
      'result',
      'begin',
      'result',
      'done',
    ]);
    expect(events[0]).toMatchObject({ type: 'start', protocol, model: sent, key: 'ephemeral' });
    expect(results(events).map(({ check: name, ok, message }) => [name, ok, message])).toEqual([
      ['plain', true, 'The model answered.'],
      ['stream', true, expect.stringMatching(/^The answer streamed in \d+ events\.$/)],
      ['tool', true, 'The model called the tool it was given.'],
    ]);
    for (const { requestId = '', costNano, served } of results(events)) {
      const { request } = await at.gate.control.requests.get({ id: requestId });
      expect(request).toMatchObject({ state: 'settled', protocol, client: 'gatehouse-check', chargedNano: costNano });
      expect(served).toBe('sim/tool-call');
    }
    const sum = results(events).reduce((total, { costNano = 0 }) => total + costNano, 0);
    expect(sum).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ type: 'done', ok: true, costNano: sum });
  });
});

test('a model that only talks passes two of three, and what to do is said', async () => {
  const events = await check('cline', { model: 'sim/echo' });
  expect(results(events).map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(results(events)[2]?.message).toContain('choose another model');
  expect(events.at(-1)).toMatchObject({
    ok: false,
    message: 'With sim/echo, plain answers and streaming work; tool calls do not.',
  });
});

test.each([
  ['sim/cut', 'stream', /./],
  ['sim/error-500', 'plain', /./],
  ['nobody/knows', 'tool', /./],
])('%s fails in the words of the gateway', async (model, name, words) => {
  const failed = results(await check('codex', { model })).find((result) => result.check === name);
  expect(failed).toMatchObject({ ok: false, message: expect.stringMatching(words), code: expect.any(String) });
  expect(failed?.message).not.toContain('without a word');
});

test('uses the key in the tool’s file, and says so when that was revoked', async () => {
  await at.gate.control.connect.apply({ tool: 'opencode' });
  const good = await check('opencode');
  expect(good[0]).toMatchObject({ key: 'file' });
  const { requestId = '' } = results(good)[0] ?? {};
  expect((await at.gate.control.requests.get({ id: requestId })).request.accessKeyId).toBe('tool-opencode');
  await at.gate.control.accessKeys.revoke({ id: 'tool-opencode' });
  expect(results(await check('opencode'))[0]).toMatchObject({ ok: false, status: 401, code: 'revoked_access_key' });
});

test('takes a key of the person’s own, and leaves no key behind otherwise', async () => {
  expect((await check('cline', { secret: at.gate.key }))[0]).toMatchObject({ key: 'given' });
  await check('cline');
  expect((await at.gate.control.accessKeys.list()).filter(isLiveCheckKey)).toEqual([]);
});

test('a reader that leaves aborts the call, and its key ends', async () => {
  const stop = new AbortController();
  const { connect, live, accessKeys } = at.gate.control;
  const events = await connect.check({ tool: 'cline', model: 'sim/stall-first-byte' }, { signal: stop.signal });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of events) seen.push(event.type);
  })();
  const states = async () => (await live.snapshot()).recentRequests.map(({ client, state }) => [client, state]);
  await expect.poll(states).toEqual([['gatehouse-check', 'running']]);
  stop.abort();
  await expect(reading).rejects.toThrow();
  expect(seen).toEqual(['start', 'begin']);
  await expect.poll(states).toEqual([['gatehouse-check', 'aborted']]);
  await expect.poll(async () => (await accessKeys.list()).filter(isLiveCheckKey)).toEqual([]);
});

describe('with a provider', () => {
  let upstream: Upstream;
  let home: TestHome;
  beforeEach(async () => {
    upstream = await startUpstream();
    home = await startAtHome(upstreamConfig(upstream.baseUrl, { fees: { defaultBps: 1_000 } }));
  });
  afterEach(async () => {
    await home.close();
    await upstream.close();
  });

  test('its refusal is told in its own words, with the gateway’s code and nothing charged', async () => {
    upstream.answer(
      json(429, { error: { message: 'Slow down, friend.', type: 'requests', code: 'rate_limit_exceeded' } }),
    );
    const events = await check('cline', { model: 'up/m' }, home);
    expect(results(events)[0]).toMatchObject({ ok: false, message: expect.stringContaining('Slow down, friend.') });
    expect(events.at(-1)).toMatchObject({ ok: false, message: 'Nothing works with up/m yet.' });
  });

  test('an answer without text counts: a model may spend its first tokens on thinking', async () => {
    upstream.answer(
      json(200, {
        ...completion(),
        choices: [{ index: 0, finish_reason: 'length', message: { role: 'assistant', content: '' } }],
      }),
    );
    expect(results(await check('cline', { model: 'up/m' }, home))[0]).toMatchObject({
      ok: true,
      served: 'up/m',
      message: expect.stringContaining('without text'),
    });
  });

  test('`auto` is what tools are told once a provider answers; before, the simulator is', async () => {
    const simulator = { id: 'sim', kind: 'simulator' } as const;
    const { providers = [] } = upstreamConfig(upstream.baseUrl);
    const keyless = {
      ...upstreamConfig(upstream.baseUrl).providers?.[0],
      id: 'up',
      kind: 'openai' as const,
      credential: 'env:NOWHERE',
    };
    const told = async (config: TestConfig) => {
      const some = await startAtHome(config);
      const { defaultModel } = await some.gate.control.connect.list({});
      await some.close();
      return defaultModel;
    };
    expect(await told({ providers: [simulator, ...providers] })).toBe('auto');
    expect(await told({ providers: [simulator, keyless] })).toBe('sim/echo');
    expect(await told({ providers: [keyless] })).toBe('auto');
  });
});
