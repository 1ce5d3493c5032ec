/**
 * One breaker. Closed: calls pass and are counted. Open: none pass until a time. Half-open: one call, the probe, finds out
 * for all. A pure state machine: an event in, a state out; whoever keeps the states is breaker-book.ts.
 */
import { EMPTY_WINDOW, type Sample, totalsOf, type Window, withSample } from './breaker-window.ts';
import type { FailureKind } from './failure.ts';

export interface BreakerLimits {
  /** How far back outcomes are counted. */
  readonly windowMs: number;
  /** Shares are taken of at least so many outcomes. */
  readonly volumeMin: number;
  readonly errorRateMax: number;
  readonly slowRateMax: number;
  readonly failuresInARowMax: number;
  /** The first rest; doubles with every probe that fails. */
  readonly openMsMin: number;
  readonly openMsMax: number;
  /** However long a provider asks to be left alone, it is asked again after this. */
  readonly pauseMsMax: number;
  /** A probe that never ends must not keep the breaker half-open for ever. */
  readonly probeMsMax: number;
}

/** Rests are short: on a laptop most failures are its own network, which comes back. */
export const BREAKER_LIMITS: BreakerLimits = {
  windowMs: 120_000,
  volumeMin: 10,
  errorRateMax: 0.5,
  slowRateMax: 0.8,
  failuresInARowMax: 5,
  openMsMin: 5_000,
  openMsMax: 60_000,
  pauseMsMax: 3_600_000,
  probeMsMax: 900_000,
};

/** Why it opened. */
export interface BreakerCause {
  readonly kind: FailureKind | 'slow';
  readonly status?: number;
  readonly code?: string;
}

interface Counted {
  readonly window: Window;
  readonly failuresInARow: number;
}

export type Breaker =
  | (Counted & { readonly state: 'closed' })
  | (Counted & {
      readonly state: 'open';
      readonly sinceMs: number;
      readonly untilMs: number;
      /** Rests in a row without a success between them. */
      readonly openings: number;
      readonly cause: BreakerCause;
      /** A provider that only asked for a pause needs no probe afterwards. */
      readonly leadsTo: 'half-open' | 'closed';
    })
  | (Counted & {
      readonly state: 'half-open';
      readonly sinceMs: number;
      readonly openings: number;
      readonly cause: BreakerCause;
      readonly probe: { readonly id: number; readonly sinceMs: number } | undefined;
    });

export const CLOSED: Breaker = { state: 'closed', window: EMPTY_WINDOW, failuresInARow: 0 };

/** `probe`: the outcome is of the call that was let through as this probe. */
export type BreakerEvent =
  | { readonly type: 'served'; readonly slow: boolean; readonly probe?: number | undefined }
  | {
      readonly type: 'failed';
      readonly cause: BreakerCause;
      /** Opens at once, for so long. */
      readonly openMs?: number | undefined;
      readonly probe?: number | undefined;
    }
  /** The provider asked for a pause (429 with a time). */
  | {
      readonly type: 'paused';
      readonly cause: BreakerCause;
      readonly forMs: number;
      readonly probe?: number | undefined;
    }
  /** The call ended without a word about the endpoint: the client left, or its request was bad. */
  | { readonly type: 'abandoned'; readonly probe: number };

export type Admitted =
  | { readonly ok: true; readonly breaker: Breaker; readonly probe: number | undefined }
  | { readonly ok: false; readonly breaker: Breaker; readonly retryAtMs: number };

/** While a probe is out, the others may ask again after this. */
const PROBE_WAIT_MS = 1_000;

/** May a call pass? `probeId` marks it if it passes as the probe. */
export function admit(breaker: Breaker, nowMs: number, probeId: number, limits = BREAKER_LIMITS): Admitted {
  const current = atTime(breaker, nowMs, limits);
  switch (current.state) {
    case 'closed':
      return { ok: true, breaker: current, probe: undefined };
    case 'open':
      return { ok: false, breaker: current, retryAtMs: current.untilMs };
    case 'half-open':
      return current.probe === undefined
        ? { ok: true, breaker: { ...current, probe: { id: probeId, sinceMs: nowMs } }, probe: probeId }
        : { ok: false, breaker: current, retryAtMs: nowMs + PROBE_WAIT_MS };
    default:
      return current satisfies never;
  }
}

/** What time alone has changed: a rest is over, or a probe never came back. */
export function atTime(breaker: Breaker, nowMs: number, limits = BREAKER_LIMITS): Breaker {
  if (breaker.state === 'half-open') {
    const lost = breaker.probe !== undefined && Math.abs(nowMs - breaker.probe.sinceMs) >= limits.probeMsMax;
    return lost ? { ...breaker, probe: undefined } : breaker;
  }
  if (breaker.state !== 'open') return breaker;
  // A rest that would last longer than any may has lost its clock.
  if (nowMs < breaker.untilMs && breaker.untilMs - nowMs <= limits.pauseMsMax) return breaker;
  const { window, failuresInARow, openings, cause } = breaker;
  if (breaker.leadsTo === 'closed') return { state: 'closed', window, failuresInARow };
  return { state: 'half-open', window, failuresInARow, sinceMs: nowMs, openings, cause, probe: undefined };
}

export function step(breaker: Breaker, event: BreakerEvent, nowMs: number, limits = BREAKER_LIMITS): Breaker {
  const current = atTime(breaker, nowMs, limits);
  switch (event.type) {
    case 'served':
      return served(current, event, nowMs, limits);
    case 'failed':
      return failed(current, event, nowMs, limits);
    case 'paused':
      return paused(current, event, nowMs, limits);
    case 'abandoned':
      return isProbe(current, event.probe) ? { ...current, probe: undefined } : current;
    default:
      return event satisfies never;
  }
}

type HalfOpen = Extract<Breaker, { state: 'half-open' }>;

function isProbe(breaker: Breaker, probe: number | undefined): breaker is HalfOpen {
  return probe !== undefined && breaker.state === 'half-open' && breaker.probe?.id === probe;
}

type EventOf<Type extends BreakerEvent['type']> = Extract<BreakerEvent, { type: Type }>;

function served(breaker: Breaker, event: EventOf<'served'>, nowMs: number, limits: BreakerLimits): Breaker {
  if (isProbe(breaker, event.probe)) {
    if (event.slow) return reopened(breaker, { kind: 'slow' }, nowMs, limits);
    // What was counted belongs to the time before: it must not open the breaker again at the first new failure.
    return { ...CLOSED, window: withSample(EMPTY_WINDOW, 'served', nowMs, limits.windowMs) };
  }
  const counted = { ...count(breaker, event.slow ? 'slow' : 'served', nowMs, limits), failuresInARow: 0 };
  if (counted.state !== 'closed') return counted;
  const { served: all, failed: errors, slow } = totalsOf(counted.window, nowMs, limits.windowMs);
  const tooSlow = all + errors >= limits.volumeMin && slow / (all + errors) >= limits.slowRateMax;
  return tooSlow ? opened(counted, { kind: 'slow' }, limits.openMsMin, nowMs) : counted;
}

function failed(breaker: Breaker, event: EventOf<'failed'>, nowMs: number, limits: BreakerLimits): Breaker {
  const counted = { ...count(breaker, 'failed', nowMs, limits), failuresInARow: breaker.failuresInARow + 1 };
  const atOnce = event.openMs === undefined ? undefined : Math.min(event.openMs, limits.pauseMsMax);
  if (isProbe(counted, event.probe)) return reopened(counted, event.cause, nowMs, limits, atOnce);
  if (counted.state === 'open' && atOnce !== undefined)
    return { ...counted, cause: event.cause, untilMs: Math.max(counted.untilMs, nowMs + atOnce), leadsTo: 'half-open' };
  // Calls that were under way when it opened say nothing new.
  if (counted.state !== 'closed') return counted;
  if (atOnce !== undefined) return opened(counted, event.cause, atOnce, nowMs);
  const { served: good, failed: bad } = totalsOf(counted.window, nowMs, limits.windowMs);
  const volume = good + bad;
  const tooMany = volume >= limits.volumeMin && bad / volume >= limits.errorRateMax;
  return tooMany || counted.failuresInARow >= limits.failuresInARowMax
    ? opened(counted, event.cause, limits.openMsMin, nowMs)
    : counted;
}

function paused(breaker: Breaker, event: EventOf<'paused'>, nowMs: number, limits: BreakerLimits): Breaker {
  const untilMs = nowMs + Math.min(event.forMs, limits.pauseMsMax);
  const { window, failuresInARow } = breaker;
  const rest = { state: 'open', window, failuresInARow, sinceMs: nowMs, untilMs, cause: event.cause } as const;
  if (breaker.state === 'closed') return { ...rest, openings: 0, leadsTo: 'closed' };
  if (breaker.state === 'open') return { ...breaker, untilMs: Math.max(breaker.untilMs, untilMs) };
  return isProbe(breaker, event.probe) ? { ...rest, openings: breaker.openings, leadsTo: 'half-open' } : breaker;
}

function count(breaker: Breaker, sample: Sample, nowMs: number, { windowMs }: BreakerLimits): Breaker {
  return { ...breaker, window: withSample(breaker.window, sample, nowMs, windowMs) };
}

function opened(
  { window, failuresInARow }: Breaker,
  cause: BreakerCause,
  openMs: number,
  nowMs: number,
  openings = 1,
): Breaker {
  const untilMs = nowMs + openMs;
  return { state: 'open', window, failuresInARow, sinceMs: nowMs, untilMs, openings, cause, leadsTo: 'half-open' };
}

/** The probe failed: rest again, twice as long. */
function reopened(breaker: HalfOpen, cause: BreakerCause, nowMs: number, limits: BreakerLimits, atOnceMs = 0): Breaker {
  const openings = Math.min(breaker.openings + 1, OPENINGS_MAX);
  const openMs = Math.min(limits.openMsMin * 2 ** (openings - 1), limits.openMsMax);
  return opened(breaker, cause, Math.max(atOnceMs, openMs), nowMs, openings);
}

/** Beyond this the bound holds anyway, and the power stays a small number. */
const OPENINGS_MAX = 20;
