/** Calls that are paid from a wallet: nothing goes out that it does not hold. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gate: TestGateway;
const ASK = { model: 'sim/echo', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] };

/** Costs nearly as much as it holds. */
const LONG = { ...ASK, model: 'sim/lorem-4000', max_tokens: 4000 };

beforeEach(async () => {
  gate = await startTestGateway({ wallet: { enabled: true, lowBalanceUsd: 0.5 } });
});
afterEach(() => gate.close());

it('is empty at first, pays when it was charged up, and keeps exact accounts', async () => {
  const refused = await gate.chat(ASK);
  expect(refused.status).toBe(402);
  expect(await refused.json()).toMatchObject({ error: { code: 'budget_exceeded' } });

  await gate.control.ledger.grant({ id: 'grant-1', amountUsd: 1, reason: 'first charge' });
  const paid = await gate.chat(ASK);
  expect(paid.status).toBe(200);
  const { items } = await gate.control.requests.list({ limit: 1 });
  const wallet = await gate.control.ledger.wallet();
  expect(wallet.balanceNano).toBe(1_000_000_000 - (items[0]?.chargedNano ?? Number.NaN));
  expect(await gate.control.ledger.audit()).toMatchObject({ ok: true });
});

it('200 calls at once never spend more than it holds', async () => {
  await gate.control.ledger.grant({ id: 'grant-1', amountUsd: 0.05, reason: 'a little' });
  const answers = await Promise.all(Array.from({ length: 200 }, () => gate.chat(LONG)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(new Set(statuses)).toEqual(new Set([200, 402]));
  const wallet = await gate.control.ledger.wallet();
  expect(wallet.balanceNano).toBeGreaterThanOrEqual(0);
  expect(await gate.control.ledger.audit()).toMatchObject({ ok: true });
});
