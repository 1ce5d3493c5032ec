/** Every breaker: one for each endpoint (`provider/model`), one for each provider (`provider`). Bounded; survives a restart. */
import {
  admit,
  atTime,
  BREAKER_LIMITS,
  type Breaker,
  type BreakerCause,
  type BreakerLimits,
  CLOSED,
  step,
} from './breaker.ts';
import { type Outcome, type Verdict, verdictsOf } from './breaker-outcome.ts';
import { type BreakerStore, fromStored, toStored } from './breaker-store.ts';
import { totalsOf } from './breaker-window.ts';
import type { BreakerStateName, EndpointId } from './types.ts';

/** Says which call an outcome belongs to. Given out by `admit`, given back to `record` or `abandon`, once. */
export interface Permit {
  readonly endpoint: EndpointId;
  readonly endpointProbe: number | undefined;
  readonly providerProbe: number | undefined;
}

export type Admission =
  | { readonly ok: true; readonly probe: boolean; readonly permit: Permit }
  | {
      readonly ok: false;
      readonly retryAtMs: number;
      readonly by: 'endpoint' | 'provider';
      readonly cause: BreakerCause | undefined;
    };

export interface BreakerView {
  /** `provider/model`, or `provider` alone. */
  readonly id: string;
  readonly scope: 'endpoint' | 'provider';
  readonly state: BreakerStateName;
  /** Outcomes looked back on, and the failed ones among them. */
  readonly outcomes: number;
  readonly failures: number;
  readonly slow: number;
  readonly failuresInARow: number;
  /** Not of closed ones, here and below. */
  readonly sinceMs?: number;
  readonly retryAtMs?: number;
  readonly cause?: BreakerCause;
}

export interface BreakerBook {
  /** May a call go there now? A call that may has to be ended by `record` or `abandon`, or a probe stays out. */
  admit(endpoint: EndpointId, nowMs: number): Admission;
  record(permit: Permit, outcome: Outcome, nowMs: number, slow?: boolean): void;
  /** The call was never sent, or its client left: nothing is counted, the next call may probe. */
  abandon(permit: Permit, nowMs: number): void;
  stateOf(id: string, nowMs: number): BreakerStateName;
  /** Undefined where nothing was ever counted. */
  viewOf(id: string, nowMs: number): BreakerView | undefined;
  list(nowMs: number): readonly BreakerView[];
  /** Those of its endpoints. */
  ofProvider(providerId: string, nowMs: number): readonly BreakerView[];
  /** Closed, with nothing counted. Of a provider: its endpoints too. */
  reset(id: string, nowMs: number): void;
  /** Told of changes of state, not of every count. */
  onChange(listener: (view: BreakerView) => void): () => void;
}

export interface BreakerBookParts {
  readonly store?: BreakerStore;
  /** What could not be read or written; the book goes on without. */
  readonly report?: (problem: string, error?: unknown) => void;
  readonly limits?: BreakerLimits;
  /** Breakers kept at most; closed ones go first. */
  readonly sizeMax?: number;
}

const SIZE_MAX = 2_000;

/** Provider ids hold no slash. */
export function providerOf(endpoint: EndpointId): string {
  const slash = endpoint.indexOf('/');
  return slash < 0 ? endpoint : endpoint.slice(0, slash);
}

export function createBreakerBook(parts: BreakerBookParts = {}): BreakerBook {
  const { store, report = () => undefined, limits = BREAKER_LIMITS, sizeMax = SIZE_MAX } = parts;
  const breakers = load(store, report);
  const listeners = new Set<(view: BreakerView) => void>();
  let probes = 0;

  const get = (id: string): Breaker => breakers.get(id) ?? CLOSED;

  function put(id: string, next: Breaker, nowMs: number): void {
    const before = get(id);
    if (next === before) return;
    // The latest change stands last, so the first ones are the ones to forget.
    breakers.delete(id);
    breakers.set(id, next);
    if (breakers.size > sizeMax) forgetOne();
    if (before.state === next.state && !restsDiffer(before, next)) return;
    save();
    const view = toView(id, next, nowMs, limits);
    for (const listener of listeners) listener(view);
  }

  function forgetOne(): void {
    for (const [id, breaker] of breakers) {
      if (breaker.state !== 'closed') continue;
      breakers.delete(id);
      return;
    }
    const [oldest] = breakers.keys();
    if (oldest !== undefined) breakers.delete(oldest);
  }

  function save(): void {
    if (store === undefined) return;
    try {
      store.save(toStored(breakers));
    } catch (error) {
      report('the state of the breakers could not be saved; after a restart they begin as saved before', error);
    }
  }

  function apply(id: string, verdict: Verdict | undefined, probe: number | undefined, nowMs: number): void {
    if (verdict !== undefined) put(id, step(get(id), { ...verdict, probe }, nowMs, limits), nowMs);
    else if (probe !== undefined) put(id, step(get(id), { type: 'abandoned', probe }, nowMs, limits), nowMs);
  }

  return {
    admit(endpoint, nowMs) {
      const provider = providerOf(endpoint);
      probes += 1;
      const above = admit(get(provider), nowMs, probes, limits);
      if (!above.ok) return refused(above.breaker, above.retryAtMs, 'provider');
      const below = admit(get(endpoint), nowMs, probes, limits);
      // The provider's probe is only given out together with the endpoint's leave.
      if (!below.ok) return refused(below.breaker, below.retryAtMs, 'endpoint');
      put(provider, above.breaker, nowMs);
      put(endpoint, below.breaker, nowMs);
      const permit = { endpoint, endpointProbe: below.probe, providerProbe: above.probe };
      return { ok: true, probe: (below.probe ?? above.probe) !== undefined, permit };
    },
    record({ endpoint, endpointProbe, providerProbe }, outcome, nowMs, slow = false) {
      const verdicts = verdictsOf(outcome, slow);
      apply(endpoint, verdicts.endpoint, endpointProbe, nowMs);
      apply(providerOf(endpoint), verdicts.provider, providerProbe, nowMs);
    },
    abandon({ endpoint, endpointProbe, providerProbe }, nowMs) {
      apply(endpoint, undefined, endpointProbe, nowMs);
      apply(providerOf(endpoint), undefined, providerProbe, nowMs);
    },
    stateOf: (id, nowMs) => atTime(get(id), nowMs, limits).state,
    viewOf(id, nowMs) {
      const breaker = breakers.get(id);
      return breaker === undefined ? undefined : toView(id, breaker, nowMs, limits);
    },
    list: (nowMs) => [...breakers].map(([id, breaker]) => toView(id, breaker, nowMs, limits)),
    ofProvider: (providerId, nowMs) =>
      [...breakers].flatMap(([id, breaker]) =>
        id.startsWith(`${providerId}/`) ? [toView(id, breaker, nowMs, limits)] : [],
      ),
    reset(id, nowMs) {
      const ids = [...breakers.keys()].filter((each) => each === id || each.startsWith(`${id}/`));
      for (const each of ids) {
        put(each, CLOSED, nowMs);
        breakers.delete(each);
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function load(
  store: BreakerStore | undefined,
  report: (problem: string, error?: unknown) => void,
): Map<string, Breaker> {
  if (store === undefined) return new Map();
  try {
    const { breakers, problems } = fromStored(store.load());
    for (const problem of problems) report(problem);
    return breakers;
  } catch (error) {
    report('the saved breakers cannot be read, so all begin closed', error);
    return new Map();
  }
}

/** A longer rest is news to whoever keeps it, too. */
function restsDiffer(a: Breaker, b: Breaker): boolean {
  return a.state === 'open' && b.state === 'open' && a.untilMs !== b.untilMs;
}

function refused(breaker: Breaker, retryAtMs: number, by: 'endpoint' | 'provider'): Admission {
  return { ok: false, retryAtMs, by, cause: breaker.state === 'closed' ? undefined : breaker.cause };
}

function toView(id: string, breaker: Breaker, nowMs: number, limits: BreakerLimits): BreakerView {
  const current = atTime(breaker, nowMs, limits);
  const { served, failed, slow } = totalsOf(current.window, nowMs, limits.windowMs);
  return {
    id,
    scope: id.includes('/') ? 'endpoint' : 'provider',
    state: current.state,
    outcomes: served + failed,
    failures: failed,
    slow,
    failuresInARow: current.failuresInARow,
    ...(current.state === 'closed' ? {} : { sinceMs: current.sinceMs, cause: current.cause }),
    ...(current.state === 'open' ? { retryAtMs: current.untilMs } : {}),
  };
}
