/**
 * What the computer's sleep means for calls. One that was under way when it fell asleep has lost its connection, though
 * nobody says so until a time limit does; and until the network is back, a failed connection says nothing of a provider.
 */
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { FailureKind } from '../routing/failure.ts';
import type { HealthBook } from '../routing/health.ts';

export interface Sleep {
  /** The computer falls asleep now, or is about to. */
  fellAsleep(): void;
  /** It is awake again. Without `fellAsleep` before it, nothing is known of when it slept: only what is stale is renewed. */
  wokeUp(): void;
  /** A connection that fails now is the sleep's doing. */
  excuses(): boolean;
  /** `sleptSinceMs`: wall clock; undefined when nobody said that it fell asleep. */
  onWake(listener: (sleptSinceMs: number | undefined) => void): () => void;
}

/** Falling asleep takes seconds, and so does the network after waking. Monotonic time stands still in between. */
const EXCUSED_MS = 20_000;

export function createSleep(clock: Clock): Sleep {
  let asleepSinceMs: number | undefined;
  let excusedUntilMs = Number.NEGATIVE_INFINITY;
  const listeners = new Set<(sleptSinceMs: number | undefined) => void>();
  return {
    fellAsleep() {
      asleepSinceMs = clock.nowMs();
      excusedUntilMs = clock.monotonicMs() + EXCUSED_MS;
    },
    wokeUp() {
      const since = asleepSinceMs;
      asleepSinceMs = undefined;
      excusedUntilMs = clock.monotonicMs() + EXCUSED_MS;
      for (const listener of [...listeners]) listener(since);
    },
    excuses: () => clock.monotonicMs() < excusedUntilMs,
    onWake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Failures on the way to a provider; what a provider itself answered counts, asleep or not. */
const ON_THE_WAY: ReadonlySet<FailureKind> = new Set(['connect', 'tls', 'timeout', 'cut']);

/** The same book, deaf to failures that the sleep excuses. */
export function excusing(health: HealthBook, sleep: Pick<Sleep, 'excuses'>): HealthBook {
  return {
    ...health,
    record(permit, outcome) {
      const excused = outcome.kind === 'failed' && ON_THE_WAY.has(outcome.failure.kind) && sleep.excuses();
      health.record(permit, excused ? { kind: 'none' } : outcome);
    },
  };
}

/** Providers and the systems between drop a silent connection within about a minute. */
const CUT_AFTER_MS = 60_000;

/** Calls that slept through this long are ended with a word of why, rather than left to a time limit. */
export function stopSleptThrough(pipeline: Pick<Pipeline, 'abortAll'>, sleptSinceMs: number, clock: Clock): void {
  const sleptMs = clock.nowMs() - sleptSinceMs;
  if (sleptMs < CUT_AFTER_MS) return;
  const minutes = Math.round(sleptMs / 60_000);
  const why = new GatehouseError(
    'computer_slept',
    `This computer slept for ${minutes} min while the answer was under way, which cut its connection. Ask again.`,
  );
  pipeline.abortAll(why, ({ startedAtMs }) => startedAtMs <= sleptSinceMs);
}

export interface WakeParts {
  readonly clock: Clock;
  readonly pipeline: Pick<Pipeline, 'abortAll'>;
  readonly transport: { renew(): Promise<void> };
  readonly killSwitch: { recheck(): void };
  readonly onFailure: (error: unknown) => void;
}

/** What has to be looked at anew when the computer wakes. The windows of budgets follow the clock by themselves. */
export function renewOnWake(sleep: Sleep, { clock, pipeline, transport, killSwitch, onFailure }: WakeParts): void {
  sleep.onWake((sleptSinceMs) => {
    if (sleptSinceMs !== undefined) stopSleptThrough(pipeline, sleptSinceMs, clock);
    transport.renew().catch(onFailure);
    killSwitch.recheck();
  });
}
