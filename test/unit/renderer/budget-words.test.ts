/** What the forms of limits make of what people type, and what waiting calls and caps are said to be. */
import { describe, expect, it } from 'vitest';
import { config as configSchema } from '../../../proxy/contract/config.ts';
import type { UsageSeries } from '../../../proxy/contract/usage.ts';
import { leastLimitUsd, raiseProblem, suggestedLimitUsd } from '../../../renderer/src/approvals/approval-words.ts';
import type { ApprovalView } from '../../../renderer/src/contract-views.ts';
import { chargedInWindow } from '../../../renderer/src/pages/access-keys/cap-window.ts';
import { keyDraftOf, keyToSave } from '../../../renderer/src/pages/access-keys/key-draft.ts';
import {
  budgetDraftOf,
  budgetOf,
  budgetProblems,
  EMPTY_BUDGET,
  sharesTyped,
  suggestedId,
} from '../../../renderer/src/pages/budgets/budget-draft.ts';
import { editBudget, editFee } from '../../../renderer/src/pages/budgets/edit-limits.ts';
import { bpsOf, feeWords } from '../../../renderer/src/pages/budgets/fee-draft.ts';
import { percentText } from '../../../renderer/src/pages/budgets/limit-words.ts';
import { parseScope, scopeText, scopeWords } from '../../../renderer/src/pages/budgets/scope-words.ts';

const NONE: ReadonlySet<string> = new Set();

describe('budgets', () => {
  it.each(['global', 'key:cli', 'project:acme corp', 'client:a:b', 'model:openai/gpt-4o'])('%s comes back', (scope) => {
    const parsed = parseScope(scope);
    expect(parsed === undefined ? undefined : scopeText(parsed)).toBe(scope);
  });

  it('shows a scope it does not know as it stands', () => expect(scopeWords('galaxy:far')).toBe('galaxy:far'));

  it('finds a name that is free', () => {
    const draft = { scope: { kind: 'project', name: 'Acme & Söhne' }, window: 'week' } as const;
    expect(suggestedId(draft, NONE)).toBe('acme-s-hne-week');
    expect(suggestedId(draft, new Set(['acme-s-hne-week']))).toBe('acme-s-hne-week-2');
    expect(suggestedId({ scope: { kind: 'client', name: '???' }, window: 'day' }, NONE)).toBe('day');
  });

  it.each([
    ['', []],
    ['100 %, 50;50', [0.5, 1]],
    ['7', [0.07]],
    ['0', undefined],
    ['1001', undefined],
    ['half', undefined],
  ])('reads "%s" as shares', (text, shares) => expect(sharesTyped(text)).toEqual(shares));

  it('says 7 percent, not 7.000000000000001', () => expect(percentText(0.07)).toBe('7'));

  it('writes only what the person filled in, and comes back the same', () => {
    const plain = budgetOf(EMPTY_BUDGET, NONE);
    expect(plain).toEqual({ id: 'month', scope: 'global', window: 'month', limitUsd: 20, onLimit: 'block' });
    const clamped = { ...plain, onLimit: 'clamp' as const, clampFloorTokens: 10, alertAt: [0.5, 1] };
    expect(budgetOf(budgetDraftOf(clamped), NONE)).toEqual(clamped);
    expect(budgetProblems({ ...EMPTY_BUDGET, limitUsd: '', id: 'No' }, NONE)).toMatchObject({
      id: expect.stringContaining('lower-case'),
      limitUsd: 'Enter an amount in US dollars',
    });
  });

  it('goes over what others made of it only when the person insists', () => {
    const seen = budgetOf(EMPTY_BUDGET, NONE);
    const theirs = { ...seen, limitUsd: 5 };
    const ours = { ...seen, limitUsd: 30 };
    const config = configSchema.parse({ version: 1, budgets: [theirs] });
    expect(editBudget(seen, ours)(config, false)).toBeUndefined();
    expect(editBudget(seen, ours)(config, true)?.budgets).toEqual([ours]);
    expect(editBudget(theirs, undefined)(config, false)?.budgets).toEqual([]);
  });
});

describe('fees', () => {
  it.each([
    [12.5, 1250],
    [0.07, 7],
    ['', undefined],
    [0.001, undefined],
    [1000.01, undefined],
  ])('%s percent is %s basis points', (percent, bps) => expect(bpsOf(percent)).toBe(bps));

  it('leaves no empty map behind', () => {
    const config = configSchema.parse({ version: 1, fees: { defaultBps: 0, projects: { acme: 1500 } } });
    const gone = editFee({ scope: { kind: 'project', name: 'acme' }, seenBps: 1500, bps: undefined })(config, false);
    expect(gone?.fees).toEqual({ defaultBps: 0 });
    expect(feeWords(1250, 'en')).toBe('12.5 %');
  });
});

describe('access keys', () => {
  it('come back from the form as they were', () => {
    const rights = {
      models: ['openai/*'],
      maxTier: 'standard' as const,
      tokensPerMinute: 5,
      cap: { window: 'day' as const, limitUsd: 2, onLimit: 'ask' as const },
      expiresAt: '2030-01-31T18:00:59+02:00',
      loopGuard: { toolCycles: 20 },
    };
    expect(keyToSave(keyDraftOf('acme', rights), rights)).toEqual({ project: 'acme', policy: rights });
    expect(keyToSave(keyDraftOf(undefined, { loopGuard: false }), undefined)).toEqual({ policy: { loopGuard: false } });
    expect(keyToSave(keyDraftOf(undefined, undefined), undefined)).toEqual({});
  });

  it('count what was charged since the window began in the zone of the config', () => {
    // Days of Berlin: Friday 30 October to Monday 2 November 2026.
    const starts = ['2026-10-29T23:00Z', '2026-10-30T23:00Z', '2026-10-31T23:00Z', '2026-11-01T23:00Z'];
    const series = {
      buckets: starts.map((start) => ({ startMs: Date.parse(start), endMs: Date.parse(start) + 1 })),
      lines: [{ value: null, points: [1, 10, 100, 1000].map((chargedNano) => ({ chargedNano })) }],
    } as unknown as UsageSeries;
    expect(chargedInWindow(series, 'day', 'Europe/Berlin')).toBe(1000);
    expect(chargedInWindow(series, 'week', 'Europe/Berlin')).toBe(1000);
    expect(chargedInWindow(series, 'month', 'Europe/Berlin')).toBe(1100);
    expect(chargedInWindow(series, 'total', 'Europe/Berlin')).toBe(1111);
  });
});

describe('a waiting call', () => {
  const approval = (limitNano: number, spentNano: number, neededNano: number) =>
    ({ budget: { limitNano, spentNano, heldNano: 0 }, neededNano }) as unknown as ApprovalView;

  it('suggests a limit under which it fits, that a person would write', () => {
    expect(suggestedLimitUsd(approval(20e9, 19e9, 2e9))).toBe(30);
    expect(suggestedLimitUsd(approval(1e9, 0.99e9, 4.44e9))).toBe(5.5);
    expect(suggestedLimitUsd(approval(0, 0, 1_234))).toBe(0.0000013);
    for (const one of [approval(7, 6, 5), approval(20e9, 3, 1e12)])
      expect(suggestedLimitUsd(one)).toBeGreaterThanOrEqual(leastLimitUsd(one));
  });

  it('refuses a limit under which it would not fit', () => {
    expect(raiseProblem(approval(1e9, 1e9, 1e9), 1.5)).toContain('$2');
    expect(raiseProblem(approval(1e9, 1e9, 1e9), 2)).toBeUndefined();
    expect(raiseProblem(approval(1e9, 1e9, 1e9), undefined)).toContain('Enter');
  });
});
