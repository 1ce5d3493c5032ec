import { describe, expect, test } from 'vitest';
import {
  admit,
  BREAKER_LIMITS,
  type Breaker,
  type BreakerEvent,
  CLOSED,
  step,
} from '../../../proxy/routing/breaker.ts';

const FAILED: BreakerEvent = { type: 'failed', cause: { kind: 'server_error', status: 500 } };
const SERVED: BreakerEvent = { type: 'served', slow: false };
const SLOW: BreakerEvent = { type: 'served', slow: true };

/** Applies the events one after another, a second apart by default. */
function history(events: readonly BreakerEvent[], { from = CLOSED, stepMs = 1_000, startMs = 0 } = {}): Breaker {
  return events.reduce((breaker, event, index) => step(breaker, event, startMs + index * stepMs), from as Breaker);
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

function probeOf(breaker: Breaker, nowMs: number, id = 7): Breaker {
  const admitted = admit(breaker, nowMs, id);
  if (!admitted.ok || admitted.probe === undefined) throw new Error('expected a probe');
  return admitted.breaker;
}

describe('when a breaker opens', () => {
  test.each<[what: string, events: readonly BreakerEvent[], state: string]>([
    ['nothing happened', [], 'closed'],
    ['four failures in a row', times(4, FAILED), 'closed'],
    ['five', times(5, FAILED), 'open'],
    ['a success between them', [...times(4, FAILED), SERVED, ...times(4, FAILED)], 'closed'],
    ['half of ten failed', times(5, [SERVED, FAILED]).flat(), 'open'],
    ['half of eight', times(4, [FAILED, SERVED]).flat(), 'closed'],
    ['a third of many', times(8, [SERVED, SERVED, FAILED]).flat(), 'closed'],
    ['eight of ten were slow', [SERVED, SERVED, ...times(8, SLOW)], 'open'],
    ['seven of ten', [...times(3, SERVED), ...times(7, SLOW)], 'closed'],
    ['a few slow ones alone', times(9, SLOW), 'closed'],
    ['told to stay away', [{ ...FAILED, openMs: 60_000 } as BreakerEvent], 'open'],
    ['asked for a pause', [{ type: 'paused', cause: { kind: 'rate_limited' }, forMs: 20_000 }], 'open'],
  ])('%s', (_what, events, state) => {
    expect(history(events).state).toBe(state);
  });

  test('failures that lie further apart than the window do not count together', () => {
    const spread = history(times(5, [SERVED, FAILED]).flat(), { stepMs: 30_000 });
    expect(spread.state).toBe('closed');
  });

  test('its cause is the failure that opened it', () => {
    expect(history(times(5, FAILED))).toMatchObject({
      cause: { kind: 'server_error', status: 500 },
      untilMs: 4_000 + 5_000,
    });
  });
});

describe('what an open breaker lets through', () => {
  const open = history(times(5, FAILED), { stepMs: 0 });

  test('nothing before its time', () => {
    expect(admit(open, 4_999, 1)).toMatchObject({ ok: false, retryAtMs: 5_000 });
  });

  test('then one call, the probe, and no second one while it is out', () => {
    const first = admit(open, 5_000, 1);
    expect(first).toMatchObject({ ok: true, probe: 1 });
    expect(admit(first.breaker, 5_001, 2)).toMatchObject({ ok: false, retryAtMs: 6_001 });
  });

  test('a probe that is served closes it, with a clean sheet', () => {
    const closed = step(probeOf(open, 5_000), { ...SERVED, probe: 7 }, 5_100);
    expect(closed).toMatchObject({ state: 'closed', failuresInARow: 0 });
    expect(step(closed, FAILED, 5_200).state).toBe('closed');
  });

  test('a probe that fails doubles the rest, up to a bound', () => {
    let breaker: Breaker = open;
    let nowMs = 5_000;
    const rests: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      breaker = step(probeOf(breaker, nowMs), { ...FAILED, probe: 7 }, nowMs);
      if (breaker.state !== 'open') throw new Error('expected it to open');
      rests.push(breaker.untilMs - nowMs);
      nowMs = breaker.untilMs;
    }
    expect(rests).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  });

  test('a slow probe is none that closes it', () => {
    expect(step(probeOf(open, 5_000), { ...SLOW, probe: 7 }, 5_100)).toMatchObject({
      state: 'open',
      cause: { kind: 'slow' },
    });
  });

  test('a client that leaves frees the probe', () => {
    const freed = step(probeOf(open, 5_000), { type: 'abandoned', probe: 7 }, 5_100);
    expect(admit(freed, 5_200, 8)).toMatchObject({ ok: true, probe: 8 });
  });

  test('a probe that never ends is given up', () => {
    const probing = probeOf(open, 5_000);
    expect(admit(probing, 5_000 + BREAKER_LIMITS.probeMsMax - 1, 8).ok).toBe(false);
    expect(admit(probing, 5_000 + BREAKER_LIMITS.probeMsMax, 8)).toMatchObject({ ok: true, probe: 8 });
  });

  test.each<[what: string, event: BreakerEvent]>([
    ['a success of before', SERVED],
    ['a failure of before', FAILED],
    ['the end of another probe', { ...SERVED, probe: 6 }],
    ['another one given up', { type: 'abandoned', probe: 6 }],
  ])('%s neither closes it nor frees the probe', (_what, event) => {
    const still = step(probeOf(open, 5_000), event, 5_100);
    expect(still).toMatchObject({ state: 'half-open', probe: { id: 7 } });
  });
});

describe('pauses', () => {
  const pause = (forMs: number): BreakerEvent => ({
    type: 'paused',
    cause: { kind: 'rate_limited', status: 429 },
    forMs,
  });

  test('end by themselves: everybody may call again, and what was counted stays counted', () => {
    const paused = history([FAILED, FAILED, pause(20_000)], { stepMs: 0 });
    expect(admit(paused, 19_999, 1)).toMatchObject({ ok: false, retryAtMs: 20_000 });
    const again = admit(paused, 20_000, 1);
    expect(again).toMatchObject({ ok: true, probe: undefined });
    expect(again.breaker).toMatchObject({ state: 'closed', failuresInARow: 2 });
  });

  test('are bounded', () => {
    expect(history([pause(7 * 24 * 3_600_000)])).toMatchObject({ untilMs: BREAKER_LIMITS.pauseMsMax });
  });

  test('lengthen a rest, but do not turn it into a pause', () => {
    const open = history([...times(5, FAILED), pause(30_000)], { stepMs: 0 });
    expect(open).toMatchObject({ state: 'open', untilMs: 30_000 });
    expect(admit(open, 30_000, 1)).toMatchObject({ ok: true, probe: 1 });
  });

  test('of a probe keep it half-open afterwards', () => {
    const open = history(times(5, FAILED), { stepMs: 0 });
    const paused = step(probeOf(open, 5_000), { ...pause(8_000), probe: 7 } as BreakerEvent, 5_000);
    expect(admit(paused, 12_999, 1).ok).toBe(false);
    expect(admit(paused, 13_000, 1)).toMatchObject({ ok: true, probe: 1 });
  });
});

test('a clock that jumps back by a day does not lock the door for a day', () => {
  const open = history(times(5, FAILED), { startMs: 86_400_000, stepMs: 0 });
  expect(admit(open, 0, 1)).toMatchObject({ ok: true, probe: 1 });
});
