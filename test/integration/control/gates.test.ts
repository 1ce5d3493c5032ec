/** Kill switches and approvals over the control contract, with calls that meet them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchLive } from '../../support/gateway/live-watch.ts';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, frames, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
const ASK = { model: 'up/m', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] };

beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

describe('kill switches', () => {
  beforeEach(async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
  });

  test.each([
    ['provider:up', {}],
    ['model:up/m', {}],
    ['key:default', {}],
    ['project:acme', { 'x-project': 'acme' }],
  ])('%s stops its calls at once, and lets them through again', async (scope, headers) => {
    expect(await gate.control.killSwitches.kill({ scope })).toMatchObject([{ scope, by: 'person' }]);
    const refused = await gate.chat(ASK, { headers });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('kill_switch');
    expect(upstream.requests).toEqual([]);
    expect(await gate.control.killSwitches.list()).toMatchObject([{ scope }]);
    expect(await gate.control.killSwitches.lift({ scope })).toEqual([]);
    expect((await gate.chat(ASK, { headers })).status).toBe(200);
  });

  test('one that is not its scope lets a call pass', async () => {
    await gate.control.killSwitches.kill({ scope: 'project:acme' });
    expect((await gate.chat(ASK)).status).toBe(200);
  });

  test('an answer that runs in the scope is cut short and settled; watchers are told of the scope', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'hi' })], 'open'));
    const watch = await watchLive(gate.control);
    const response = await gate.chat({ ...ASK, stream: true });
    await upstream.next();
    await gate.control.killSwitches.kill({ scope: 'key:default' });
    expect(await response.text()).not.toContain('[DONE]');
    const told = await watch.first((event) => event.type === 'killed');
    expect(told).toMatchObject({ killed: [{ scope: 'key:default', by: 'person' }] });
    watch.stop();
  });

  test('twice is once, lifting what is up is nothing, and a scope that is none is refused', async () => {
    await gate.control.killSwitches.kill({ scope: 'provider:up' });
    expect(await gate.control.killSwitches.kill({ scope: 'provider:up' })).toHaveLength(1);
    await gate.control.killSwitches.lift({ scope: 'provider:up' });
    expect(await gate.control.killSwitches.lift({ scope: 'provider:up' })).toEqual([]);
    for (const scope of ['up', 'provider:', 'budget:cap'])
      await expect(gate.control.killSwitches.kill({ scope })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('a scope that the config file stops can only be lifted there', async () => {
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl, { killSwitch: { providers: ['up'] } }));
  expect(await gate.control.killSwitches.list()).toMatchObject([{ scope: 'provider:up', by: 'config' }]);
  await expect(gate.control.killSwitches.lift({ scope: 'provider:up' })).rejects.toMatchObject({ code: 'MANAGED' });
  expect((await gate.chat(ASK)).status).toBe(503);
});

describe('approvals', () => {
  /** Too tight for a call to be held under, not for what it then costs. */
  const budgets = [{ id: 'cap', scope: 'global', window: 'total', limitUsd: 0.0001, onLimit: 'ask' } as const];

  async function start(): Promise<void> {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl, { budgets }));
  }

  test('nobody watches: refused at once, and nothing waits', async () => {
    await start();
    expect((await gate.chat(ASK)).status).toBe(402);
    expect(await gate.control.approvals.list()).toEqual([]);
  });

  test('allowed once: this call passes, the next one waits again', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const call = gate.chat(ASK);
    const asked = await watch.approval();
    expect(asked).toMatchObject({
      budget: { id: 'cap', limitNano: 100_000 },
      provider: 'up',
      model: 'm',
      accessKeyId: 'default',
    });
    expect(asked.neededNano).toBeGreaterThan(100_000);
    expect(asked.endsAtMs).toBeGreaterThan(asked.askedAtMs);
    expect(await gate.control.approvals.list()).toEqual([asked]);
    expect(await gate.control.approvals.answer({ id: asked.id, answer: 'allow-once' })).toEqual([]);
    expect((await call).status).toBe(200);
    const second = gate.chat(ASK);
    const again = await watch.approval(asked.id);
    await gate.control.approvals.answer({ id: again.id, answer: 'refuse' });
    expect((await second).status).toBe(402);
    watch.stop();
  });

  test('raising without saying how far is refused, and the call waits on', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const call = gate.chat(ASK);
    const asked = await watch.approval();
    await expect(gate.control.approvals.answer({ id: asked.id, answer: 'raise' })).rejects.toMatchObject({
      message: expect.stringContaining('raiseToUsd'),
    });
    expect(await gate.control.approvals.list()).toHaveLength(1);
    await gate.control.approvals.answer({ id: asked.id, answer: 'refuse' });
    expect((await call).status).toBe(402);
    watch.stop();
  });

  test('the last one who watches leaves: what waits is refused', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const call = gate.chat(ASK);
    await watch.approval();
    watch.stop();
    expect((await call).status).toBe(402);
  });

  test('a client that leaves takes its question with it, and its answer comes too late', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const leave = new AbortController();
    const call = gate.chat(ASK, { signal: leave.signal });
    const asked = await watch.approval();
    leave.abort();
    await expect(call).rejects.toThrow();
    await watch.first((event) => event.type === 'approvals' && event.approvals.length === 0);
    await expect(gate.control.approvals.answer({ id: asked.id, answer: 'allow-once' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(upstream.requests).toEqual([]);
    watch.stop();
  });
});
