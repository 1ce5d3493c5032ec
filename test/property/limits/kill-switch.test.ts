/** Whatever is pressed and however clocks move: never open before its end, never open under the config's hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKillSwitch, type KillSwitch, type Pause } from '../../../proxy/limits/kill-switch.ts';
import { ManualTime } from '../../support/manual-time.ts';

const step = fc.oneof(
  fc.record({
    type: fc.constant('pause' as const),
    forMs: fc.option(fc.integer({ min: 1_000, max: 3_600_000 }), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('resume' as const) }),
  fc.record({ type: fc.constant('configured' as const), on: fc.boolean() }),
  fc.record({ type: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 1_800_000 }) }),
  // The instants around an end are where a mistake would be.
  fc.record({ type: fc.constant('toTheEnd' as const), offMs: fc.constantFrom(-1, 0, 1) }),
  fc.record({ type: fc.constant('sleep' as const), ms: fc.integer({ min: 0, max: 7_200_000 }) }),
  fc.record({ type: fc.constant('restart' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** A switch, the simplest bookkeeping of what it must say, and what its listeners were told last. */
class Bench {
  readonly #time = new ManualTime();
  #kept: Pause | undefined;
  #told = false;
  #configured = false;
  /** Infinity: until it is resumed. */
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #killSwitch = this.#make();

  #make(): KillSwitch {
    const made = createKillSwitch({
      nowMs: this.#time.clock.nowMs,
      after: this.#time.timer.after,
      store: {
        get: () => this.#kept,
        set: (pause) => {
          this.#kept = pause;
        },
      },
    });
    made.onChange(({ active }) => {
      this.#told = active;
    });
    return made;
  }

  take(step: Step): void {
    switch (step.type) {
      case 'pause':
        this.#killSwitch.pause(step.forMs);
        this.#pausedUntilMs =
          step.forMs === undefined ? Number.POSITIVE_INFINITY : this.#time.clock.nowMs() + step.forMs;
        return;
      case 'resume':
        this.#killSwitch.resume();
        this.#pausedUntilMs = Number.NEGATIVE_INFINITY;
        return;
      case 'configured':
        this.#killSwitch.setConfigured(step.on);
        this.#configured = step.on;
        return;
      case 'advance':
        this.#time.advance(step.ms);
        return;
      case 'toTheEnd': {
        const leftMs = this.#pausedUntilMs + step.offMs - this.#time.clock.nowMs();
        if (Number.isFinite(leftMs) && leftMs > 0) this.#time.advance(leftMs);
        return;
      }
      case 'sleep':
        this.#time.setWallClockBack(-step.ms);
        this.#killSwitch.recheck();
        return;
      case 'restart':
        this.#killSwitch.close();
        this.#killSwitch = this.#make();
        this.#killSwitch.setConfigured(this.#configured);
        this.#told = this.#killSwitch.view().active;
        return;
      default:
        step satisfies never;
    }
  }

  check(): void {
    const mustHold = this.#configured || this.#time.clock.nowMs() < this.#pausedUntilMs;
    expect(this.#killSwitch.view().active).toBe(mustHold);
    expect(this.#told).toBe(mustHold);
    if (mustHold) expect(() => this.#killSwitch.check()).toThrow('paused');
    else this.#killSwitch.check();
  }
}

test('it says what the simplest bookkeeping says, and its last word to listeners is true', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bench = new Bench();
      for (const one of steps) {
        bench.take(one);
        bench.check();
      }
    }),
  );
});
