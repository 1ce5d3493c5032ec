import { describe, expect, test } from 'vitest';
import { type BudgetConfig, budgetConfig } from '../../../proxy/contract/config.ts';
import type { BudgetView } from '../../../proxy/contract/views.ts';
import { budgetExceeded } from '../../../proxy/limits/budget-exceeded.ts';
import { keyCapOf, limitsFor, limitsOf, type Subject } from '../../../proxy/limits/budgets.ts';
import { openTestLedger, reserveInput } from '../../support/ledger.ts';

const budget = (id: string, scope: string, more: Partial<BudgetConfig> = {}): BudgetConfig =>
  budgetConfig.parse({ id, scope, window: 'day', limitUsd: 1, ...more });

const ALL = limitsOf([
  budget('all', 'global'),
  budget('all-month', 'global', { window: 'month', limitUsd: 20 }),
  budget('key', 'key:cli'),
  budget('project', 'project:acme co'),
  budget('client', 'client:aider'),
  budget('provider', 'provider:groq'),
  budget('model', 'model:groq/meta/llama'),
]);
const idsFor = (subject: Subject) => limitsFor(ALL, undefined, subject).map(({ budgetId }) => budgetId);
const TARGET = { provider: 'openai', model: 'gpt' };

describe('the budgets that touch an attempt', () => {
  test.each<[string, Subject, string[]]>([
    ['nobody in particular', TARGET, []],
    ['a key', { ...TARGET, accessKeyId: 'cli' }, ['key']],
    ['another key', { ...TARGET, accessKeyId: 'cli2' }, []],
    ['a project', { ...TARGET, project: 'acme co' }, ['project']],
    ['a project of the name of a key', { ...TARGET, project: 'cli' }, []],
    ['a client', { ...TARGET, client: 'aider' }, ['client']],
    ['a provider', { provider: 'groq', model: 'x' }, ['provider']],
    ['a model with slashes', { provider: 'groq', model: 'meta/llama' }, ['provider', 'model']],
    ['the same model elsewhere', { provider: 'together', model: 'meta/llama' }, []],
    [
      'all of them',
      { provider: 'groq', model: 'meta/llama', accessKeyId: 'cli', project: 'acme co', client: 'aider' },
      ['key', 'project', 'client', 'provider', 'model'],
    ],
  ])('%s', (_name, subject, ids) => {
    expect(idsFor(subject)).toEqual(['all', 'all-month', ...ids]);
  });

  test('keep what the config says', () => {
    expect(limitsOf([budget('b', 'global', { onLimit: 'clamp', clampFloorTokens: 9, limitUsd: 0.1 })])).toEqual([
      {
        budgetId: 'b',
        account: 'global',
        window: 'day',
        limitNano: 100_000_000,
        onLimit: 'clamp',
        clampFloorTokens: 9,
      },
    ]);
  });

  test("a key's own cap comes last, and only for that key", () => {
    const cap = keyCapOf('cli', { cap: { window: 'total', limitUsd: 2, onLimit: 'block' } });
    expect(cap).toEqual({
      budgetId: 'key-cap:cli',
      account: 'key:cli',
      window: 'total',
      limitNano: 2_000_000_000,
      onLimit: 'block',
    });
    expect(limitsFor(ALL, cap, { ...TARGET, accessKeyId: 'cli' }).at(-1)).toBe(cap);
    expect(limitsFor(ALL, cap, { ...TARGET, accessKeyId: 'ide' })).not.toContain(cap);
    expect(keyCapOf('cli', {})).toBeUndefined();
    expect(keyCapOf('cli', undefined)).toBeUndefined();
  });

  test('no budgets: nothing', () => {
    expect(limitsFor([], undefined, TARGET)).toEqual([]);
  });

  test('are all accounts that the ledger finds touched: one reserve takes every one of them', async () => {
    using test = openTestLedger();
    const subject = { provider: 'groq', model: 'meta/llama', accessKeyId: 'cli', project: 'acme co', client: 'aider' };
    const cap = keyCapOf('cli', { cap: { window: 'hour', limitUsd: 1, onLimit: 'block' } });
    const limits = limitsFor(ALL, cap, subject);
    expect(limits).toHaveLength(8);
    expect(await test.ledger.reserve(reserveInput('a', 600_000_000, { ...subject, limits }))).toEqual({
      ok: true,
    });
    const { budgets } = await test.ledger.spend(limits);
    expect(budgets.map(({ heldNano }) => heldNano)).toEqual(limits.map(() => 600_000_000));
    // The second would fit under the month alone: nothing of it is held anywhere.
    const second = await test.ledger.reserve(reserveInput('b', 600_000_000, { ...subject, limits }));
    expect(second).toMatchObject({ ok: false, budget: { id: 'all' } });
    expect((await test.ledger.spend(limits)).budgets).toEqual(budgets);
  });

  test.each(ALL.map((limit) => [limit.account, limit] as const))(
    '200 calls at once against one cap on %s: as many pass as fit, to the nano-dollar',
    async (_account, limit) => {
      using test = openTestLedger();
      const subject = {
        provider: 'groq',
        model: 'meta/llama',
        accessKeyId: 'cli',
        project: 'acme co',
        client: 'aider',
      };
      const limits = limitsFor([{ ...limit, limitNano: 1_000 }], undefined, subject);
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, n) => test.ledger.reserve(reserveInput(`a${n}`, 30, { ...subject, limits }))),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(33);
      expect((await test.ledger.spend(limits)).budgets).toMatchObject([{ heldNano: 990, leftNano: 10 }]);
      await Promise.all(outcomes.flatMap(({ ok }, n) => (ok ? [test.ledger.release(`a${n}`, 'test')] : [])));
      // No hold has leaked: the whole cap is there again.
      expect(await test.ledger.reserve(reserveInput('z', 1_000, { ...subject, limits }))).toEqual({
        ok: true,
      });
    },
  );
});

describe('the refusal', () => {
  const view: BudgetView = {
    id: 'month',
    scope: 'global',
    window: 'month',
    limitNano: 20_000_000_000,
    spentNano: 19_000_000_000,
    heldNano: 500_000_000,
    leftNano: 500_000_000,
    windowStartMs: 0,
    resetsAtMs: Date.UTC(2026, 11, 1),
  };
  const NOW = Date.UTC(2026, 10, 30, 23, 59, 59, 500);

  test('names the budget, what is left, what was needed, when it resets, and what helps', () => {
    const error = budgetExceeded(view, 600_000_000, NOW);
    expect([error.code, error.status, error.retryable]).toEqual(['budget_exceeded', 402, false]);
    expect(error.message).toBe(
      'The month budget "month" has $0.5 left of $20; this call could cost up to $0.6. It resets at 2026-12-01T00:00:00.000Z. ' +
        'Raise the cap in Gatehouse, send a smaller max_tokens, ask for a cheaper model, or wait for the reset.',
    );
    expect(error.details.facts).toEqual({
      budget: 'month',
      scope: 'global',
      window: 'month',
      limit_usd: '20',
      spent_usd: '19',
      held_usd: '0.5',
      left_usd: '0.5',
      needed_usd: '0.6',
      resets_at: '2026-12-01T00:00:00.000Z',
      resets_in_s: 1,
    });
  });

  test.each([
    ['key:cli', 'of access key "cli"'],
    ['project:acme co', 'of project "acme co"'],
    ['client:aider', 'of client "aider"'],
    ['provider:groq', 'of provider "groq"'],
    ['model:groq/a:b', 'of model "groq/a:b"'],
  ])('names the scope %s', (scope, words) => {
    const error = budgetExceeded({ ...view, scope }, 1, NOW);
    expect(error.message).toContain(`The month budget "month" ${words} has`);
    expect(error.details.facts).toMatchObject({ scope });
  });

  test("a key's cap is told as one", () => {
    const error = budgetExceeded({ ...view, id: 'key-cap:cli', scope: 'key:cli', window: 'total' }, 1, NOW);
    expect(error.message).toContain('The total cap of access key "cli" has');
    expect(error.message).toContain('Raise the cap of this access key');
  });

  test('a wallet is told as one: it never resets, and money is what helps', () => {
    const { resetsAtMs: _never, ...total } = view;
    const wallet: BudgetView = { ...total, id: 'wallet', scope: 'wallet', window: 'total', leftNano: 0 };
    const error = budgetExceeded(wallet, 600_000_000, NOW);
    expect(error.message).toBe(
      'The wallet has $0 left of $20; this call could cost up to $0.6. Add to the wallet in Gatehouse.',
    );
    expect(error.details.facts).toMatchObject({ budget: 'wallet', scope: 'wallet' });
  });

  test('no remedy is named that would not help', () => {
    const { resetsAtMs: _never, ...total } = { ...view, leftNano: 0 };
    const { message } = budgetExceeded(total, 1, NOW);
    expect(message).toMatch(/It never resets\. Raise the cap in Gatehouse\.$/);
    expect(budgetExceeded({ ...view, leftNano: 0 }, 1, NOW).message).toMatch(
      /Raise the cap in Gatehouse or wait for the reset\.$/,
    );
    expect(budgetExceeded(view, 1, NOW, { fitsTokens: 0 }).message).not.toContain('max_tokens');
    expect(budgetExceeded(view, 1, NOW, { fitsTokens: 77 }).message).toContain('a smaller max_tokens (77 would fit)');
  });

  test.each([
    [{ fitsTokens: 100, clampFloorTokens: 256 }, 'cut to 100 tokens, which is fewer than the 256'],
    [{ nothingCheaper: true }, 'No cheaper model could serve it either.'],
    [{ asked: 'refused' as const }, 'You were asked and refused it.'],
    [{ asked: 'timed-out' as const }, 'did not answer in time'],
    [{ asked: 'nobody' as const }, 'Nobody was there to be asked.'],
  ])('says why what the budget allows did not help: %j', (refusal, words) => {
    expect(budgetExceeded(view, 1, NOW, refusal).message).toContain(words);
  });
});
