/** Dry runs and breakers over the control contract: what the window's button and `gatehouse route` ask. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestConfig, type TestGateway } from '../../support/gateway/start.ts';
import {
  chunk,
  completion,
  DONE,
  FINISH,
  frames,
  json,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;

beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

/** `a` is cheap and can't do much, `b` is dear and can. */
async function start(more: TestConfig = {}): Promise<void> {
  const provider = { kind: 'openai-compatible', baseUrl: upstream.baseUrl, credential: 'none' } as const;
  gate = await startTestGateway({
    providers: [
      { ...provider, id: 'a', models: [{ id: 'm', ...TEST_PRICES, contextTokens: 8_000, tier: 'economy' }] },
      {
        ...provider,
        id: 'b',
        models: [{ id: 'm', ...TEST_PRICES, inputUsdPerMTok: 10, outputUsdPerMTok: 20, tier: 'standard' }],
      },
    ],
    virtualModels: [{ id: 'gatehouse/pair', mode: 'cheap', targets: ['a/m', 'b/m'] }],
    ...more,
  });
}

const targets = (route: { candidates: readonly { provider: string }[] }) =>
  route.candidates.map(({ provider }) => provider);

async function routeOf(input: Parameters<TestGateway['control']['routing']['dryRun']>[0]) {
  const result = await gate.control.routing.dryRun(input);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.route;
}

describe('a dry run', () => {
  test('tells candidates in order with scores and cost, and why; nothing is sent, held or recorded', async () => {
    await start();
    const route = await routeOf({ model: 'gatehouse/pair', maxTokens: 100 });
    expect(route).toMatchObject({ asked: 'gatehouse/pair', kind: 'virtual_model', mode: 'cheap', attempts: [] });
    expect(targets(route)).toEqual(['a', 'b']);
    const [cheap, dear] = route.candidates;
    expect(cheap).toMatchObject({ model: 'm', tier: 'economy', because: 'virtual_model', score: { price: 1 } });
    expect(dear?.score?.total).toBeLessThan(cheap?.score?.total ?? 0);
    expect(dear?.estimatedCostNano).toBe((cheap?.estimatedCostNano ?? 0) * 10);
    expect(upstream.requests).toEqual([]);
    expect((await gate.control.ledger.balance()).entries).toBe(0);
    expect((await gate.control.requests.list({})).items).toEqual([]);
    expect((await gate.control.live.snapshot()).recentRequests).toEqual([]);
  });

  test('is the route that the call then takes', async () => {
    await start();
    for (const mode of ['cheap', 'quality'] as const) {
      // A conversation of its own each: one that is under way may stay where it is.
      const prompt = `in mode ${mode}`;
      const route = await routeOf({ model: 'gatehouse/pair', mode, maxTokens: 100, prompt });
      const body = { model: 'gatehouse/pair', max_tokens: 100, messages: [{ role: 'user', content: prompt }] };
      const response = await gate.chat(body, { headers: { 'x-gatehouse-mode': mode } });
      expect(response.headers.get('x-gatehouse-provider')).toBe(route.candidates[0]?.provider);
    }
  });

  test('leaves out what cannot do it, with the reason', async () => {
    await start();
    const route = await routeOf({ model: 'gatehouse/pair', prompt: 'word '.repeat(10_000) });
    expect(targets(route)).toEqual(['b']);
    expect(route.excluded).toMatchObject([{ provider: 'a', model: 'm', reason: 'context_too_small' }]);
    expect(route.excluded[0]?.message).not.toBe('');
  });

  test('has the rights of the key it is asked for', async () => {
    await start();
    await gate.control.accessKeys.create({ id: 'intern', policy: { models: ['b/*'] } });
    expect(targets(await routeOf({ model: 'gatehouse/pair', accessKeyId: 'intern' }))).toEqual(['b']);
    const refused = await gate.control.routing.dryRun({ model: 'a/m', accessKeyId: 'intern' });
    expect(refused).toMatchObject({ ok: false, status: 403, code: 'model_not_allowed' });
    await expect(gate.control.routing.dryRun({ model: 'a/m', accessKeyId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no access key "nobody".',
    });
  });

  test('tells what a client would be told', async () => {
    await start();
    expect(await gate.control.routing.dryRun({ model: 'no-such-model' })).toMatchObject({
      ok: false,
      status: 404,
      code: 'model_not_found',
    });
  });

  test('keeps nothing of the prompt', async () => {
    await start();
    const secret = 'a sentence that nobody may find again';
    await routeOf({ model: 'auto', prompt: secret });
    expect(gate.logged()).not.toContain(secret);
  });

  test('sees a rule, and a kill switch', async () => {
    await start({ routing: { rules: [{ name: 'acme-to-b', when: { project: 'acme' }, use: 'b/m' }] } });
    const ruled = await routeOf({ model: 'gatehouse/pair', project: 'acme' });
    expect(ruled.rule).toBe('acme-to-b');
    expect(ruled.candidates[0]).toMatchObject({ provider: 'b', because: 'rule' });
    await gate.control.killSwitches.kill({ scope: 'provider:a' });
    const route = await routeOf({ model: 'gatehouse/pair' });
    expect(targets(route)).toEqual(['b']);
    expect(route.excluded).toMatchObject([{ provider: 'a', reason: 'killed' }]);
  });
});

describe('breakers', () => {
  const ASK = { model: 'a/m', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] };

  async function breakOpen(): Promise<void> {
    upstream.answer(json(500, { error: { message: 'down' } }));
    for (let call = 0; call < 30; call += 1) {
      await (await gate.chat(ASK)).arrayBuffer();
      const { breakers } = await gate.control.routing.breakers();
      if (breakers.some(({ id, state }) => id === 'a/m' && state === 'open')) return;
    }
    throw new Error('no breaker opened');
  }

  test('open where a target fails again and again, show why, and are closed by hand', async () => {
    await start();
    await breakOpen();
    const { breakers } = await gate.control.routing.breakers();
    const open = breakers.find(({ id }) => id === 'a/m');
    expect(open).toMatchObject({ scope: 'endpoint', state: 'open', cause: { status: 500 } });
    expect(open?.failures).toBeGreaterThan(0);
    expect(open?.retryAtMs).toBeGreaterThan(open?.sinceMs ?? 0);
    const left = await routeOf({ model: 'gatehouse/pair' });
    expect(left.excluded).toMatchObject([{ provider: 'a', reason: 'breaker_open' }]);
    const sent = upstream.requests.length;
    expect((await gate.chat(ASK)).status).toBe(503);
    expect(upstream.requests).toHaveLength(sent);

    upstream.answer(json(200, completion()));
    expect(await gate.control.routing.reset({ id: 'a/m' })).toEqual({ reset: true });
    expect((await gate.chat(ASK)).status).toBe(200);
    const after = (await gate.control.routing.breakers()).breakers.find(({ id }) => id === 'a/m');
    expect(after?.state ?? 'closed').toBe('closed');
  });

  test('of a provider are reset with it', async () => {
    await start();
    await breakOpen();
    upstream.answer(json(200, completion()));
    await gate.control.routing.reset({ id: 'a' });
    expect((await gate.chat(ASK)).status).toBe(200);
  });

  test('speeds of what was called are measured beside them', async () => {
    await start();
    upstream.answer(frames([ROLE, chunk({ content: 'hi' }), FINISH, USAGE, DONE]));
    await (await gate.chat({ ...ASK, stream: true })).text();
    const { speeds } = await gate.control.routing.breakers();
    expect(speeds.find(({ id }) => id === 'a/m')?.samples).toBeGreaterThan(0);
  });
});

test('a credential that was refused is listed until somebody says to try it again', async () => {
  gate = await startTestGateway(
    {
      providers: [
        {
          id: 'keyed',
          kind: 'openai-compatible',
          baseUrl: upstream.baseUrl,
          credential: 'env:UPSTREAM_KEY',
          models: [{ id: 'm', ...TEST_PRICES }],
        },
      ],
    },
    { env: { UPSTREAM_KEY: 'sk-refused-for-now' } },
  );
  upstream.answer(json(401, { error: { message: 'no' } }));
  const ask = () => gate.chat({ model: 'keyed/m', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] });
  await (await ask()).arrayBuffer();
  expect((await gate.control.routing.breakers()).refused).toMatchObject([{ providerId: 'keyed', status: 401 }]);
  upstream.answer(json(200, completion()));
  await gate.control.routing.reset({ id: 'keyed' });
  expect((await gate.control.routing.breakers()).refused).toEqual([]);
  expect((await ask()).status).toBe(200);
});
