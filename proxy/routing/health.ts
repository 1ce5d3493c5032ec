/** What recent attempts say of each provider. Metadata in memory; it starts empty with the gateway. */

import type { z } from 'zod';
import type { providerHealth } from '../contract/views.ts';

export type HealthState = z.infer<typeof providerHealth>;

export interface ProviderHealth {
  readonly state: HealthState;
  readonly requests: number;
  readonly failures: number;
  readonly latencyP50Ms?: number;
  readonly lastError?: { code: string; message: string; atMs: number };
}

export interface HealthBook {
  succeeded(providerId: string, firstByteMs: number): void;
  /** Failures that speak of the provider: connection, time-out, 5xx, 401, 429. A client's bad request is none. */
  failed(providerId: string, error: { code: string; message: string; atMs: number }): void;
  of(providerId: string): ProviderHealth;
  forget(providerId: string): void;
  /** Something else about the provider changed (its credential): tell the listeners. */
  touch(providerId: string): void;
  onChange(listener: (providerId: string) => void): () => void;
}

/** Outcomes and latencies looked back on. */
const WINDOW = 20;

interface Entry {
  requests: number;
  failures: number;
  outcomes: boolean[];
  latenciesMs: number[];
  lastError?: { code: string; message: string; atMs: number };
}

export function createHealthBook(): HealthBook {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(providerId: string) => void>();

  function note(providerId: string, ok: boolean, change: (entry: Entry) => void): void {
    const entry = entries.get(providerId) ?? { requests: 0, failures: 0, outcomes: [], latenciesMs: [] };
    entries.set(providerId, entry);
    entry.requests += 1;
    keepLast(entry.outcomes, ok);
    change(entry);
    for (const listener of listeners) listener(providerId);
  }

  return {
    succeeded: (providerId, firstByteMs) => note(providerId, true, (entry) => keepLast(entry.latenciesMs, firstByteMs)),
    failed: (providerId, error) =>
      note(providerId, false, (entry) => {
        entry.failures += 1;
        entry.lastError = error;
      }),
    of(providerId) {
      const entry = entries.get(providerId);
      if (entry === undefined) return { state: 'unknown', requests: 0, failures: 0 };
      const latencyP50Ms = median(entry.latenciesMs);
      return {
        state: healthState(entry.outcomes),
        requests: entry.requests,
        failures: entry.failures,
        ...(latencyP50Ms === undefined ? {} : { latencyP50Ms }),
        ...(entry.lastError === undefined ? {} : { lastError: entry.lastError }),
      };
    },
    touch: (providerId) => {
      for (const listener of listeners) listener(providerId);
    },
    forget: (providerId) => void entries.delete(providerId),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Oldest first. Failing: the last three failed. Degraded: any of the window failed. */
export function healthState(outcomes: readonly boolean[]): HealthState {
  if (outcomes.length === 0) return 'unknown';
  const recent = outcomes.slice(-3);
  if (recent.length === 3 && recent.every((ok) => !ok)) return 'failing';
  return outcomes.every((ok) => ok) ? 'ok' : 'degraded';
}

function keepLast<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > WINDOW) list.shift();
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
