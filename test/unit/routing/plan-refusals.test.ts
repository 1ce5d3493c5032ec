import { describe, expect, it } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { ALL, OPENAI, ROUTER } from './support/five-providers.ts';
import { plan, provider, shape } from './support/fixtures.ts';

describe('when nothing can serve a call', () => {
  const refusal = (run: () => unknown): GatehouseError => {
    try {
      run();
    } catch (error) {
      if (error instanceof GatehouseError) return error;
      throw error;
    }
    throw new Error('a plan was made');
  };

  const rows: [what: string, run: () => unknown, code: string][] = [
    ['an unknown name', () => plan('gpt-5-unknown', ALL), 'model_not_found'],
    ['an unknown provider', () => plan('nowhere/gpt-4o', ALL), 'model_not_found'],
    ['a provider that is off', () => plan('off/m', [provider('off', { enabled: false })]), 'no_target_available'],
    ['no key', () => plan('openai/gpt-4o', ALL, { credential: () => 'missing' }), 'credential_missing'],
    ['a refused key', () => plan('openai/gpt-4o', ALL, { credential: () => 'refused' }), 'no_target_available'],
    ['a kill switch', () => plan('openai/gpt-4o', ALL, { killed: () => true }), 'kill_switch'],
    ["the key's policy", () => plan('openai/gpt-4o', ALL, {}, { policy: { models: ['groq/*'] } }), 'model_not_allowed'],
    ["the key's tier", () => plan('openai/gpt-4o', ALL, {}, { policy: { maxTier: 'economy' } }), 'model_not_allowed'],
    ['privacy', () => plan('openai/gpt-4o', ALL, {}, { mode: 'privacy' }), 'model_not_allowed'],
    ['no price', () => plan('openai/new', ALL, { budgeted: true }), 'price_unknown'],
    ['no money', () => plan('openai/gpt-4o', ALL, { leftNano: () => 1 }), 'budget_exceeded'],
    ['the size', () => plan(shape('openai/gpt-4o', { inputTokensEstimate: 300_000 }), ALL), 'invalid_request'],
    [
      'more than one reason',
      () => plan('gpt-4o', [OPENAI, ROUTER], { credential: (id) => (id === 'openai' ? 'missing' : 'refused') }),
      'no_target_available',
    ],
  ];
  it.each(rows)('%s is told as such', (_what, run, code) => expect(refusal(run).code).toBe(code));

  it('says what is in the way at each place, and in facts', () => {
    const error = refusal(() =>
      plan('gpt-4o', [OPENAI, ROUTER], { credential: (id) => (id === 'openai' ? 'missing' : 'refused') }),
    );
    expect(error.message).toBe(
      'no target can serve this call: there is no key for the provider "openai"; store one under Providers; "openrouter" refused its key; store a new one under Providers',
    );
    expect(error.details.facts).toEqual({ excluded: 2, reasons: 'credential_missing, credential_refused' });
  });

  it('says when a breaker lets the next call through', () => {
    const nowMs = 1_000_000;
    const health = { 'openai/gpt-4o': { breaker: 'open' as const, retryAtMs: nowMs + 7_000 } };
    const error = refusal(() => plan('openai/gpt-4o', ALL, { nowMs, health }));
    expect(error).toMatchObject({ code: 'no_target_available', details: { retryAfterMs: 7_000 } });
  });

  it('leaves the words to the budgets, where nothing but a budget is in the way', () => {
    const own = new GatehouseError('budget_exceeded', 'The month is over.');
    const needed: number[] = [];
    const facts = {
      leftNano: () => 1,
      budgetRefusal: (_target: unknown, neededNano: number) => {
        needed.push(neededNano);
        return own;
      },
    };
    expect(refusal(() => plan(shape('openai/gpt-4o', { maxOutputTokens: 100 }), ALL, facts))).toBe(own);
    expect(needed).toEqual([1_000 * 2_500 + 100 * 10_000]);
  });

  it('does not count what was never asked for', () => {
    const error = refusal(() => plan('claude-sonnet', ALL, { credential: () => 'missing' }));
    expect(error).toMatchObject({ code: 'credential_missing', details: { facts: { excluded: 1 } } });
  });
});
