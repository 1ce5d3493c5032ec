import { describe, expect, test } from 'vitest';
import { rateLimited, rateLimitHeaders } from '../../../proxy/limits/rate-limit-headers.ts';
import {
  createRateLimiter,
  type RateLease,
  type RateLimit,
  type RateRefusal,
  rateLimitsFor,
} from '../../../proxy/limits/rate-limits.ts';

function start() {
  let nowMs = 5_000;
  const limiter = createRateLimiter({ clock: { monotonicMs: () => nowMs } });
  const admit = (limit: Omit<RateLimit, 'scope'>, tokens = 0, scope = 'key:cli') =>
    limiter.admit([{ scope, ...limit }], tokens);
  return { limiter, admit, wait: (ms: number) => (nowMs += ms) };
}

function leaseOf(taken: RateLease | RateRefusal): RateLease {
  if (!taken.ok) throw new Error('it was refused');
  return taken;
}
function refusalOf(taken: RateLease | RateRefusal): RateRefusal {
  if (taken.ok) throw new Error('it was admitted');
  return taken;
}

describe('which limits touch a call', () => {
  const config = [
    { scope: 'global', requestsPerMinute: 100 },
    { scope: 'key:cli', requestsPerMinute: 50, concurrency: 2 },
    { scope: 'key:cli', requestsPerMinute: 60, tokensPerMinute: 1_000 },
    { scope: 'project:p', tokensPerMinute: 5 },
    { scope: 'client:aider', concurrency: 1 },
  ];
  test('those of its scopes; of two for one scope the lower', () => {
    expect(rateLimitsFor(config, undefined, { accessKeyId: 'cli' })).toEqual([
      { scope: 'global', requestsPerMinute: 100 },
      { scope: 'key:cli', requestsPerMinute: 50, tokensPerMinute: 1_000, concurrency: 2 },
    ]);
    expect(rateLimitsFor(config, undefined, { project: 'p', client: 'aider' }).map(({ scope }) => scope)).toEqual([
      'global',
      'project:p',
      'client:aider',
    ]);
  });
  test("and the key's own, which can only be stricter", () => {
    expect(rateLimitsFor(config, { requestsPerMinute: 10, concurrency: 9 }, { accessKeyId: 'cli' })[1]).toEqual({
      scope: 'key:cli',
      requestsPerMinute: 10,
      tokensPerMinute: 1_000,
      concurrency: 2,
    });
    expect(rateLimitsFor([], { concurrency: 9 }, { accessKeyId: 'cli' })).toEqual([
      { scope: 'key:cli', concurrency: 9 },
    ]);
    expect(rateLimitsFor([], {}, { accessKeyId: 'cli' })).toEqual([]);
    expect(rateLimitsFor([], { concurrency: 9 }, {})).toEqual([]);
  });
});

describe('requests a minute', () => {
  test('as many as are allowed, then none until the first is a minute old', () => {
    const { admit, wait } = start();
    expect([admit({ requestsPerMinute: 2 }).ok, admit({ requestsPerMinute: 2 }).ok]).toEqual([true, true]);
    wait(20_000);
    const refused = refusalOf(admit({ requestsPerMinute: 2 }));
    expect(refused).toMatchObject({
      scope: 'key:cli',
      dimension: 'requests',
      limit: 2,
      needed: 1,
      retryAfterMs: 40_100,
    });
    wait(40_099);
    expect(admit({ requestsPerMinute: 2 }).ok).toBe(false);
    wait(1);
    expect(admit({ requestsPerMinute: 2 }).ok).toBe(true);
  });
  test('ending a call does not give its request back', () => {
    const { admit } = start();
    leaseOf(admit({ requestsPerMinute: 1 })).end();
    expect(admit({ requestsPerMinute: 1 }).ok).toBe(false);
  });
  test('one scope knows nothing of another', () => {
    const { admit } = start();
    expect([admit({ requestsPerMinute: 1 }).ok, admit({ requestsPerMinute: 1 }, 0, 'key:ide').ok]).toEqual([
      true,
      true,
    ]);
  });
  test('a refusal under one limit takes nothing under the others', () => {
    const { limiter } = start();
    const both = [
      { scope: 'global', requestsPerMinute: 2 },
      { scope: 'key:cli', requestsPerMinute: 1 },
    ];
    expect([limiter.admit(both, 0).ok, limiter.admit(both, 0).ok, limiter.admit(both, 0).ok]).toEqual([
      true,
      false,
      false,
    ]);
    expect(limiter.admit([{ scope: 'global', requestsPerMinute: 2 }], 0).ok).toBe(true);
  });
});

describe('tokens a minute', () => {
  test('the bound is held, then what was used counts', () => {
    const { admit } = start();
    const lease = leaseOf(admit({ tokensPerMinute: 1_000 }, 900));
    expect(admit({ tokensPerMinute: 1_000 }, 101).ok).toBe(false);
    lease.correct(100);
    expect(admit({ tokensPerMinute: 1_000 }, 900).ok).toBe(true);
    expect(admit({ tokensPerMinute: 1_000 }, 1).ok).toBe(false);
  });
  test('more than the bound counts too, and the last correction is the one', () => {
    const { admit } = start();
    const lease = leaseOf(admit({ tokensPerMinute: 1_000 }, 100));
    lease.correct(5_000);
    expect(refusalOf(admit({ tokensPerMinute: 1_000 }, 1)).standings.tokens).toMatchObject({ remaining: 0 });
    lease.correct(10);
    expect(admit({ tokensPerMinute: 1_000 }, 990).ok).toBe(true);
  });
  test('a correction that comes after its minute changes nothing', () => {
    const { admit, wait } = start();
    const lease = leaseOf(admit({ tokensPerMinute: 1_000 }, 900));
    wait(70_000);
    lease.correct(0);
    lease.end();
    expect(leaseOf(admit({ tokensPerMinute: 1_000 }, 1_000)).standings.tokens).toMatchObject({ remaining: 0 });
  });
  test('a call that alone is too large can never fit, however empty the minute is', () => {
    const { admit } = start();
    const refused = refusalOf(admit({ tokensPerMinute: 1_000 }, 1_001));
    expect(refused.retryAfterMs).toBeUndefined();
    const error = rateLimited(refused, 'openai', 0);
    expect([error.code, error.status, error.retryable]).toEqual(['exceeds_rate_limit', 429, false]);
    expect(error.message).toContain('access key "cli" may use 1000 tokens a minute: it can never fit');
    expect(error.details.retryAfterMs).toBeUndefined();
  });
});

describe('calls at once', () => {
  test('a place is free as soon as a call ends, and only once', () => {
    const { admit } = start();
    const [first, second] = [leaseOf(admit({ concurrency: 2 })), leaseOf(admit({ concurrency: 2 }))];
    expect(refusalOf(admit({ concurrency: 2 }))).toMatchObject({ dimension: 'concurrency', retryAfterMs: 1_000 });
    first.end();
    first.end();
    expect(admit({ concurrency: 2 }).ok).toBe(true);
    expect(admit({ concurrency: 2 }).ok).toBe(false);
    second.end();
    expect(admit({ concurrency: 2 }).ok).toBe(true);
  });
  test('200 at once: exactly as many as are allowed', () => {
    const { admit } = start();
    const taken = Array.from({ length: 200 }, () =>
      admit({ concurrency: 17, requestsPerMinute: 1_000, tokensPerMinute: 100_000 }, 500),
    );
    expect(taken.filter(({ ok }) => ok)).toHaveLength(17);
  });
});

test('the refusal that lasts longest is told', () => {
  const { limiter, wait } = start();
  const limits = [{ scope: 'global', requestsPerMinute: 1, concurrency: 1 }];
  limiter.admit(limits, 0);
  wait(1_000);
  expect(limiter.admit(limits, 0)).toMatchObject({ dimension: 'requests', retryAfterMs: 59_100 });
});

test('scopes that nobody uses any more are forgotten', () => {
  const { admit, limiter, wait } = start();
  for (let n = 0; n < 999; n += 1) leaseOf(admit({ requestsPerMinute: 1 }, 0, `key:${n}`)).end();
  const open = leaseOf(admit({ requestsPerMinute: 1 }, 0, 'key:open'));
  expect(limiter.size).toBe(1_000);
  wait(61_000);
  admit({ requestsPerMinute: 1 }, 0, 'key:new');
  expect(limiter.size).toBe(2);
  open.end();
});

test('no limit: nothing is counted, nothing is told', () => {
  const { limiter } = start();
  expect(limiter.admit([], 1e9)).toMatchObject({ ok: true, standings: {} });
  expect(limiter.size).toBe(0);
});

describe('what a client is told', () => {
  const NOW = Date.UTC(2026, 10, 20, 12);
  test("OpenAI's names, of the tightest scope", () => {
    const { limiter, wait } = start();
    const limits = [
      { scope: 'global', requestsPerMinute: 100, tokensPerMinute: 1_000 },
      { scope: 'key:cli', requestsPerMinute: 4, tokensPerMinute: 100_000 },
    ];
    limiter.admit(limits, 400);
    wait(30_050);
    const { standings } = leaseOf(limiter.admit(limits, 100));
    expect(rateLimitHeaders(standings, 'openai', NOW)).toEqual({
      'x-ratelimit-limit-requests': '4',
      'x-ratelimit-remaining-requests': '2',
      'x-ratelimit-reset-requests': '1m0.05s',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '500',
      'x-ratelimit-reset-tokens': '1m0.05s',
    });
  });
  test("Anthropic's names, with instants", () => {
    const { admit } = start();
    const { standings } = leaseOf(admit({ tokensPerMinute: 1_000 }, 1));
    expect(rateLimitHeaders(standings, 'anthropic', NOW)).toEqual({
      'anthropic-ratelimit-tokens-limit': '1000',
      'anthropic-ratelimit-tokens-remaining': '999',
      'anthropic-ratelimit-tokens-reset': '2026-11-20T12:01:01Z',
    });
  });
  test.each([
    [0, '0ms'],
    [0.2, '1ms'],
    [850, '850ms'],
    [6_200, '6.2s'],
    [59_999.1, '1m0s'],
  ])('%d ms is written %s', (resetMs, text) => {
    const standing = { scope: 'global', limit: 1, remaining: 0, resetMs };
    expect(rateLimitHeaders({ requests: standing }, 'openai', NOW)['x-ratelimit-reset-requests']).toBe(text);
  });
  test('nothing of concurrency alone', () => {
    const { admit } = start();
    expect(rateLimitHeaders(leaseOf(admit({ concurrency: 1 })).standings, 'openai', NOW)).toEqual({});
  });
  test('a refusal says who may do what, and when it goes on', () => {
    const { admit } = start();
    admit({ requestsPerMinute: 1 });
    const error = rateLimited(refusalOf(admit({ requestsPerMinute: 1 })), 'openai', NOW);
    expect([error.code, error.status, error.retryable]).toEqual(['rate_limited', 429, true]);
    expect(error.message).toBe(
      'access key "cli" may make 1 requests a minute, and that is used up. Try again in 1m0.1s',
    );
    expect(error.details).toMatchObject({
      retryAfterMs: 60_100,
      facts: { scope: 'key:cli', dimension: 'requests', limit: 1 },
      headers: { 'x-ratelimit-remaining-requests': '0' },
    });
  });
});
