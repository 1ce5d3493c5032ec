/** The gates before routing, as clients of a whole gateway meet them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestConfig, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, completion, frames, json, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

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

async function start(more: TestConfig = {}): Promise<void> {
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl, more));
}

async function codeOf(response: Response): Promise<unknown> {
  const body = (await response.json()) as { error?: { code?: string } };
  return [response.status, body.error?.code];
}

describe('rate limits', () => {
  test('tell every answer how much is left, and refuse what is too much', async () => {
    await start({ rateLimits: [{ scope: 'global', requestsPerMinute: 2 }] });
    const answers = [await gate.chat(ASK), await gate.chat(ASK), await gate.chat(ASK)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining-requests'))).toEqual(['1', '0', '0']);
    const refused = answers[2];
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused?.headers.get('x-should-retry')).toBeNull();
    expect(refused === undefined ? undefined : await codeOf(refused)).toEqual([429, 'rate_limited']);
    expect(upstream.requests).toHaveLength(2);
  });

  test("in Anthropic's words for clients of Messages", async () => {
    await start({ rateLimits: [{ scope: 'global', requestsPerMinute: 1 }] });
    const ask = () =>
      fetch(`${gate.origin}/v1/messages`, {
        method: 'POST',
        headers: { 'x-api-key': gate.key, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
        body: JSON.stringify(ASK),
      });
    expect((await ask()).headers.get('anthropic-ratelimit-requests-remaining')).toBe('0');
    const refused = await ask();
    expect([refused.status, await refused.json()]).toMatchObject([429, { error: { type: 'rate_limit_error' } }]);
  });

  test('a call that alone is too large is told so, once and for all', async () => {
    await start({ rateLimits: [{ scope: 'global', tokensPerMinute: 100 }] });
    const refused = await gate.chat({ ...ASK, max_tokens: 500 });
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(await codeOf(refused)).toEqual([429, 'exceeds_rate_limit']);
  });

  test("a key's own: 20 calls at once get its two places, and the places are free again", async () => {
    await start();
    const { secret } = await gate.control.accessKeys.create({ id: 'two', policy: { concurrency: 2 } });
    const headers = { authorization: `Bearer ${secret}` };
    let release = (): void => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    upstream.answer(async (seen, response) => {
      await open;
      await json(200, completion())(seen, response);
    });
    const served = [gate.chat(ASK, { headers }), gate.chat(ASK, { headers })];
    await upstream.next();
    await upstream.next();
    const refused = await Promise.all(Array.from({ length: 18 }, () => gate.chat(ASK, { headers })));
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
    release();
    expect((await Promise.all(served)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await gate.chat(ASK, { headers })).status).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'order-1' };

  test('is charged once: then the first one is named, with its cost', async () => {
    await start();
    const first = await gate.chat(ASK, { headers });
    expect(first.status).toBe(200);
    await first.text();
    const again = await gate.chat(ASK, { headers });
    expect(again.headers.get('x-should-retry')).toBe('false');
    expect([again.status, await again.json()]).toMatchObject([
      409,
      {
        error: {
          code: 'idempotency_replayed',
          gatehouse: { first_request: first.headers.get('x-request-id'), cost_usd: '0.00002' },
        },
      },
    ]);
    expect(await codeOf(await gate.chat({ ...ASK, max_tokens: 11 }, { headers }))).toEqual([
      422,
      'idempotency_mismatch',
    ]);
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.requests[0]?.headers['idempotency-key']).toBeUndefined();
  });

  test('in flight: 409 with how long to wait', async () => {
    await start();
    upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
    const leave = new AbortController();
    const first = await gate.chat({ ...ASK, stream: true }, { headers, signal: leave.signal });
    const again = await gate.chat({ ...ASK, stream: true }, { headers });
    expect(again.headers.get('retry-after')).toBe('2');
    expect(await codeOf(again)).toEqual([409, 'request_in_progress']);
    leave.abort();
    await expect(first.text()).rejects.toThrow();
    await upstream.requests[0]?.aborted;
  });

  test('what was refused before it cost anything may be sent again', async () => {
    await start({ budgets: [{ id: 'day', scope: 'global', window: 'day', limitUsd: 0.001 }] });
    const dear = { ...ASK, max_tokens: 1_000 };
    expect(await codeOf(await gate.chat(dear, { headers }))).toEqual([402, 'budget_exceeded']);
    expect(await codeOf(await gate.chat(dear, { headers }))).toEqual([402, 'budget_exceeded']);
  });

  test('is known after a restart', async () => {
    await start();
    await (await gate.chat(ASK, { headers })).text();
    const { dataDir, key } = gate;
    await gate.gateway.close(1_000);
    gate = await startTestGateway(upstreamConfig(upstream.baseUrl), { dataDir });
    expect(await codeOf(await gate.chat(ASK, { headers: { ...headers, authorization: `Bearer ${key}` } }))).toEqual([
      409,
      'idempotency_replayed',
    ]);
  });
});

describe('scoped kill switches', () => {
  test('stop one key, in flight too, and nobody else', async () => {
    await start();
    const { secret } = await gate.control.accessKeys.create({ id: 'agent' });
    const headers = { authorization: `Bearer ${secret}` };
    upstream.answer(frames([ROLE, chunk({ content: 'begun' })], 'open'));
    const stopped = await gate.chat({ ...ASK, stream: true }, { headers });
    const goesOn = await gate.chat({ ...ASK, stream: true });
    await gate.control.killSwitches.kill({ scope: 'key:agent' });
    const text = await stopped.text();
    expect(text).toContain('"code":"kill_switch"');
    expect(text).toContain('access key \\"agent\\" is stopped');
    await upstream.requests[0]?.aborted;
    upstream.answer(json(200, completion()));
    expect(await codeOf(await gate.chat(ASK, { headers }))).toEqual([503, 'kill_switch']);
    expect((await gate.chat(ASK)).status).toBe(200);
    await goesOn.body?.cancel();
    await gate.control.killSwitches.lift({ scope: 'key:agent' });
    expect((await gate.chat(ASK, { headers })).status).toBe(200);
  });
});

describe('the loop guard', () => {
  const agent = {
    ...ASK,
    messages: [
      { role: 'user', content: 'go' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'ls', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'a.ts' },
    ],
  };

  test('stops an agent, and leaves a benchmark and a key without it alone', async () => {
    await start({ loopGuard: { identicalCalls: 3 } });
    const statuses = async (body: object, headers = {}) => {
      const seen: number[] = [];
      for (let n = 0; n < 4; n += 1) seen.push((await gate.chat(body, { headers })).status);
      return seen;
    };
    expect(await statuses(ASK)).toEqual([200, 200, 200, 200]);
    expect(await statuses(agent)).toEqual([200, 200, 429, 429]);
    const { secret } = await gate.control.accessKeys.create({ id: 'bench', policy: { loopGuard: false } });
    expect(await statuses(agent, { authorization: `Bearer ${secret}` })).toEqual([200, 200, 200, 200]);
    const refused = await gate.chat(agent);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(await codeOf(refused)).toEqual([429, 'loop_detected']);
  });
});
