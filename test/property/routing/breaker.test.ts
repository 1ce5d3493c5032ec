/** What must hold of a breaker whatever happens, in whatever order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  admit,
  BREAKER_LIMITS,
  type Breaker,
  type BreakerEvent,
  CLOSED,
  step,
} from '../../../proxy/routing/breaker.ts';
import { type BreakerBook, createBreakerBook, type Permit } from '../../../proxy/routing/breaker-book.ts';
import type { Outcome } from '../../../proxy/routing/breaker-outcome.ts';
import { BUCKETS, totalsOf } from '../../../proxy/routing/breaker-window.ts';
import type { Failure } from '../../../proxy/routing/failure.ts';

/** Time passes by the given milliseconds, then this happens. `end`: the n-th call under way ends so. */
const action = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 90_000 })),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constant('admit' as const) },
    {
      weight: 4,
      arbitrary: fc.record({
        end: fc.nat({ max: 20 }),
        as: fc.constantFrom('served', 'slow', 'failed', 'failed-long', 'paused', 'abandoned'),
      }),
    },
  ),
});
const actions = fc.array(action, { maxLength: 120 });

function eventOf(as: string, probe: number | undefined): BreakerEvent | undefined {
  const cause = { kind: 'server_error' } as const;
  switch (as) {
    case 'served':
      return { type: 'served', slow: false, probe };
    case 'slow':
      return { type: 'served', slow: true, probe };
    case 'failed':
      return { type: 'failed', cause, probe };
    case 'failed-long':
      return { type: 'failed', cause, openMs: 600_000, probe };
    case 'paused':
      return { type: 'paused', cause, forMs: 15_000, probe };
    default:
      return probe === undefined ? undefined : { type: 'abandoned', probe };
  }
}

describe('one breaker', () => {
  test('never lets two probes out at once, and nothing but a probe while it is half-open', () => {
    fc.assert(
      fc.property(actions, (script) => {
        let breaker: Breaker = CLOSED;
        let nowMs = 1_000_000;
        let ids = 0;
        const underWay: (number | undefined)[] = [];
        for (const { afterMs, what } of script) {
          // Less than a probe's life in all, so that no probe is ever given up as lost.
          nowMs += afterMs % 5_000;
          if (what === 'admit') {
            ids += 1;
            const admitted = admit(breaker, nowMs, ids);
            breaker = admitted.breaker;
            if (admitted.ok) underWay.push(admitted.probe);
          } else {
            const [probe] = underWay.splice(what.end % Math.max(1, underWay.length), 1);
            const event = eventOf(what.as, probe);
            if (event !== undefined) breaker = step(breaker, event, nowMs);
          }
          const out = underWay.filter((probe) => probe !== undefined);
          if (breaker.state === 'half-open' && breaker.probe !== undefined) expect(out).toContain(breaker.probe.id);
          // A probe that outlived a reopening is none any more; the one the breaker waits for is the only one.
          expect(new Set(out).size).toBe(out.length);
        }
      }),
    );
  });

  test('open always leads to a call that may pass, in bounded time', () => {
    fc.assert(
      fc.property(actions, (script) => {
        let breaker: Breaker = CLOSED;
        let nowMs = 1_000_000;
        for (const { afterMs, what } of script) {
          nowMs += afterMs;
          const event = what === 'admit' ? undefined : eventOf(what.as, undefined);
          if (event !== undefined) breaker = step(breaker, event, nowMs);
          const later = admit(breaker, nowMs + BREAKER_LIMITS.pauseMsMax, 1);
          expect(later.ok).toBe(true);
          if (breaker.state === 'open' && breaker.leadsTo === 'half-open') {
            expect(later).toMatchObject({ probe: 1, breaker: { state: 'half-open' } });
            expect(admit(breaker, breaker.untilMs - 1, 1).ok).toBe(false);
          }
        }
      }),
    );
  });

  test('counts no more than what happened within its window, in a bounded space', () => {
    fc.assert(
      fc.property(actions, (script) => {
        let breaker: Breaker = CLOSED;
        let nowMs = 1_000_000;
        const at: number[] = [];
        for (const { afterMs, what } of script) {
          nowMs += afterMs;
          const event = what === 'admit' ? undefined : eventOf(what.as, undefined);
          if (event === undefined) continue;
          if (event.type === 'served' || event.type === 'failed') at.push(nowMs);
          breaker = step(breaker, event, nowMs);
          const { served, failed } = totalsOf(breaker.window, nowMs, BREAKER_LIMITS.windowMs);
          expect(served + failed).toBeLessThanOrEqual(
            at.filter((each) => nowMs - each < BREAKER_LIMITS.windowMs).length,
          );
          expect(breaker.window.length).toBeLessThanOrEqual(BUCKETS + 1);
        }
      }),
    );
  });
});

describe('the book of breakers', () => {
  const failure: Failure = { kind: 'connect', scope: 'provider', decision: 'retry', message: 'x' };
  const outcomes: readonly Outcome[] = [
    { kind: 'served' },
    { kind: 'failed', failure },
    { kind: 'failed', failure: { ...failure, kind: 'server_error', scope: 'endpoint' } },
    { kind: 'failed', failure: { ...failure, kind: 'bad_request', scope: 'request' } },
    { kind: 'failed', failure: { ...failure, kind: 'rate_limited', scope: 'endpoint', retryAfterMs: 9_000 } },
    { kind: 'none' },
  ];
  const script = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 6_000 }),
      endpoint: fc.constantFrom('p/a', 'p/b', 'q/a'),
      end: fc.option(fc.record({ call: fc.nat({ max: 30 }), how: fc.nat({ max: outcomes.length }) })),
    }),
    { maxLength: 120 },
  );

  function admitOne(book: BreakerBook, endpoint: string, nowMs: number, underWay: Permit[]): void {
    const before = { own: book.stateOf(endpoint, nowMs), provider: book.stateOf(endpoint.charAt(0), nowMs) };
    const admission = book.admit(endpoint, nowMs);
    if (!admission.ok) return;
    const { permit } = admission;
    expect([before.own, before.provider]).not.toContain('open');
    expect(permit.endpointProbe !== undefined).toBe(before.own === 'half-open');
    expect(permit.providerProbe !== undefined).toBe(before.provider === 'half-open');
    underWay.push(permit);
  }

  function endOne(book: BreakerBook, underWay: Permit[], end: { call: number; how: number }, nowMs: number): void {
    const [permit] = underWay.splice(end.call % Math.max(1, underWay.length), 1);
    const outcome = outcomes[end.how];
    if (permit === undefined) return;
    if (outcome === undefined) book.abandon(permit, nowMs);
    else book.record(permit, outcome, nowMs);
  }

  test('has one probe at most out for each endpoint and each provider', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const book = createBreakerBook();
        const underWay: Permit[] = [];
        let nowMs = 1_000_000;
        for (const { afterMs, endpoint, end } of steps) {
          nowMs += afterMs;
          if (end === null) admitOne(book, endpoint, nowMs, underWay);
          else endOne(book, underWay, end, nowMs);
        }
        // Whatever is still under way ends without a word: nothing stays locked for longer than a rest.
        for (const permit of underWay) book.abandon(permit, nowMs);
        for (const endpoint of ['p/a', 'p/b', 'q/a']) {
          const admission = book.admit(endpoint, nowMs + BREAKER_LIMITS.openMsMax);
          expect(admission.ok).toBe(true);
          if (admission.ok) book.abandon(admission.permit, nowMs + BREAKER_LIMITS.openMsMax);
        }
      }),
    );
  });
});
