import { afterEach, describe, expect, it } from 'vitest';
import { NANO_PER_USD } from '../../../proxy/contract/money.ts';
import { attemptBoundNano } from '../../../proxy/pipeline/bound.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { startTestGateway, TEST_PRICES, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { completion, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const BODY = JSON.stringify({ model: 'up/m', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] });

/** What one such call holds; the cap is set from it. */
function holdNano(): number {
  const price = {
    inputNanoPerMTok: TEST_PRICES.inputUsdPerMTok * NANO_PER_USD,
    outputNanoPerMTok: TEST_PRICES.outputUsdPerMTok * NANO_PER_USD,
  };
  return attemptBoundNano(
    openAiChat.inspectRequest(Buffer.from(BODY)).facts,
    { id: 'm', price, contextTokens: TEST_PRICES.contextTokens },
    true,
  );
}

async function start(limitNano: number): Promise<{ gate: TestGateway; upstream: Upstream; answerAll: () => void }> {
  const held = Promise.withResolvers<void>();
  const upstream = await startUpstream(async (_seen, response) => {
    await held.promise;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(completion()));
  });
  closers.push(() => upstream.close());
  const budgets = [{ id: 'cap', scope: 'global', window: 'month' as const, limitUsd: limitNano / NANO_PER_USD }];
  const gate = await startTestGateway(upstreamConfig(upstream.baseUrl, { budgets }));
  closers.push(() => gate.close());
  return { gate, upstream, answerAll: held.resolve };
}

describe('a global budget', () => {
  it('lets through exactly the 7 of 200 parallel calls that it can afford, with no overspend', async () => {
    const hold = holdNano();
    const { gate, upstream, answerAll } = await start(hold * 7 + hold - 1);
    const calls = Array.from({ length: 200 }, () => gate.chat(BODY));
    const refused = Promise.all(calls.map(async (call) => (await call).status === 402));
    // Nobody is answered until the budget has decided about everybody: 193 refusals, 7 calls at the provider.
    const refusals = calls.map((call) => call.then((response) => response.status === 402));
    let seen = 0;
    await new Promise<void>((resolve) => {
      for (const refusal of refusals) {
        void refusal.then((was402) => {
          if (was402) seen += 1;
          if (seen === 193) resolve();
        });
      }
    });
    answerAll();
    expect((await refused).filter((was402) => was402)).toHaveLength(193);
    expect(upstream.requests).toHaveLength(7);
    const balance = await gate.control.ledger.balance();
    expect(balance).toMatchObject({ chargedNano: 7 * 20_000, heldNano: 0, openHolds: 0 });
    const { budgets } = await gate.control.spend.get();
    expect(budgets[0]?.spentNano).toBeLessThanOrEqual(budgets[0]?.limitNano ?? 0);
  });

  it('says which budget, what is left, what the call could cost and when it resets', async () => {
    const { gate, upstream } = await start(holdNano() - 1);
    const response = await gate.chat(BODY);
    expect(response.status).toBe(402);
    expect(response.headers.get('x-should-retry')).toBe('false');
    const body = (await response.json()) as {
      error: { code: string; message: string; gatehouse?: Record<string, unknown> };
    };
    expect(body.error.code).toBe('budget_exceeded');
    expect(body.error.message).toContain('"cap"');
    expect(body.error.gatehouse).toMatchObject({ budget: 'cap', window: 'month', spent_usd: '0' });
    expect(String(body.error.gatehouse?.resets_at)).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(upstream.requests).toHaveLength(0);
  });

  it('refuses a model whose price is not known', async () => {
    const { gate } = await start(NANO_PER_USD);
    const response = await gate.chat({ model: 'up/unlisted', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'price_unknown', param: 'model' } });
  });

  it('is a cap at run time too: set in the window, it holds from the next call on', async () => {
    const upstream = await startUpstream();
    closers.push(() => upstream.close());
    const gate = await startTestGateway();
    closers.push(() => gate.close());
    const ask = { model: 'sim/echo', max_tokens: 50, messages: [{ role: 'user', content: 'hello' }] };
    expect((await gate.chat(ask)).status).toBe(200);
    await gate.control.settings.update({ budget: { window: 'day', limitUsd: 0 } });
    expect((await gate.chat(ask)).status).toBe(402);
    await gate.control.settings.update({ budget: null });
    expect((await gate.chat(ask)).status).toBe(200);
    const versions = await gate.control.config.versions();
    expect(versions.map((version) => version.number)).toEqual([3, 2, 1]);
    const { items } = await gate.control.requests.list({});
    expect(items.map((item) => item.configVersion)).toEqual([3, 2, 1]);
  });
});
