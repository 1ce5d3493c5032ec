/** After a failed attempt: the same target again (and when), the next one, a larger one, or the end. Pure. */
import type { Failure } from './failure.ts';

export interface Progress {
  /** Upstream tries so far, this one included. */
  readonly attempts: number;
  /** Of them, consecutive ones at this target. */
  readonly attemptsHere: number;
  /** Since the request came. */
  readonly elapsedMs: number;
  /** Content has gone to the client: there is no way back. */
  readonly committed: boolean;
  /** Eligible targets not tried yet. */
  readonly othersLeft: number;
  /** Of the plan's larger-context targets, those not tried yet. */
  readonly largerLeft: number;
  /** From 0 (included) to 1: spreads the retries of many calls. */
  readonly jitter: number;
}

export interface RetryLimits {
  /** Upstream tries of one request, all targets together. */
  readonly attemptsMax: number;
  /** How long a request may look for a target before its first content. */
  readonly totalMsMax: number;
  /** Further tries at one target. */
  readonly retriesMax: number;
  /** Longest wait for the same target while there is another one. */
  readonly waitMsMaxWithOthers: number;
  /** Longest wait when there is no other. */
  readonly waitMsMaxAlone: number;
  /** First wait where the provider names none; doubles with every try. */
  readonly backOffMs: number;
}

export const RETRY_LIMITS: RetryLimits = {
  attemptsMax: 4,
  totalMsMax: 120_000,
  retriesMax: 1,
  waitMsMaxWithOthers: 1_000,
  waitMsMaxAlone: 5_000,
  backOffMs: 250,
};

export type StopReason = 'committed' | 'decided' | 'attempts' | 'time' | 'no_target';

export type Step =
  | { readonly do: 'retry'; readonly afterMs: number }
  | { readonly do: 'next' }
  | { readonly do: 'larger-context' }
  | { readonly do: 'stop'; readonly because: StopReason };

export function nextStep(failure: Failure, progress: Progress, limits: RetryLimits = RETRY_LIMITS): Step {
  if (progress.committed) return stop('committed');
  if (failure.decision === 'stop') return stop('decided');
  if (progress.attempts >= limits.attemptsMax) return stop('attempts');
  if (progress.elapsedMs >= limits.totalMsMax) return stop('time');
  switch (failure.decision) {
    case 'larger-context':
      // A sibling of the same size would say the same; the client should hear the provider's words and shorten.
      return progress.largerLeft > 0 ? { do: 'larger-context' } : stop('no_target');
    case 'next':
      return next(progress);
    case 'retry':
      return retry(failure, progress, limits);
    default:
      return failure.decision satisfies never;
  }
}

/** Tries that are kept for as many other targets. */
const TARGETS_KEPT = 2;

function retry(failure: Failure, progress: Progress, limits: RetryLimits): Step {
  const others = progress.othersLeft > 0;
  // Whoever does not answer at all costs a whole time limit to ask again: only when there is nobody else.
  const silent = failure.kind === 'connect' || failure.kind === 'timeout';
  if (others && silent) return next(progress);
  if (progress.attemptsHere > limits.retriesMax) return next(progress);
  // A second try here must not use up the only try of the next two, one of which may well be healthy.
  if (limits.attemptsMax - progress.attempts <= Math.min(progress.othersLeft, TARGETS_KEPT)) return next(progress);
  const askedMs = failure.retryAfterMs ?? backOff(progress, limits);
  if (askedMs > (others ? limits.waitMsMaxWithOthers : limits.waitMsMaxAlone)) return next(progress);
  const afterMs = failure.retryAfterMs === undefined || askedMs === 0 ? askedMs : askedMs + MARGIN_MS;
  if (progress.elapsedMs + afterMs >= limits.totalMsMax) return others ? next(progress) : stop('time');
  return { do: 'retry', afterMs };
}

/** Timers and clocks round: whoever comes a millisecond early finds the endpoint's breaker still paused. */
const MARGIN_MS = 20;

/** Between half and all of the doubled wait. */
function backOff({ attemptsHere, jitter }: Progress, { backOffMs }: RetryLimits): number {
  return Math.round(backOffMs * 2 ** Math.max(0, attemptsHere - 1) * (0.5 + jitter / 2));
}

function next({ othersLeft }: Progress): Step {
  return othersLeft > 0 ? { do: 'next' } : stop('no_target');
}

function stop(because: StopReason): Step {
  return { do: 'stop', because };
}
