/** Random interleavings of calls, corrections and ends against a model that remembers every call. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createRateLimiter,
  type RateLease,
  type RateLimit,
  type RateRefusal,
  type RateStanding,
} from '../../../proxy/limits/rate-limits.ts';
import { SLOT_MS, WINDOW_MS } from '../../../proxy/limits/rate-window.ts';

interface Taken {
  readonly scope: string;
  readonly atMs: number;
  tokens: number;
  running: boolean;
}

/** Every call ever admitted, and the rule in one line: it counts until its slot is a whole minute old. */
class Model {
  readonly calls: Taken[] = [];

  counting(scope: string, nowMs: number): Taken[] {
    return this.calls.filter(
      (call) => call.scope === scope && (Math.floor(call.atMs / SLOT_MS) + 1) * SLOT_MS + WINDOW_MS > nowMs,
    );
  }

  fits({ scope, requestsPerMinute, tokensPerMinute, concurrency }: RateLimit, tokens: number, nowMs: number): boolean {
    const counting = this.counting(scope, nowMs);
    const used = counting.reduce((sum, call) => sum + call.tokens, 0);
    const running = this.calls.filter((call) => call.scope === scope && call.running).length;
    return (
      counting.length + 1 <= (requestsPerMinute ?? Number.POSITIVE_INFINITY) &&
      used + tokens <= (tokensPerMinute ?? Number.POSITIVE_INFINITY) &&
      running < (concurrency ?? Number.POSITIVE_INFINITY)
    );
  }
}

const SCOPES = ['global', 'key:a', 'project:p'] as const;
const limit = (scope: string): fc.Arbitrary<RateLimit> =>
  fc.record(
    {
      scope: fc.constant(scope),
      requestsPerMinute: fc.integer({ min: 1, max: 12 }),
      tokensPerMinute: fc.integer({ min: 1, max: 300 }),
      concurrency: fc.integer({ min: 1, max: 5 }),
    },
    { requiredKeys: ['scope'] },
  );
const limits = fc.tuple(...SCOPES.map(limit)).chain((all) => fc.subarray(all, { minLength: 1 }));
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('admit' as const), tokens: fc.nat(120) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), which: fc.nat(40), tokens: fc.nat(400) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(40) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(0.25, 60, 99, 100, 2_000, 30_000, 60_000, 60_100, 400_000),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The limiter and the model, side by side. */
class Trial {
  readonly #limits: readonly RateLimit[];
  readonly #model = new Model();
  readonly #leases: { lease: RateLease; taken: Taken[] }[] = [];
  #nowMs = 1_234.5;
  readonly #limiter = createRateLimiter({ clock: { monotonicMs: () => this.#nowMs } });

  constructor(all: readonly RateLimit[]) {
    this.#limits = all;
  }

  step(one: Step): void {
    if (one.do === 'wait') this.#nowMs += one.ms;
    else if (one.do === 'admit') this.#admit(one.tokens);
    else {
      const chosen = this.#leases[one.which % Math.max(this.#leases.length, 1)];
      if (one.do === 'end') chosen?.lease.end();
      else chosen?.lease.correct(one.tokens);
      for (const taken of chosen?.taken ?? [])
        Object.assign(taken, one.do === 'end' ? { running: false } : { tokens: one.tokens });
    }
  }

  #admit(tokens: number): void {
    const expected = this.#limits.every((each) => this.#model.fits(each, tokens, this.#nowMs));
    const admitted = this.#limiter.admit(this.#limits, tokens);
    expect(admitted.ok).toBe(expected);
    if (admitted.ok) {
      const taken = this.#limits.map(({ scope }) => ({ scope, atMs: this.#nowMs, tokens, running: true }));
      this.#model.calls.push(...taken);
      this.#leases.push({ lease: admitted, taken });
    } else this.#checkRetry(admitted, tokens);
    this.#checkStanding('requests', admitted.standings.requests);
    this.#checkStanding('tokens', admitted.standings.tokens);
  }

  /** Not a moment too early, and then surely, if nothing else comes in between. */
  #checkRetry({ scope, dimension, limit: max, retryAfterMs }: RateRefusal, tokens: number): void {
    if (retryAfterMs === undefined) expect(tokens).toBeGreaterThan(max);
    else if (dimension !== 'concurrency') {
      const only = dimension === 'requests' ? { scope, requestsPerMinute: max } : { scope, tokensPerMinute: max };
      expect(this.#model.fits(only, tokens, this.#nowMs + retryAfterMs)).toBe(true);
      expect(this.#model.fits(only, tokens, this.#nowMs + retryAfterMs - 0.5)).toBe(false);
    }
  }

  #checkStanding(name: 'requests' | 'tokens', standing: RateStanding | undefined): void {
    if (standing === undefined) return;
    const counting = this.#model.counting(standing.scope, this.#nowMs);
    const used = name === 'requests' ? counting.length : counting.reduce((sum, call) => sum + call.tokens, 0);
    expect(standing.remaining).toBe(Math.max(0, standing.limit - used));
  }
}

test('admits what the model admits, through every interleaving, and tells when a refused call would pass', () => {
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 120 }), (all, steps) => {
      const trial = new Trial(all);
      for (const one of steps) trial.step(one);
    }),
    { numRuns: 1_500 },
  );
});

test('no minute, wherever it begins, ever holds more than the limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9_000 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      (gaps, requestsPerMinute) => {
        let nowMs = 0;
        const limiter = createRateLimiter({ clock: { monotonicMs: () => nowMs } });
        const admitted: number[] = [];
        for (const gap of gaps) {
          nowMs += gap;
          if (limiter.admit([{ scope: 'global', requestsPerMinute }], 0).ok) admitted.push(nowMs);
        }
        for (const [at, last] of admitted.entries()) {
          const first = admitted[at - requestsPerMinute];
          if (first !== undefined) expect(last - first).toBeGreaterThanOrEqual(WINDOW_MS);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
