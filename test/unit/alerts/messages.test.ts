import { describe, expect, test } from 'vitest';
import {
  budgetBlocked,
  budgetReached,
  credentialRefused,
  ledgerDrift,
  loopDetected,
  lowBalance,
  providerDown,
  usdText,
} from '../../../proxy/alerts/messages.ts';
import type { BudgetView } from '../../../proxy/contract/views.ts';

const USD = 1_000_000_000;
const budget: BudgetView = {
  id: 'month',
  scope: 'global',
  window: 'month',
  limitNano: 20 * USD,
  spentNano: 16.4 * USD,
  heldNano: USD / 10,
  leftNano: 3.5 * USD,
  windowStartMs: 1_793_491_200_000,
  resetsAtMs: 1_796_083_200_000,
};

describe('a budget', () => {
  test('says how much is spent and left, of which window, and when it resets', () => {
    const { title, message, severity, facts } = budgetReached(budget, 800_000);
    expect(title).toBe('Budget "month": 80 % used');
    expect(message).toBe(
      '$16.40 of the monthly $20.00 (global) is spent. $3.50 is left. It resets at 2026-12-01T00:00:00.000Z.',
    );
    expect(severity).toBe('warning');
    expect(facts).toMatchObject({ budget: 'month', percent: 80, limitNano: 20 * USD, spentNano: 16.4 * USD });
  });

  test('is critical when it is full, information at half', () => {
    expect(budgetReached({ ...budget, spentNano: 20 * USD, leftNano: 0 }, 1_000_000)).toMatchObject({
      severity: 'critical',
      message: expect.stringContaining('No more calls fit under it.'),
    });
    expect(budgetReached(budget, 500_000).severity).toBe('info');
  });

  test('that never resets says so, and a refusal is told once in its window and under its limit', () => {
    const { resetsAtMs: _, ...total } = { ...budget, window: 'total' as const };
    expect(budgetBlocked(total).message).toContain('It never resets.');
    expect(budgetBlocked(budget).subject).toBe(budgetBlocked({ ...budget, spentNano: 17 * USD }).subject);
    expect(budgetBlocked(budget).subject).not.toBe(budgetBlocked({ ...budget, limitNano: 30 * USD }).subject);
    expect(budgetBlocked(budget).subject).not.toBe(budgetBlocked({ ...budget, windowStartMs: 1 }).subject);
  });
});

test('the others name who it is about', () => {
  expect(providerDown('groq', 'upstream_connect_failed')).toMatchObject({ provider: 'groq', subject: 'groq' });
  expect(credentialRefused('groq', 401).message).toContain('(status 401)');
  expect(loopDetected({ key: 'cli', reason: '12 near-identical calls in 120 s' })).toMatchObject({
    key: 'cli',
    facts: { key: 'cli', reason: '12 near-identical calls in 120 s' },
  });
  expect(loopDetected({ key: 'a', reason: 'x' }).subject).not.toBe(loopDetected({ project: 'a', reason: 'x' }).subject);
  expect(ledgerDrift({ problems: 2, kind: 'window_drift', driftNano: 5 }).message).toContain('$0.000000005');
  expect(lowBalance(0, USD).severity).toBe('critical');
});

test.each([
  [0, '$0.00'],
  [1, '$0.000000001'],
  [4_251_500, '$0.0042515'],
  [12_345_678_901, '$12.35'],
  [-1_500_000_000, '-$1.50'],
])('%d nano-dollars read %s', (nano, text) => expect(usdText(nano)).toBe(text));
