/** What an attempt's end says of its target: to health, breakers, latencies and credentials. */
import type { Permit } from '../routing/breaker-book.ts';
import type { Outcome } from '../routing/breaker-outcome.ts';
import type { Failure } from '../routing/failure.ts';
import type { HealthBook } from '../routing/health.ts';
import type { Target } from '../routing/types.ts';
import type { AttemptEnd } from './attempt.ts';
import type { RelayOutcome } from './relay.ts';

export interface Observed {
  readonly permit: Permit;
  readonly target: Target;
  readonly end: AttemptEnd;
  /** Undefined: it served, or the client left. */
  readonly failure: Failure | undefined;
}

export function observeAttempt(health: HealthBook, { permit, target, end, failure }: Observed): void {
  health.record(permit, outcomeOf(target, end, failure));
}

function outcomeOf({ provider }: Target, end: AttemptEnd, failure: Failure | undefined): Outcome {
  if (end.outcome.kind === 'aborted') return { kind: 'none' };
  if (failure === undefined) return { kind: 'served', ...speedOf(end) };
  // The simulator fails when it is asked to; that says nothing of its health.
  return provider.config.kind === 'simulator' ? { kind: 'none' } : { kind: 'failed', failure };
}

/** Of streams: an answer that comes whole begins when it is done. */
function speedOf({ outcome, firstContentMs, durationMs }: AttemptEnd): {
  firstTokenMs?: number;
  tokensPerSecond?: number;
  latencyMs?: number;
} {
  if (outcome.kind !== 'streamed' || firstContentMs === undefined) return { latencyMs: durationMs };
  const tokens = outputTokens(outcome);
  const streamedMs = durationMs - firstContentMs;
  const measurable = tokens !== undefined && tokens > 1 && streamedMs >= STREAMED_MS_MIN;
  return {
    firstTokenMs: firstContentMs,
    ...(measurable ? { tokensPerSecond: (tokens * 1000) / streamedMs } : {}),
  };
}

/** What comes in one breath says nothing of speed. */
const STREAMED_MS_MIN = 50;

function outputTokens({ summary }: Extract<RelayOutcome, { kind: 'streamed' }>): number | undefined {
  const { outputTokens: output, reasoningTokens: reasoning } = summary.usage ?? {};
  return output === undefined && reasoning === undefined ? undefined : (output ?? 0) + (reasoning ?? 0);
}
