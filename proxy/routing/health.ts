/**
 * What recent attempts say of every endpoint and provider. One truth: each outcome is recorded here once, and what is shown
 * is read from the breakers, the latencies and the refused credentials that it went into. Metadata only.
 */
import type { z } from 'zod';
import type { providerHealth } from '../contract/views.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { type BreakerBook, type BreakerView, createBreakerBook, type Permit, providerOf } from './breaker-book.ts';
import { blames, type Outcome } from './breaker-outcome.ts';
import { type CredentialBook, createCredentialBook } from './credential-book.ts';
import type { Failure } from './failure.ts';
import { createLatencyBook, type LatencyBook } from './latency.ts';
import type { EndpointHealth, EndpointId } from './types.ts';

export type HealthState = z.infer<typeof providerHealth>;

export interface ProviderHealth {
  readonly state: HealthState;
  /** Since the start of the gateway. */
  readonly requests: number;
  /** Of them, those that speak of the provider: not a client's bad request. */
  readonly failures: number;
  readonly latencyP50Ms?: number;
  readonly lastError?: { code: string; message: string; atMs: number };
}

export interface HealthBook {
  /** How an admitted call ended. Called exactly once for each permit that was not abandoned. */
  record(permit: Permit, outcome: Outcome): void;
  /** What a routing decision reads. */
  endpoint(endpoint: EndpointId): EndpointHealth;
  of(providerId: string): ProviderHealth;
  /** The provider is gone: nothing is remembered of it. */
  forget(providerId: string): void;
  /** Its credential changed or a person wants it tried again: all its breakers close, its credential counts as untried. */
  reset(providerId: string): void;
  /** Something else about the provider changed: tell the listeners. */
  touch(providerId: string): void;
  onChange(listener: (providerId: string) => void): () => void;
}

export interface HealthParts {
  readonly clock?: Clock;
  readonly breakers?: BreakerBook;
  readonly latency?: LatencyBook;
  readonly credentials?: CredentialBook;
}

interface Totals {
  requests: number;
  failures: number;
  /** Of the latest outcome that speaks of the provider. */
  lastFailed: boolean;
  lastError?: { code: string; message: string; atMs: number };
}

export function createHealthBook(parts: HealthParts = {}): HealthBook {
  const clock = parts.clock ?? systemClock;
  const breakers = parts.breakers ?? createBreakerBook();
  const latency = parts.latency ?? createLatencyBook();
  const credentials = parts.credentials ?? createCredentialBook();
  const totals = new Map<string, Totals>();
  const listeners = new Set<(providerId: string) => void>();

  const tell = (providerId: string) => {
    for (const listener of listeners) listener(providerId);
  };
  breakers.onChange(({ id }) => tell(providerOf(id)));
  credentials.onChange(tell);

  function count(providerId: string, error?: { code: string; message: string; atMs: number }): void {
    const entry = totals.get(providerId) ?? { requests: 0, failures: 0, lastFailed: false };
    totals.set(providerId, entry);
    entry.requests += 1;
    entry.lastFailed = error !== undefined;
    if (error === undefined) return;
    entry.failures += 1;
    entry.lastError = error;
  }

  function recordFailure(providerId: string, failure: Failure, nowMs: number): void {
    count(providerId, blames(failure) ? errorOf(failure, nowMs) : undefined);
    if (failure.credentialRefused !== true) return;
    const { status, code } = failure;
    credentials.refuse({
      providerId,
      sinceMs: nowMs,
      ...(status === undefined ? {} : { status }),
      ...(code === undefined ? {} : { code }),
    });
  }

  function recordServed(endpoint: EndpointId, served: Extract<Outcome, { kind: 'served' }>, nowMs: number): void {
    const { firstTokenMs, tokensPerSecond, latencyMs } = served;
    const shown = latencyMs ?? firstTokenMs;
    count(providerOf(endpoint));
    latency.record(endpoint, given({ firstTokenMs, tokensPerSecond }), nowMs);
    latency.record(providerOf(endpoint), given({ firstTokenMs: shown }), nowMs);
  }

  return {
    record(permit, outcome) {
      const nowMs = clock.nowMs();
      const { endpoint } = permit;
      const slow = outcome.kind === 'served' && isSlow(outcome.firstTokenMs, latency.of(endpoint, nowMs));
      if (outcome.kind === 'served') recordServed(endpoint, outcome, nowMs);
      if (outcome.kind === 'failed') recordFailure(providerOf(endpoint), outcome.failure, nowMs);
      breakers.record(permit, outcome, nowMs, slow);
      if (outcome.kind !== 'none') tell(providerOf(endpoint));
    },
    endpoint(endpoint) {
      const nowMs = clock.nowMs();
      const provider = providerOf(endpoint);
      const measured = latency.of(endpoint, nowMs);
      const rates = [endpoint, provider].flatMap((id) => errorRateOf(breakers.viewOf(id, nowMs)));
      return {
        breaker: breakers.stateOf(endpoint, nowMs),
        providerBreaker: breakers.stateOf(provider, nowMs),
        ...(rates.length === 0 ? {} : { errorRate: Math.max(...rates) }),
        ...given({
          firstTokenMs: measured?.firstTokenMs,
          tokensPerSecond: measured?.tokensPerSecond,
          retryAtMs: breakers.viewOf(provider, nowMs)?.retryAtMs ?? breakers.viewOf(endpoint, nowMs)?.retryAtMs,
        }),
      };
    },
    of(providerId) {
      const nowMs = clock.nowMs();
      const entry = totals.get(providerId);
      const own = breakers.viewOf(providerId, nowMs);
      const endpoints = breakers.ofProvider(providerId, nowMs);
      const refused = credentials.of(providerId) !== undefined;
      const latencyP50Ms = latency.of(providerId, nowMs)?.firstTokenMsP50;
      return {
        state: healthState(own, endpoints, {
          refused,
          heard: entry !== undefined,
          lastFailed: entry?.lastFailed ?? false,
        }),
        requests: entry?.requests ?? 0,
        failures: entry?.failures ?? 0,
        ...(latencyP50Ms === undefined ? {} : { latencyP50Ms: Math.round(latencyP50Ms) }),
        ...(entry?.lastError === undefined ? {} : { lastError: entry.lastError }),
      };
    },
    forget(providerId) {
      totals.delete(providerId);
      latency.forget(providerId);
      breakers.reset(providerId, clock.nowMs());
      credentials.clear(providerId);
    },
    reset(providerId) {
      breakers.reset(providerId, clock.nowMs());
      credentials.clear(providerId);
      tell(providerId);
    },
    touch: tell,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** So many failures in a row say that it is down, a little before its breaker opens. */
const FAILING_IN_A_ROW = 3;

export interface HeardOf {
  readonly refused: boolean;
  /** There was an outcome at all. */
  readonly heard: boolean;
  readonly lastFailed: boolean;
}

/**
 * Failing: its breaker is not closed, its credential was refused, or none of the endpoints in use works. Degraded: some of
 * what was counted failed, or the last thing heard was a failure. `own`: the provider's breaker.
 */
export function healthState(
  own: BreakerView | undefined,
  endpoints: readonly BreakerView[],
  { refused, heard, lastFailed }: HeardOf,
): HealthState {
  const inUse = endpoints.filter(({ state, outcomes }) => state !== 'closed' || outcomes > 0);
  const down = (view: BreakerView) => view.state !== 'closed' || view.failuresInARow >= FAILING_IN_A_ROW;
  if (refused || (own !== undefined && down(own)) || (inUse.length > 0 && inUse.every(down))) return 'failing';
  const failures = [...inUse, ...(own === undefined ? [] : [own])].some((view) => view.failures > 0 || down(view));
  if (failures || lastFailed) return 'degraded';
  return heard ? 'ok' : 'unknown';
}

/** Some servers are slow by nature: what counts is slower than the endpoint's own habit, by far. */
const SLOW_MS_MIN = 15_000;
const SLOW_FACTOR = 5;
const SLOW_SAMPLES_MIN = 10;

function isSlow(firstTokenMs: number | undefined, usual: ReturnType<LatencyBook['of']>): boolean {
  if (firstTokenMs === undefined || usual?.firstTokenMsP50 === undefined || usual.samples < SLOW_SAMPLES_MIN)
    return false;
  return firstTokenMs > Math.max(SLOW_MS_MIN, SLOW_FACTOR * usual.firstTokenMsP50);
}

function errorRateOf(view: BreakerView | undefined): number[] {
  return view === undefined || view.outcomes === 0 ? [] : [view.failures / view.outcomes];
}

function errorOf(failure: Failure, atMs: number): { code: string; message: string; atMs: number } {
  const { code, status, kind, message } = failure;
  return { code: code ?? (status === undefined ? kind : `http_${status}`), message, atMs };
}

/** Without the keys that hold nothing. */
function given<Key extends string>(values: Readonly<Record<Key, number | undefined>>): { [K in Key]?: number } {
  const kept: { [K in Key]?: number } = {};
  for (const key of Object.keys(values) as Key[]) {
    const value = values[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
