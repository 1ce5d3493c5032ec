/** A model without a price under a budget: refused, unless the config says in so many words that it may be served. */
import { afterEach, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gateway: TestGateway;
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

test.each([
  ['nobody says anything', {}, {}, 'unknown-price', undefined],
  ['the model says so', {}, { allowUnpriced: true }, 'm', 200],
  ['the provider says so', { allowUnpriced: true }, {}, 'm', 200],
  [
    'the provider says so of all, the model not of itself',
    { allowUnpriced: true },
    { allowUnpriced: false },
    'm',
    undefined,
  ],
  ['the provider says so, of a model that nobody listed', { allowUnpriced: true }, {}, 'unlisted', 200],
])('%s', async (_name, ofProvider, ofModel, model, status) => {
  upstream = await startUpstream();
  gateway = await startTestGateway({
    providers: [
      {
        id: 'up',
        kind: 'openai-compatible',
        baseUrl: upstream.baseUrl,
        credential: 'none',
        models: [{ id: 'm', ...ofModel }],
        ...ofProvider,
      },
    ],
    budgets: [{ id: 'all', scope: 'global', window: 'month', limitUsd: 1 }],
  });
  const response = await gateway.chat({ model: `up/${model}`, messages: [{ role: 'user', content: 'hi' }] });
  if (status === undefined) {
    expect(await response.json()).toMatchObject({ error: { code: 'price_unknown', param: 'model' } });
    expect(upstream.requests).toHaveLength(0);
    return;
  }
  expect(response.status).toBe(status);
  const { items } = await gateway.control.requests.list({ limit: 1 });
  // Not known is not nothing: no cost is claimed, and nothing was held against the budget.
  expect(items[0]).toMatchObject({ certainty: 'unknown', modelServed: model });
  expect(items[0]?.costNano).toBeFalsy();
  expect((await gateway.control.spend.get()).budgets[0]).toMatchObject({ id: 'all', spentNano: 0 });
});
