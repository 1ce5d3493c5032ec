/** Requests and tokens a minute, and calls at once, per scope: admitted under all limits that touch a call, or under none. */
import type { KeyPolicy, RateLimitConfig } from '../contract/config.ts';
import type { Clock } from '../core/clock.ts';
import { RateWindow } from './rate-window.ts';

export const RATE_DIMENSIONS = ['requests', 'tokens', 'concurrency'] as const;
export type RateDimension = (typeof RATE_DIMENSIONS)[number];

/** What one scope allows; what is left out is not limited. */
export interface RateLimit {
  /** `global`, `key:<id>`, `project:<id>` or `client:<id>`. */
  readonly scope: string;
  readonly requestsPerMinute?: number;
  /** Input and output together. */
  readonly tokensPerMinute?: number;
  readonly concurrency?: number;
}

export interface RateSubject {
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
}

/** How much of a per-minute limit is left; of several scopes the one that is tightest. */
export interface RateStanding {
  readonly scope: string;
  readonly limit: number;
  readonly remaining: number;
  /** Until the whole limit is there again. */
  readonly resetMs: number;
}

export interface RateStandings {
  readonly requests?: RateStanding;
  readonly tokens?: RateStanding;
}

export interface RateRefusal {
  readonly ok: false;
  readonly scope: string;
  readonly dimension: RateDimension;
  readonly limit: number;
  /** Undefined: it can never fit, however long one waits. */
  readonly retryAfterMs: number | undefined;
  /** What the call asked for. */
  readonly needed: number;
  readonly standings: RateStandings;
}

export interface RateLease {
  readonly ok: true;
  readonly standings: RateStandings;
  /** Replaces what was reserved at admission by what was used. The last correction counts. */
  correct(tokensActual: number): void;
  /** The call is over: its place among the concurrent ones is free. A second time does nothing. */
  end(): void;
}

export interface RateLimiter {
  /** All or nothing. `tokensMax`: the most tokens the call can come to; it is counted until `correct`. */
  admit(limits: readonly RateLimit[], tokensMax: number): RateLease | RateRefusal;
  /** How many scopes are remembered; for tests and the diagnostics. */
  readonly size: number;
}

/** The limits that touch a call: those of the config, and the key's own; of two for one scope the lower counts. */
export function rateLimitsFor(
  limits: readonly RateLimitConfig[],
  policy: Pick<KeyPolicy, 'requestsPerMinute' | 'tokensPerMinute' | 'concurrency'> | undefined,
  { accessKeyId, project, client }: RateSubject,
): readonly RateLimit[] {
  const ofKey = accessKeyId === undefined ? undefined : ownLimit(accessKeyId, policy);
  if (limits.length === 0) return ofKey === undefined ? NONE : [ofKey];
  const scopes = new Set(['global']);
  if (accessKeyId !== undefined) scopes.add(`key:${accessKeyId}`);
  if (project !== undefined) scopes.add(`project:${project}`);
  if (client !== undefined) scopes.add(`client:${client}`);
  const byScope = new Map<string, RateLimit>();
  for (const limit of [...limits, ...(ofKey === undefined ? [] : [ofKey])]) {
    if (scopes.has(limit.scope)) byScope.set(limit.scope, lower(byScope.get(limit.scope), limit));
  }
  return [...byScope.values()];
}

const NONE: readonly RateLimit[] = [];

function ownLimit(
  accessKeyId: string,
  policy: Pick<KeyPolicy, 'requestsPerMinute' | 'tokensPerMinute' | 'concurrency'> | undefined,
): RateLimit | undefined {
  const { requestsPerMinute, tokensPerMinute, concurrency } = policy ?? {};
  if ((requestsPerMinute ?? tokensPerMinute ?? concurrency) === undefined) return undefined;
  return lower(undefined, { scope: `key:${accessKeyId}`, requestsPerMinute, tokensPerMinute, concurrency });
}

type LooseLimit = { readonly scope: string } & {
  readonly [K in Exclude<keyof RateLimit, 'scope'>]?: number | undefined;
};

function lower(first: RateLimit | undefined, second: LooseLimit): RateLimit {
  const both = (name: Exclude<keyof RateLimit, 'scope'>): number | undefined => {
    const [a, b] = [first?.[name], second[name]];
    return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
  };
  const requestsPerMinute = both('requestsPerMinute');
  const tokensPerMinute = both('tokensPerMinute');
  const concurrency = both('concurrency');
  return {
    scope: second.scope,
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/** What one scope has taken. */
class Counter {
  readonly requests = new RateWindow();
  readonly tokens = new RateWindow();
  running = 0;

  idle(nowMs: number): boolean {
    return this.running === 0 && this.requests.taken(nowMs) === 0 && this.tokens.taken(nowMs) === 0;
  }
}

/** Above this, scopes that count nothing any more are forgotten. There is one for each limit and each limited key. */
const COUNTERS_MANY = 1_000;
/** Nobody knows when a call ends; this is how long a client should wait before it tries. */
const CONCURRENCY_RETRY_MS = 1_000;

/**
 * Time is the monotonic clock's alone, so that a wall clock set back or forth changes nothing. `admit` runs in one go
 * (nothing is awaited), so any number of calls at once are counted exactly.
 */
export function createRateLimiter({ clock }: { clock: Pick<Clock, 'monotonicMs'> }): RateLimiter {
  const counters = new Map<string, Counter>();
  let sweepAt = COUNTERS_MANY;

  function counterOf(scope: string, nowMs: number): Counter {
    const known = counters.get(scope);
    if (known !== undefined) return known;
    if (counters.size >= sweepAt) {
      for (const [name, counter] of counters) if (counter.idle(nowMs)) counters.delete(name);
      sweepAt = Math.max(COUNTERS_MANY, counters.size * 2);
    }
    const made = new Counter();
    counters.set(scope, made);
    return made;
  }

  return {
    get size() {
      return counters.size;
    },
    admit(limits, tokensMax) {
      if (limits.length === 0) return UNLIMITED;
      const nowMs = clock.monotonicMs();
      const entries = limits.map((limit) => ({ limit, counter: counterOf(limit.scope, nowMs) }));
      const refusal = tightest(entries.flatMap((entry) => refusalsOf(entry, tokensMax, nowMs)));
      if (refusal !== undefined) return { ok: false, ...refusal, standings: standingsOf(entries, nowMs) };
      return leaseOf(entries, tokensMax, nowMs, clock);
    },
  };
}

const UNLIMITED: RateLease = { ok: true, standings: {}, correct() {}, end() {} };

interface Entry {
  readonly limit: RateLimit;
  readonly counter: Counter;
}

type Refused = Omit<RateRefusal, 'ok' | 'standings'>;

function refusalsOf({ limit, counter }: Entry, tokensMax: number, nowMs: number): Refused[] {
  const { scope, requestsPerMinute, tokensPerMinute, concurrency } = limit;
  const refused: Refused[] = [];
  const windowed = (dimension: 'requests' | 'tokens', max: number | undefined, needed: number): void => {
    if (max === undefined) return;
    const window = counter[dimension];
    if (window.taken(nowMs) + needed <= max) return;
    const retryAfterMs = needed > max ? undefined : window.msUntilAtMost(max - needed, nowMs);
    refused.push({ scope, dimension, limit: max, needed, retryAfterMs });
  };
  windowed('requests', requestsPerMinute, 1);
  windowed('tokens', tokensPerMinute, tokensMax);
  if (concurrency !== undefined && counter.running >= concurrency) {
    refused.push({
      scope,
      dimension: 'concurrency',
      limit: concurrency,
      needed: 1,
      retryAfterMs: CONCURRENCY_RETRY_MS,
    });
  }
  return refused;
}

/** The refusal that lasts longest: a client that waits for any other would be refused again. */
function tightest(refused: readonly Refused[]): Refused | undefined {
  const waitMs = ({ retryAfterMs }: Refused) => retryAfterMs ?? Number.POSITIVE_INFINITY;
  return refused.reduce<Refused | undefined>(
    (worst, one) => (worst === undefined || waitMs(one) > waitMs(worst) ? one : worst),
    undefined,
  );
}

function leaseOf(
  entries: readonly Entry[],
  tokensMax: number,
  nowMs: number,
  clock: Pick<Clock, 'monotonicMs'>,
): RateLease {
  let slot = 0;
  for (const { counter } of entries) {
    counter.requests.take(1, nowMs);
    slot = counter.tokens.take(tokensMax, nowMs);
    counter.running += 1;
  }
  let counted = tokensMax;
  let running = true;
  return {
    ok: true,
    standings: standingsOf(entries, nowMs),
    correct(tokensActual) {
      const atMs = clock.monotonicMs();
      for (const { counter } of entries) counter.tokens.correct(slot, tokensActual - counted, atMs);
      counted = tokensActual;
    },
    end() {
      if (!running) return;
      running = false;
      for (const { counter } of entries) counter.running -= 1;
    },
  };
}

function standingsOf(entries: readonly Entry[], nowMs: number): RateStandings {
  const standing = (dimension: 'requests' | 'tokens'): RateStanding | undefined => {
    let tight: RateStanding | undefined;
    for (const { limit, counter } of entries) {
      const max = dimension === 'requests' ? limit.requestsPerMinute : limit.tokensPerMinute;
      if (max === undefined) continue;
      const window = counter[dimension];
      const remaining = Math.max(0, max - window.taken(nowMs));
      if (tight !== undefined && remaining / max >= tight.remaining / tight.limit) continue;
      tight = { scope: limit.scope, limit: max, remaining, resetMs: window.msUntilEmpty(nowMs) };
    }
    return tight;
  };
  const requests = standing('requests');
  const tokens = standing('tokens');
  return { ...(requests === undefined ? {} : { requests }), ...(tokens === undefined ? {} : { tokens }) };
}
