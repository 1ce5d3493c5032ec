import { describe, expect, test } from 'vitest';
import { createBreakerBook } from '../../../proxy/routing/breaker-book.ts';
import type { Outcome } from '../../../proxy/routing/breaker-outcome.ts';
import { createCredentialBook } from '../../../proxy/routing/credential-book.ts';
import type { Failure } from '../../../proxy/routing/failure.ts';
import { createHealthBook } from '../../../proxy/routing/health.ts';
import { createLatencyBook } from '../../../proxy/routing/latency.ts';

const SERVED: Outcome = { kind: 'served' };
const failed = (failure: Partial<Failure> = {}): Outcome => ({
  kind: 'failed',
  failure: { kind: 'server_error', scope: 'endpoint', decision: 'retry', status: 500, message: 'failed', ...failure },
});

function setUp() {
  const clock = { nowMs: 1_000_000 };
  const breakers = createBreakerBook();
  const credentials = createCredentialBook();
  const health = createHealthBook({
    clock: { nowMs: () => clock.nowMs, monotonicMs: () => clock.nowMs },
    breakers,
    credentials,
    latency: createLatencyBook(),
  });
  const call = (endpoint: string, ...outcomes: Outcome[]) => {
    for (const outcome of outcomes) {
      const admission = breakers.admit(endpoint, clock.nowMs);
      if (!admission.ok) throw new Error(`${endpoint} is not to be called now`);
      health.record(admission.permit, outcome);
    }
  };
  return { clock, breakers, credentials, health, call };
}

describe('health of a provider', () => {
  test.each<[signs: string, state: string]>([
    ['', 'unknown'],
    ['+', 'ok'],
    ['++++', 'ok'],
    ['-', 'degraded'],
    ['+-', 'degraded'],
    ['--', 'degraded'],
    ['---', 'failing'],
    ['+++---', 'failing'],
    ['---+', 'degraded'],
    ['-----', 'failing'],
  ])('"%s" of one endpoint is %s', (signs, state) => {
    const { health, call } = setUp();
    call('p/a', ...[...signs].map((sign) => (sign === '+' ? SERVED : failed())));
    expect(health.of('p').state).toBe(state);
  });

  test('it fails only when none of the endpoints in use works', () => {
    const { health, call } = setUp();
    call('p/a', failed(), failed(), failed(), failed(), failed());
    call('p/b', SERVED);
    expect(health.of('p').state).toBe('degraded');
    call('p/b', failed(), failed(), failed());
    expect(health.of('p').state).toBe('failing');
  });

  test('what failed long ago is forgotten once it works again', () => {
    const { clock, health, call } = setUp();
    call('p/a', failed());
    clock.nowMs += 3_600_000;
    expect(health.of('p').state).toBe('degraded');
    call('p/a', SERVED);
    expect(health.of('p')).toMatchObject({ state: 'ok', requests: 2, failures: 1, lastError: { code: 'http_500' } });
  });

  test('a bad request is counted as a request and says nothing else', () => {
    const { health, call } = setUp();
    call('p/a', failed({ kind: 'bad_request', scope: 'request', status: 400 }));
    expect(health.of('p')).toEqual({ state: 'ok', requests: 1, failures: 0 });
  });

  test('a call that told nothing is not counted', () => {
    const { health, call } = setUp();
    call('p/a', { kind: 'none' });
    expect(health.of('p')).toEqual({ state: 'unknown', requests: 0, failures: 0 });
  });

  test('a refused credential fails at once, until it changes', () => {
    const { health, call, credentials } = setUp();
    call(
      'p/a',
      SERVED,
      failed({ kind: 'credential', scope: 'credential', credentialRefused: true, status: 401, code: 'bad_key' }),
    );
    expect(credentials.of('p')).toEqual({ providerId: 'p', sinceMs: 1_000_000, status: 401, code: 'bad_key' });
    expect(health.of('p')).toMatchObject({ state: 'failing', failures: 1, lastError: { code: 'bad_key' } });
    health.reset('p');
    expect(credentials.of('p')).toBeUndefined();
    expect(health.of('p').state).toBe('degraded');
  });

  test('a missing credential is no refusal', () => {
    const { health, call, credentials } = setUp();
    call('p/a', failed({ kind: 'credential', scope: 'credential' }));
    expect(credentials.list()).toEqual([]);
    expect(health.of('p').failures).toBe(0);
  });

  test('a reset opens the way at once; a provider that is gone leaves nothing behind', () => {
    const { breakers, health, call } = setUp();
    call('p/a', failed(), failed(), failed(), failed(), failed());
    expect(breakers.admit('p/a', 1_000_000).ok).toBe(false);
    health.reset('p');
    expect(breakers.admit('p/a', 1_000_000).ok).toBe(true);
    health.forget('p');
    expect(health.of('p')).toEqual({ state: 'unknown', requests: 0, failures: 0 });
  });

  test('listeners hear of every outcome, and of what a reset or another room changes', () => {
    const { health, call } = setUp();
    const told: string[] = [];
    const stop = health.onChange((id) => told.push(id));
    call('p/a', SERVED);
    health.touch('q');
    health.reset('p');
    stop();
    call('p/a', SERVED);
    expect(told).toEqual(['p', 'q', 'p']);
  });
});

describe('health of an endpoint', () => {
  test('is closed and unmeasured at first', () => {
    expect(setUp().health.endpoint('p/a')).toEqual({ breaker: 'closed', providerBreaker: 'closed' });
  });

  test('brings together its breaker, errors and speed', () => {
    const { health, call } = setUp();
    call(
      'p/a',
      { kind: 'served', firstTokenMs: 200, tokensPerSecond: 40 },
      { kind: 'served', firstTokenMs: 400 },
      failed(),
      SERVED,
    );
    expect(health.endpoint('p/a')).toEqual({
      breaker: 'closed',
      providerBreaker: 'closed',
      errorRate: 0.25,
      firstTokenMs: 300,
      tokensPerSecond: 40,
    });
    expect(health.endpoint('p/b')).toMatchObject({ errorRate: 0 });
  });

  test('an open breaker whose rest is over may be tried', () => {
    const { clock, health, call } = setUp();
    call('p/a', failed(), failed(), failed(), failed(), failed());
    expect(health.endpoint('p/a').breaker).toBe('open');
    clock.nowMs += 5_000;
    expect(health.endpoint('p/a').breaker).toBe('half-open');
  });

  test('slow is what is far slower than its own habit', () => {
    const { health, call } = setUp();
    const served = (firstTokenMs: number): Outcome => ({ kind: 'served', firstTokenMs });
    // A local model that always takes its time is not slow.
    call('p/habit', ...Array.from({ length: 80 }, () => served(30_000)));
    expect(health.endpoint('p/habit').breaker).toBe('closed');
    call('p/once', ...Array.from({ length: 10 }, () => served(400)));
    call('p/once', ...Array.from({ length: 4 }, () => served(40_000)));
    expect(health.endpoint('p/once').breaker).toBe('closed');
  });

  test('and when nearly all of the last calls were, its breaker opens', () => {
    const { clock, health, call } = setUp();
    const served = (firstTokenMs: number): Outcome => ({ kind: 'served', firstTokenMs });
    call('p/a', ...Array.from({ length: 40 }, () => served(400)));
    clock.nowMs += 130_000;
    call('p/a', ...Array.from({ length: 9 }, () => served(40_000)));
    expect(health.endpoint('p/a').breaker).toBe('closed');
    call('p/a', served(40_000));
    expect(health.endpoint('p/a').breaker).toBe('open');
  });
});
