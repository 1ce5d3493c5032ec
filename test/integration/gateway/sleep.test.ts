/** The computer's sleep, as a gateway lives through it: real sockets, a clock that jumps as a wall clock does. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../proxy/core/clock.ts';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, frames, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const HOUR_MS = 3_600_000;
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'x' }] };

let upstream: Upstream;
let gate: TestGateway;
let aheadMs: number;
/** The wall clock goes on during a sleep; monotonic time stands still. */
const clock: Clock = { nowMs: () => systemClock.nowMs() + aheadMs, monotonicMs: systemClock.monotonicMs };

beforeEach(async () => {
  aheadMs = 0;
  upstream = await startUpstream();
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl), { clock });
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

function sleep(ms: number): void {
  gate.gateway.sleep.fellAsleep();
  aheadMs += ms;
  gate.gateway.sleep.wokeUp();
}

it('a call that slept through an hour ends with a word of why, settled, and its provider is not blamed', async () => {
  upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
  const response = await gate.chat({ ...ASK, stream: true });
  const text = response.text();
  sleep(HOUR_MS);
  expect(await text).toContain('"code":"computer_slept"');
  expect(await text).toContain('slept for 60 min');
  expect(await text).not.toContain('[DONE]');
  const { items } = await gate.control.requests.list({});
  expect(items[0]).toMatchObject({ state: 'failed', errorCode: 'computer_slept', certainty: 'estimated' });
  const { providers } = await gate.control.live.snapshot();
  expect(providers[0]).toMatchObject({ failures: 0, health: 'unknown' });
});

it('a nap cuts nothing', async () => {
  upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
  const leave = new AbortController();
  const response = await gate.chat({ ...ASK, stream: true }, { signal: leave.signal });
  sleep(5_000);
  const { recentRequests } = await gate.control.live.snapshot();
  expect(recentRequests[0]?.state).toMatch(/running|streaming/);
  leave.abort();
  await expect(response.text()).rejects.toThrow();
});

it('until the network is back, connections that fail trip no breaker', async () => {
  await upstream.close();
  sleep(HOUR_MS);
  for (let times = 0; times < 6; times += 1) expect((await gate.chat(ASK)).status).toBe(502);
  const { providers } = await gate.control.live.snapshot();
  expect(providers[0]).toMatchObject({ failures: 0, health: 'unknown' });
  upstream = await startUpstream();
});

it('kept connections are not used again, a pause whose time is over ends, and the day is told anew', async () => {
  expect((await gate.chat(ASK)).status).toBe(200);
  expect((await gate.chat(ASK)).status).toBe(200);
  await gate.control.gateway.pause({ forMs: HOUR_MS });
  const watching = new AbortController();
  const events = await gate.control.live.watch(undefined, { signal: watching.signal });
  let snapshots = 0;
  for await (const event of events) {
    if (event.type !== 'snapshot') continue;
    snapshots += 1;
    if (snapshots === 1) sleep(48 * HOUR_MS);
    else {
      expect(event.snapshot.pause).toEqual({ active: false });
      expect(event.snapshot.spend.todayNano).toBe(0);
      expect(event.snapshot.spend.requestsToday).toBe(0);
      break;
    }
  }
  watching.abort();
  expect((await gate.chat(ASK)).status).toBe(200);
  const sockets = upstream.requests.map(({ fromPort }) => fromPort);
  expect(sockets[0]).toBe(sockets[1]);
  expect(sockets[2]).not.toBe(sockets[1]);
});
