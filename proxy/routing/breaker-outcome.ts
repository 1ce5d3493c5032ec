/** What the end of an attempt says to the breaker of its endpoint and to that of its provider. Pure. */
import type { BreakerCause, BreakerEvent } from './breaker.ts';
import type { Failure } from './failure.ts';

export type Outcome =
  | {
      readonly kind: 'served';
      /** Streams only: an answer that comes whole begins when it is done. */
      readonly firstTokenMs?: number;
      readonly tokensPerSecond?: number;
      /** Until the answer began (streams) or was whole: what people are shown. */
      readonly latencyMs?: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Nothing can be told of the endpoint: the client left, or nothing was sent. */
  | { readonly kind: 'none' };

type Probeless<Event> = Event extends unknown ? Omit<Event, 'probe'> : never;
export type Verdict = Probeless<Exclude<BreakerEvent, { type: 'abandoned' }>>;

export interface Verdicts {
  readonly endpoint?: Verdict;
  readonly provider?: Verdict;
}

/** An empty account and a limit per day do not change within minutes. */
const QUOTA_OPEN_MS = 600_000;
/** Shorter pauses are over before anybody could have gone elsewhere. */
const PAUSE_MS_MIN = 100;

export function verdictsOf(outcome: Outcome, slow: boolean): Verdicts {
  switch (outcome.kind) {
    case 'served':
      return { endpoint: { type: 'served', slow }, provider: { type: 'served', slow: false } };
    case 'failed':
      return ofFailure(outcome.failure);
    case 'none':
      return {};
    default:
      return outcome satisfies never;
  }
}

/** Does the failure speak of whoever was called? A bad request, or a limit of our own, does not. */
export function blames(failure: Failure): boolean {
  if (failure.credentialRefused === true) return true;
  const { endpoint, provider } = ofFailure(failure);
  return endpoint !== undefined || provider !== undefined;
}

function ofFailure(failure: Failure): Verdicts {
  const { kind, scope, retryAfterMs } = failure;
  const cause = causeOf(failure);
  switch (kind) {
    case 'connect':
    case 'tls':
    case 'timeout':
    case 'overloaded':
    case 'server_error':
    case 'malformed':
    case 'cut': {
      const failed = { type: 'failed', cause } as const;
      if (scope === 'provider') return { provider: failed };
      return scope === 'endpoint' ? { endpoint: failed } : {};
    }
    case 'rate_limited':
      if (scope !== 'endpoint') return {};
      return retryAfterMs !== undefined && retryAfterMs >= PAUSE_MS_MIN
        ? { endpoint: { type: 'paused', cause, forMs: retryAfterMs } }
        : { endpoint: { type: 'failed', cause } };
    case 'quota': {
      const failed = { type: 'failed', cause, openMs: retryAfterMs ?? QUOTA_OPEN_MS } as const;
      return scope === 'credential' ? { provider: failed } : { endpoint: failed };
    }
    // A model that is not there is told to every client that asks for it; a breaker would hide the provider's words.
    case 'model_missing':
    case 'credential':
    case 'context_overflow':
    case 'bad_request':
    case 'content_refused':
    case 'conflict':
    case 'too_large':
    case 'gateway':
      return {};
    default:
      return kind satisfies never;
  }
}

function causeOf({ kind, status, code }: Failure): BreakerCause {
  return { kind, ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) };
}
