/** What becomes of a call that does not fit under a budget, as clients of a whole gateway meet it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startTestGateway,
  TEST_PRICES,
  type TestConfig,
  type TestGateway,
  upstreamConfig,
} from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
/** Input is bounded by some 1,100 tokens at 1 $/MTok, output by max_tokens at 2 $/MTok; what comes back costs 0.00002 $. */
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

interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly gatehouse: Record<string, unknown> };
}
const refusalOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as Refusal) });
const spentNano = async (id: string) =>
  (await gate.control.spend.get()).budgets.find((budget) => budget.id === id)?.spentNano;

describe.each([
  ['global', {}],
  ['key:default', {}],
  ['project:acme', { 'x-project': 'acme' }],
  ['client:aider', { 'x-client-id': 'aider' }],
  ['provider:up', {}],
  ['model:up/m', {}],
] as const)('a budget on %s', (scope, headers) => {
  test('holds against 200 calls at once, and refuses in its own name', async () => {
    await start({
      accessKeys: [],
      budgets: [{ id: 'cap', scope, window: 'total', limitUsd: 0.004 }],
    });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => gate.chat({ ...ASK, max_tokens: 1_000 }, { headers })),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 402]);
    const served = answers.filter(({ status }) => status === 200).length;
    expect(await spentNano('cap')).toBe(served * 20_000);
    // Nothing is held any more, so a call that the rest has room for passes.
    expect((await gate.chat(ASK, { headers })).status).toBe(200);
    const refused = answers.find(({ status }) => status === 402);
    if (refused === undefined) throw new Error('none was refused');
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect((await refusalOf(refused)).error).toMatchObject({
      code: 'budget_exceeded',
      gatehouse: { budget: 'cap', scope },
    });
  });
});

describe("a key's own cap", () => {
  test('stops that key and no other', async () => {
    await start();
    const { secret } = await gate.control.accessKeys.create({
      id: 'agent',
      policy: { cap: { window: 'total', limitUsd: 0.00003, onLimit: 'block' } },
    });
    const refused = await refusalOf(await gate.chat(ASK, { headers: { authorization: `Bearer ${secret}` } }));
    expect(refused).toMatchObject({
      status: 402,
      error: { gatehouse: { budget: 'key-cap:agent', scope: 'key:agent' } },
    });
    expect(refused.error.message).toContain('The total cap of access key "agent"');
    expect((await gate.chat(ASK)).status).toBe(200);
  });
});

describe('clamp', () => {
  const budget = { id: 'cap', scope: 'global', window: 'total', limitUsd: 0.0015, onLimit: 'clamp' } as const;

  test('cuts the answer so that the call fits, says so, and leaves every other byte', async () => {
    await start({ budgets: [{ ...budget, clampFloorTokens: 100 }] });
    const body =
      '{"model":"up/m", "max_tokens" : 1000 ,"messages":[{"role":"user","content":"x"}],"seed":12479678939117453000}';
    const response = await gate.chat(body);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-gatehouse-warnings')).toContain('clamped');
    const sent = upstream.requests[0]?.body.toString() ?? '';
    const { max_tokens: max } = JSON.parse(sent) as { max_tokens: number };
    expect(max).toBeGreaterThanOrEqual(100);
    expect(max).toBeLessThan(1_000);
    expect(sent).toBe(body.replace('up/m', 'm').replace('1000 ,', `${max} ,`));
  });

  test('refuses where too little is left, and says how much would have fitted', async () => {
    await start({ budgets: [{ ...budget, clampFloorTokens: 900 }] });
    const refused = await refusalOf(await gate.chat({ ...ASK, max_tokens: 1_000 }));
    expect(refused.status).toBe(402);
    expect(refused.error.message).toMatch(/would have to be cut to \d+ tokens, which is fewer than the 900/);
    expect(upstream.requests).toHaveLength(0);
  });
});

describe('downgrade', () => {
  test('serves a cheaper tier, says so, and counts there', async () => {
    gate = await startTestGateway({
      providers: [
        {
          id: 'up',
          kind: 'openai-compatible',
          baseUrl: upstream.baseUrl,
          credential: 'none',
          models: [
            { id: 'big', ...TEST_PRICES, tier: 'premium' },
            { id: 'small', ...TEST_PRICES, tier: 'economy' },
          ],
        },
      ],
      budgets: [{ id: 'big', scope: 'model:up/big', window: 'day', limitUsd: 0.00001, onLimit: 'downgrade' }],
    });
    const response = await gate.chat({ ...ASK, model: 'up/big' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-gatehouse-model')).toBe('small');
    expect(response.headers.get('x-gatehouse-warnings')).toContain('downgraded_for_budget');
    expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toMatchObject({ model: 'small' });
    expect(await spentNano('big')).toBe(0);
  });
});

describe('ask', () => {
  const budgets = [{ id: 'cap', scope: 'global', window: 'total', limitUsd: 0.00001, onLimit: 'ask' } as const];

  test('nobody is there: refused at once', async () => {
    await start({ budgets });
    const refused = await refusalOf(await gate.chat(ASK));
    expect(refused.status).toBe(402);
    expect(refused.error.message).toContain('Nobody was there to be asked.');
  });

  test.each([
    ['allow-once', 200],
    ['refuse', 402],
  ] as const)('%s from the window: %i', async (answer, status) => {
    await start({ budgets });
    const stop = new AbortController();
    const events = await gate.control.live.watch(undefined, { signal: stop.signal });
    let call: Promise<Response> | undefined;
    for await (const event of events) {
      if (event.type === 'snapshot') call ??= gate.chat(ASK);
      if (event.type !== 'approvals') continue;
      const [waiting] = event.approvals;
      if (waiting === undefined) break;
      expect(waiting).toMatchObject({ budget: { id: 'cap' }, provider: 'up', model: 'm' });
      await gate.control.approvals.answer({ id: waiting.id, answer });
    }
    stop.abort();
    const response = await call;
    expect(response?.status).toBe(status);
    // Allowed once is not outside the books.
    await response?.text();
    expect(await spentNano('cap')).toBe(answer === 'allow-once' ? 20_000 : 0);
  });
});

describe('fees', () => {
  test("count in the budgets and stand apart in the ledger; the client's wins", async () => {
    await start({
      fees: { defaultBps: 100, projects: { acme: 1_500 }, clients: { aider: 5_000 } },
      budgets: [{ id: 'cap', scope: 'global', window: 'total', limitUsd: 1 }],
    });
    for (const headers of [{}, { 'x-project': 'acme' }, { 'x-project': 'acme', 'x-client-id': 'aider' }]) {
      await (await gate.chat(ASK, { headers })).text();
    }
    expect(await spentNano('cap')).toBe(73_200);
    const charges = (await gate.control.ledger.entries({})).items.filter(({ kind }) => kind === 'charge');
    expect(charges.map(({ costNano, feeNano }) => [costNano, feeNano])).toEqual([
      [20_000, 10_000],
      [20_000, 3_000],
      [20_000, 200],
    ]);
  });
});
