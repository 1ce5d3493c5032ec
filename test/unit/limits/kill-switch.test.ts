import { describe, expect, it } from 'vitest';
import type { PauseView } from '../../../proxy/contract/views.ts';
import { createKillSwitch, type Pause } from '../../../proxy/limits/kill-switch.ts';
import { ManualTime } from '../../support/manual-time.ts';

const START_MS = 1_000_000;
const MINUTE_MS = 60_000;

function start(stored?: Pause) {
  const time = new ManualTime(START_MS);
  let kept = stored;
  const seen: PauseView[] = [];
  const killSwitch = createKillSwitch({
    nowMs: time.clock.nowMs,
    after: time.timer.after,
    store: {
      get: () => kept,
      set: (pause) => {
        kept = pause;
      },
    },
  });
  killSwitch.onChange((view) => seen.push(view));
  return { killSwitch, seen, stored: () => kept, time };
}

describe('the kill switch', () => {
  it('is what was stored', () => {
    expect(start().killSwitch.view()).toEqual({ active: false });
    expect(start({ sinceMs: 5 }).killSwitch.view()).toEqual({ active: true, by: 'person', sinceMs: 5 });
  });

  it('stores, tells once, and keeps the first instant', () => {
    const { killSwitch, seen, stored, time } = start();
    killSwitch.pause();
    time.advance(2);
    killSwitch.pause();
    expect([stored(), seen.map(({ active }) => active)]).toEqual([{ sinceMs: START_MS }, [true]]);
    expect(() => killSwitch.check()).toThrowError(expect.objectContaining({ code: 'kill_switch', retryable: false }));
    killSwitch.resume();
    killSwitch.resume();
    expect([stored(), seen.map(({ active }) => active)]).toEqual([undefined, [true, false]]);
    killSwitch.check();
  });

  it('a config holds it down whatever a person does', () => {
    const { killSwitch } = start();
    killSwitch.setConfigured(true);
    expect(killSwitch.resume()).toEqual({ active: true, by: 'config' });
    killSwitch.setConfigured(false);
    expect(killSwitch.view()).toEqual({ active: false });
  });

  it('a store that cannot be written leaves it as it was', () => {
    const killSwitch = createKillSwitch({
      nowMs: () => 1,
      after: () => () => undefined,
      store: {
        get: () => undefined,
        set: () => {
          throw new Error('disk full');
        },
      },
    });
    expect(() => killSwitch.pause(5)).toThrow('disk full');
    expect(killSwitch.view()).toEqual({ active: false });
  });
});

describe('a pause for a while', () => {
  it('says until when, and ends by itself at that instant, telling whoever listens', () => {
    const { killSwitch, seen, time } = start();
    const untilMs = START_MS + 15 * MINUTE_MS;
    expect(killSwitch.pause(15 * MINUTE_MS)).toEqual({ active: true, by: 'person', sinceMs: START_MS, untilMs });
    time.advance(15 * MINUTE_MS - 1);
    expect(() => killSwitch.check()).toThrow(/Resume.*or wait until/);
    time.advance(1);
    killSwitch.check();
    expect(seen.at(-1)).toEqual({ active: false });
    expect(time.waits()).toEqual([]);
  });

  it('goes on after a restart, and is over when its end passed in between', () => {
    const pause = { sinceMs: START_MS - 10, untilMs: START_MS + MINUTE_MS };
    const again = start(pause);
    expect(again.killSwitch.view()).toEqual({ active: true, by: 'person', ...pause });
    again.time.advance(MINUTE_MS);
    expect(again.seen).toEqual([{ active: false }]);
    expect(start({ sinceMs: 1, untilMs: START_MS }).killSwitch.view()).toEqual({ active: false });
  });

  it('ends at once when the computer wakes after its end: timers stood still, the wall clock did not', () => {
    const { killSwitch, seen, time } = start();
    killSwitch.pause(15 * MINUTE_MS);
    time.setWallClockBack(-20 * MINUTE_MS);
    killSwitch.recheck();
    expect(seen.at(-1)).toEqual({ active: false });
  });

  it('notices within half a minute that the clock moved on without a word', () => {
    const { killSwitch, seen, time } = start();
    killSwitch.pause(15 * MINUTE_MS);
    time.setWallClockBack(-20 * MINUTE_MS);
    killSwitch.check();
    time.advance(30_000);
    expect(seen.at(-1)).toEqual({ active: false });
  });

  it('the last word counts: longer, shorter, or without end', () => {
    const { killSwitch, time } = start();
    killSwitch.pause(MINUTE_MS);
    expect(killSwitch.pause()).toEqual({ active: true, by: 'person', sinceMs: START_MS });
    time.advance(2 * MINUTE_MS);
    expect(killSwitch.view().active).toBe(true);
    expect(killSwitch.pause(MINUTE_MS)).toMatchObject({ untilMs: START_MS + 3 * MINUTE_MS });
    time.advance(MINUTE_MS);
    expect(killSwitch.view()).toEqual({ active: false });
  });

  it('a config that holds it down outlives its end', () => {
    const { killSwitch, time } = start();
    killSwitch.pause(MINUTE_MS);
    killSwitch.setConfigured(true);
    expect(killSwitch.view()).toEqual({ active: true, by: 'config', sinceMs: START_MS });
    time.advance(MINUTE_MS);
    expect(killSwitch.view()).toEqual({ active: true, by: 'config' });
  });

  it('is left alone once the gateway is closed', () => {
    const { killSwitch, seen, time } = start();
    killSwitch.pause(MINUTE_MS);
    killSwitch.close();
    time.advance(5 * MINUTE_MS);
    expect(seen).toHaveLength(1);
  });
});
