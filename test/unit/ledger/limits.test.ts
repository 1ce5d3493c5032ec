import { expect, test } from 'vitest';
import type { BudgetWindow } from '../../../proxy/contract/config.ts';
import { exactly, globalLimit, NOON_ISH, openTestLedger, reserveInput } from '../../support/ledger.ts';

test('200 parallel reserves at a cap that allows 7 let exactly 7 through', async () => {
  using t = openTestLedger();
  const limits = [globalLimit(799)];
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, index) => t.ledger.reserve(reserveInput(`a${index}`, 100, { limits }))),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(7);
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 700, entries: 7 });
  await t.ledger.settle(exactly('a0', 1));
  expect(await t.ledger.reserve(reserveInput('more', 100, { limits }))).toEqual({ ok: true });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a limit is reached to the nano-dollar and not passed', async () => {
  using t = openTestLedger();
  const limits = [globalLimit(1_000)];
  expect((await t.ledger.reserve(reserveInput('a', 1_000, { limits }))).ok).toBe(true);
  expect((await t.ledger.reserve(reserveInput('b', 1, { limits }))).ok).toBe(false);
  expect((await t.ledger.reserve(reserveInput('free', 0, { limits }))).ok).toBe(true);
});

test('a refusal shows the first limit that did not fit, as it stood, and writes no entry', async () => {
  using t = openTestLedger('Europe/Berlin');
  await t.ledger.reserve(reserveInput('a', 300));
  await t.ledger.settle(exactly('a', 100));
  await t.ledger.reserve(reserveInput('b', 50));
  const limits = [
    globalLimit(10_000, 'total', 'wide'),
    { budgetId: 'key-day', account: 'key:cli', window: 'day' as const, limitNano: 200 },
    globalLimit(160, 'month', 'also too small'),
  ];
  expect(await t.ledger.reserve(reserveInput('c', 51, { limits }))).toEqual({
    ok: false,
    reason: 'budget_exceeded',
    budget: {
      id: 'key-day',
      scope: 'key:cli',
      window: 'day',
      limitNano: 200,
      spentNano: 100,
      heldNano: 50,
      leftNano: 50,
      windowStartMs: Date.parse('2026-04-14T22:00:00Z'),
      resetsAtMs: Date.parse('2026-04-15T22:00:00Z'),
    },
  });
  expect(await t.ledger.balance()).toMatchObject({ entries: 4, openHolds: 1 });
});

test.each([
  ['hour', '2026-04-15T11:00:00Z'],
  ['day', '2026-04-16T00:00:00Z'],
  ['week', '2026-04-20T00:00:00Z'],
  ['month', '2026-05-01T00:00:00Z'],
] as const)('a budget per %s starts anew at its edge and not before', async (window: BudgetWindow, edge) => {
  using t = openTestLedger();
  const limits = [globalLimit(100, window)];
  await t.ledger.reserve(reserveInput('a', 100, { limits }));
  await t.ledger.settle(exactly('a', 100));
  t.clock.wallMs = Date.parse(edge) - 1;
  expect((await t.ledger.reserve(reserveInput('b', 1, { limits }))).ok).toBe(false);
  t.clock.wallMs = Date.parse(edge);
  expect((await t.ledger.reserve(reserveInput('c', 100, { limits }))).ok).toBe(true);
  // The clock goes back: the old window is still full.
  t.clock.wallMs = NOON_ISH;
  expect((await t.ledger.reserve(reserveInput('d', 1, { limits }))).ok).toBe(false);
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a charge counts in the window of its reserve', async () => {
  using t = openTestLedger();
  t.clock.wallMs = Date.parse('2026-04-30T23:59:59.999Z');
  await t.ledger.reserve(reserveInput('a', 100));
  t.clock.wallMs += 60_000;
  await t.ledger.reserve(reserveInput('b', 10));
  await t.ledger.settle(exactly('a', 70));
  expect(await t.ledger.spend([])).toMatchObject({ todayNano: 0, monthNano: 0, heldNano: 10, requestsToday: 1 });
  t.clock.wallMs = Date.parse('2026-04-30T12:00:00Z');
  expect(await t.ledger.spend([])).toMatchObject({ todayNano: 70, monthNano: 70, heldNano: 10, requestsToday: 1 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a new budget knows what was spent before it', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 100));
  await t.ledger.settle(exactly('a', 60));
  await t.ledger.reserve(reserveInput('b', 30, { project: 'other' }));
  const scopes = ['key:cli', 'project:chatbot', 'client:aider', 'provider:openai', 'model:openai/gpt-4o-mini'];
  const limits = scopes.flatMap((account) =>
    (['hour', 'day', 'week', 'month', 'total'] as const).map((window) => ({
      budgetId: `${account} ${window}`,
      account,
      window,
      limitNano: 100,
    })),
  );
  const { budgets } = await t.ledger.spend(limits);
  for (const budget of budgets) {
    expect(budget).toMatchObject({ spentNano: 60, heldNano: budget.scope === 'project:chatbot' ? 0 : 30 });
  }
  expect((await t.ledger.reserve(reserveInput('c', 11, { limits }))).ok).toBe(false);
  expect((await t.ledger.reserve(reserveInput('d', 10, { limits }))).ok).toBe(true);
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a request with several attempts is one request', async () => {
  using t = openTestLedger();
  for (const attempt of ['a', 'b', 'c']) await t.ledger.reserve(reserveInput(attempt, 1, { requestId: 'r' }));
  await t.ledger.reserve(reserveInput('d', 1));
  expect((await t.ledger.spend([])).requestsToday).toBe(2);
});

test('another time zone counts the same entries in other days', async () => {
  using t = openTestLedger('UTC');
  t.clock.wallMs = Date.parse('2026-04-15T23:30:00Z');
  await t.ledger.reserve(reserveInput('late', 100));
  await t.ledger.settle(exactly('late', 40));
  await t.ledger.reserve(reserveInput('open', 25));
  t.clock.wallMs = Date.parse('2026-04-16T08:00:00Z');
  await t.ledger.reserve(reserveInput('morning', 5));
  expect(await t.ledger.spend([])).toMatchObject({ todayNano: 0, requestsToday: 1 });
  t.ledger.setTimeZone('Europe/Berlin');
  expect(t.ledger.timeZone).toBe('Europe/Berlin');
  expect(await t.ledger.spend([])).toMatchObject({ todayNano: 40, heldNano: 30, requestsToday: 3 });
  await t.ledger.settle(exactly('open', 20));
  expect((await t.ledger.spend([])).todayNano).toBe(60);
  expect((await t.ledger.audit()).problems).toEqual([]);
  // Opened anew with the old zone, as after a change of settings while the gateway was down.
  const reopened = t.reopen('UTC');
  expect(await reopened.spend([])).toMatchObject({ todayNano: 0, requestsToday: 1 });
  expect((await reopened.audit()).problems).toEqual([]);
  expect(() => reopened.setTimeZone('Mars/Olympus')).toThrow(RangeError);
  expect(reopened.timeZone).toBe('UTC');
});
