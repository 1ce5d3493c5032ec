/** What a provider lists itself: asked for, laid behind catalog and config, and never at the cost of a call. */
import { afterEach, expect, suite, test } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestConfig, type TestGateway } from '../../support/gateway/start.ts';
import { type Answer, json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream | undefined;
let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  await upstream?.close();
});

const LIST = {
  object: 'list',
  data: [
    { id: 'm', context_length: 5 },
    { id: 'new', context_length: 4096 },
  ],
};

async function start(
  answer: Answer,
  more: object = {},
  budget: TestConfig = {},
): Promise<{ up: Upstream; gw: TestGateway }> {
  upstream = await startUpstream(answer);
  gateway = await startTestGateway(
    {
      providers: [
        {
          id: 'up',
          kind: 'openai-compatible',
          baseUrl: upstream.baseUrl,
          credential: 'env:UP_KEY',
          models: [{ id: 'm', ...TEST_PRICES }],
          ...more,
        },
      ],
      ...budget,
    },
    { env: { UP_KEY: 'provider-secret' } },
  );
  return { up: upstream, gw: gateway };
}

suite("a provider's own list", () => {
  test('adds what nobody knew, at an unknown price, and changes nothing that the config says', async () => {
    const { up, gw } = await start(json(200, LIST));
    // Nobody asks a provider that is not on this machine until somebody wants to know.
    expect(up.requests).toEqual([]);
    expect(await gw.control.providers.refreshModels({ id: 'up' })).toEqual({ listed: 2, added: 1 });
    expect(up.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/models', 'Bearer provider-secret'],
    ]);
    expect(await gw.control.models.list()).toEqual([
      expect.objectContaining({ id: 'up/m', inputUsdPerMTok: 1, contextTokens: 100_000 }),
      { id: 'up/new', provider: 'up', contextTokens: 4096 },
    ]);
    const listed = await fetch(`${gw.baseUrl}/models`, { headers: { authorization: `Bearer ${gw.key}` } });
    expect(JSON.stringify(await listed.json())).toContain('"up/new"');
    // A second time it is known.
    expect(await gw.control.providers.refreshModels({ id: 'up' })).toEqual({ listed: 2, added: 0 });
    // It was no call: no record, no entry in the books.
    expect((await gw.control.requests.list({})).items).toEqual([]);
    expect((await gw.control.ledger.entries({})).items).toEqual([]);
  });

  test('does not make a model servable under a budget', async () => {
    const { gw } = await start(
      json(200, LIST),
      {},
      { budgets: [{ id: 'cap', scope: 'global', window: 'day', limitUsd: 1 }] },
    );
    await gw.control.providers.refreshModels({ id: 'up' });
    const response = await gw.chat({ model: 'up/new', messages: [{ role: 'user', content: 'hi' }] });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ code: 'price_unknown' }) }),
    ]);
  });

  test.each<[string, Answer, RegExp]>([
    ['a wrong key', json(401, { error: { message: 'secret words' } }), /refused the key \(HTTP 401\)/],
    ['a failure', json(500, {}), /answered HTTP 500/],
    ['another page', json(200, '<html>'), /no list of models/],
    ['another shape', json(200, { models: {} }), /no list of models/],
    ['a cut', (_seen, response) => void response.destroy(), /closed|cut|connection/i],
  ])('%s is told in plain words, and the earlier list stays', async (_what, answer, words) => {
    const { up, gw } = await start(json(200, LIST));
    await gw.control.providers.refreshModels({ id: 'up' });
    up.answer(answer);
    const refused = await gw.control.providers.refreshModels({ id: 'up' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(words) });
    expect(JSON.stringify(refused)).not.toContain('secret words');
    expect(await gw.control.models.list()).toHaveLength(2);
  });

  test('is not there at Bedrock, and a stranger is not found', async () => {
    const { gw } = await start(json(200, LIST), { kind: 'bedrock' });
    await expect(gw.control.providers.refreshModels({ id: 'up' })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('Amazon Bedrock'),
    });
    await expect(gw.control.providers.refreshModels({ id: 'who' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is asked once by two who ask at the same time', async () => {
    const { up, gw } = await start(json(200, LIST));
    await Promise.all([
      gw.control.providers.refreshModels({ id: 'up' }),
      gw.control.providers.refreshModels({ id: 'up' }),
    ]);
    expect(up.requests).toHaveLength(1);
  });

  test('is read when a provider is saved, and survives the next version of the config', async () => {
    upstream = await startUpstream(json(200, LIST));
    gateway = await startTestGateway(undefined);
    const provider = {
      id: 'up',
      kind: 'openai-compatible' as const,
      baseUrl: upstream.baseUrl,
      credential: 'none',
      retention: 'provider-default' as const,
      enabled: true,
      models: [],
    };
    await gateway.control.providers.save(provider);
    await upstream.next();
    // Shares the look-up that the saving began, or asks again.
    await gateway.control.providers.refreshModels({ id: 'up' });
    await gateway.control.providers.save({ ...provider, models: [{ id: 'own', ...TEST_PRICES }] });
    const ids = (await gateway.control.models.list()).map(({ id }) => id).filter((id) => id.startsWith('up/'));
    expect(ids).toEqual(['up/own', 'up/m', 'up/new']);
  });
});
