import { describe, expect, it } from 'vitest';
import { EXCLUSION_REASONS, type RouteView } from '../../../../proxy/contract/routes.ts';
import type { BreakerStateView } from '../../../../proxy/contract/routing-desk.ts';
import { FAILURE_KINDS } from '../../../../proxy/routing/failure.ts';
import { staleAnswers } from '../../../../renderer/src/live/stale-answers.ts';
import { healthWords, stoppedWords } from '../../../../renderer/src/pages/providers/health-words.ts';
import {
  breakerDetail,
  breakerState,
  canReset,
  endpointsOf,
  speedWords,
} from '../../../../renderer/src/pages/routing/health/breaker-words.ts';
import { costPerCall, failureShare } from '../../../../renderer/src/pages/routing/splits/arm-figures.ts';
import { groupExcluded } from '../../../../renderer/src/route/group-excluded.ts';
import {
  becauseWords,
  decidedBy,
  endpointName,
  errorWords,
  exclusionWords,
  outcomeTone,
  outcomeWords,
  spreadsOut,
} from '../../../../renderer/src/route/route-words.ts';
import { provider } from '../views.ts';

const CLOSED: BreakerStateView = {
  id: 'a/m',
  scope: 'endpoint',
  state: 'closed',
  outcomes: 3,
  failures: 0,
  slow: 0,
  failuresInARow: 0,
};
const OPEN: BreakerStateView = {
  ...CLOSED,
  state: 'open',
  failures: 3,
  failuresInARow: 3,
  sinceMs: 1000,
  retryAtMs: 13_500,
  cause: { kind: 'rate_limited', status: 429, code: 'slow_down' },
};

describe('route words', () => {
  it('has words of its own for every failure and every exclusion there is', () => {
    for (const kind of FAILURE_KINDS) expect(outcomeWords(kind)).toMatch(/^[A-Z]/);
    for (const reason of EXCLUSION_REASONS) expect(exclusionWords(reason)).toMatch(/^[A-Z]/);
  });

  it('passes a word of a later gateway', () => {
    expect(outcomeWords('new_thing')).toBe('new thing');
    expect(becauseWords('larger_context')).toBe('has a larger context');
    expect(becauseWords('other_reason')).toBe('other reason');
  });

  it('names a target once, and an error by what is known of it', () => {
    expect(endpointName('sim', 'echo')).toBe('sim/echo');
    expect(endpointName('sim', 'sim/echo')).toBe('sim/echo');
    expect(errorWords({ status: 429, errorCode: 'x' })).toBe('429 x');
    expect(errorWords({ errorCode: 'x' })).toBe('x');
    expect([
      outcomeTone({ decision: 'served' }),
      outcomeTone({ decision: 'next' }),
      outcomeTone({ decision: 'stop' }),
    ]).toEqual(['ok', 'warn', 'bad']);
  });

  it('says what decided', () => {
    const route: RouteView = {
      asked: 'auto',
      kind: 'auto',
      mode: 'code',
      tier: 'premium',
      rule: 'r',
      split: { name: 's', arm: 'a/m' },
      sticky: true,
      reasons: [],
      candidates: [],
      excluded: [],
      attempts: [],
    };
    expect(decidedBy(route)).toEqual([
      'mode code',
      'tier premium',
      'rule r',
      'split s, arm a/m',
      'stays with its provider',
    ]);
  });

  it('notices where the order is not that of the scores', () => {
    const scored = (...totals: number[]) =>
      totals.map((total) => ({ provider: 'a', model: String(total), because: 'mode', score: { total } }));
    expect(spreadsOut({ kind: 'auto', candidates: scored(0.9, 0.2, 0.5) })).toBe(true);
    expect(spreadsOut({ kind: 'auto', candidates: scored(0.9, 0.5, 0.5) })).toBe(false);
    expect(spreadsOut({ kind: 'model', candidates: scored(0.2, 0.5) })).toBe(false);
  });

  it('tells a reason once for all models of a provider that share it', () => {
    const excluded = [
      { provider: 'groq', model: 'a', reason: 'disabled' as const, message: 'off' },
      { provider: 'groq', model: 'b', reason: 'disabled' as const, message: 'off' },
      { provider: 'groq', model: 'c', reason: 'no_tools' as const, message: 'c knows no tools' },
      { provider: 'xai', model: 'a', reason: 'disabled' as const, message: 'off' },
    ];
    expect(groupExcluded(excluded).map(({ provider: id, models }) => [id, models])).toEqual([
      ['groq', ['a', 'b']],
      ['groq', ['c']],
      ['xai', ['a']],
    ]);
  });
});

describe('breaker words', () => {
  it.each([
    [OPEN, 1000, 'Rate limit reached (429 slow_down), 3 in a row; left alone for 13 s'],
    [OPEN, 14_000, 'Rate limit reached (429 slow_down), 3 in a row; the next call tries it'],
    [{ ...OPEN, state: 'half-open' }, 1000, 'Rate limit reached (429 slow_down), 3 in a row; the next call tries it'],
    [CLOSED, 0, '3 calls lately, none failed'],
    [{ ...CLOSED, outcomes: 1, failures: 1, slow: 1 }, 0, '1 call lately, 1 failed, 1 slow'],
    [undefined, 0, 'No call lately'],
  ] as const)('%j at %d', (breaker, nowMs, words) => expect(breakerDetail(breaker, nowMs)).toBe(words));

  it('puts those in trouble first, and knows an endpoint that was only measured', () => {
    const speeds = [{ id: 'c/m', firstTokenMs: 120, tokensPerSecond: 33.4, samples: 2 }];
    const endpoints = endpointsOf(
      [
        { ...CLOSED, id: 'b/m' },
        { ...OPEN, id: 'z/m' },
        { ...CLOSED, id: 'y/m', failures: 1 },
      ],
      speeds,
    );
    expect(endpoints.map(({ id }) => id)).toEqual(['z/m', 'y/m', 'b/m', 'c/m']);
    expect(speedWords(speeds[0])).toBe('first token 120 ms · 33 tokens/s');
    expect(speedWords(undefined)).toBe('not measured yet');
    expect(breakerState(undefined).words).toBe('In use');
    expect([canReset(OPEN), canReset(CLOSED), canReset(undefined)]).toEqual([true, false, false]);
  });
});

describe('figures of an arm', () => {
  it('count only what is known', () => {
    expect(costPerCall({ requests: 3, unknownCosts: 1, costNano: 9 })).toBe(5);
    expect(costPerCall({ requests: 1, unknownCosts: 1, costNano: 0 })).toBeUndefined();
    expect(failureShare({ requests: 8, failed: 2 })).toBe(25);
    expect(failureShare({ requests: 0, failed: 0 })).toBe(0);
  });
});

describe('what calls make stale', () => {
  it('health follows providers, results of splits follow requests', () => {
    expect(staleAnswers({ type: 'provider', provider: provider('a') })).toContain('health');
    expect(staleAnswers({ type: 'providers', providers: [] })).toContain('health');
  });
});

describe('a stopped provider', () => {
  it('says by whom, before anything that was measured', () => {
    expect(stoppedWords({ scope: 'provider:a', by: 'config' })).toEqual({
      tone: 'bad',
      words: 'Stopped',
      detail: 'By the config file: no call goes there',
    });
    expect(healthWords(provider('a')).words).toBe('Healthy');
  });
});
