import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, completion, frames, json, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'x' }] };

beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

describe('the global kill switch', () => {
  it('refuses new calls until it is lifted, and tells SDKs not to retry', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
    expect(await gate.control.gateway.pause()).toMatchObject({ active: true, by: 'person' });
    const refused = await gate.chat(ASK);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(await refused.json()).toMatchObject({ error: { code: 'kill_switch' } });
    expect(upstream.requests).toHaveLength(0);
    await gate.control.gateway.resume();
    expect((await gate.chat(ASK)).status).toBe(200);
  });

  it('aborts what is in flight, upstream and down, and settles it', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
    upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
    const response = await gate.chat({ ...ASK, stream: true });
    const text = response.text();
    await gate.control.gateway.pause();
    expect(await text).toContain('"code":"kill_switch"');
    expect(await text).not.toContain('[DONE]');
    await upstream.requests[0]?.aborted;
    const { items } = await gate.control.requests.list({});
    expect(items[0]).toMatchObject({ state: 'failed', errorCode: 'kill_switch', certainty: 'estimated' });
  });

  it('stays on across a restart', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
    await gate.control.gateway.pause();
    const { dataDir } = gate;
    await gate.gateway.close(1000);
    gate = await startTestGateway(undefined, { dataDir });
    const snapshot = await gate.control.live.snapshot();
    expect(snapshot.pause).toMatchObject({ active: true, by: 'person' });
  });

  it('a pause for a while says until when, also after a restart, and ends by itself', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
    const { untilMs = 0, sinceMs = 0 } = await gate.control.gateway.pause({ forMs: 3_600_000 });
    expect(untilMs - sinceMs).toBe(3_600_000);
    const { dataDir } = gate;
    await gate.gateway.close(1000);
    gate = await startTestGateway(undefined, { dataDir });
    expect((await gate.control.live.snapshot()).pause).toEqual({ active: true, by: 'person', sinceMs, untilMs });
    expect(await gate.control.gateway.pause({ forMs: 1_000 })).toMatchObject({ active: true, sinceMs });
    const watching = new AbortController();
    for await (const event of await gate.control.live.watch(undefined, { signal: watching.signal })) {
      if (event.type === 'pause' && !event.pause.active) break;
    }
    watching.abort();
    expect((await gate.chat({ ...ASK, model: 'sim/echo' })).status).not.toBe(503);
  });

  it('running calls can be stopped without refusing the next', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
    upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
    const text = (await gate.chat({ ...ASK, stream: true })).text();
    expect(await gate.control.gateway.stopCalls()).toEqual({ stopped: 1 });
    expect(await text).toContain('"code":"stopped_by_person"');
    expect(await gate.control.gateway.stopCalls()).toEqual({ stopped: 0 });
    upstream.answer(json(200, completion()));
    expect((await gate.chat(ASK)).status).toBe(200);
  });

  it('held down by the config cannot be lifted from the window', async () => {
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl, { killSwitch: { global: true } }));
    await expect(gate.control.gateway.resume()).rejects.toMatchObject({ code: 'MANAGED' });
    expect((await gate.chat(ASK)).status).toBe(503);
  });
});
