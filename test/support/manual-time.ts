/** A clock and a timer that move only when a test moves them. */
import type { Timer } from '../../proxy/alerts/types.ts';
import type { Clock } from '../../proxy/core/clock.ts';

interface Due {
  readonly atMs: number;
  readonly run: () => void;
}

export class ManualTime {
  #monotonicMs = 0;
  #wallOffsetMs: number;
  #due: Due[] = [];

  constructor(startMs = 1_795_176_000_000) {
    this.#wallOffsetMs = startMs;
  }

  readonly clock: Clock = {
    nowMs: () => this.#wallOffsetMs + this.#monotonicMs,
    monotonicMs: () => this.#monotonicMs,
  };

  readonly timer: Timer = {
    after: (ms, run) => {
      const due: Due = { atMs: this.#monotonicMs + ms, run };
      this.#due.push(due);
      return () => {
        this.#due = this.#due.filter((other) => other !== due);
      };
    },
  };

  /** How long from now each thing waits, soonest first. */
  waits(): number[] {
    return this.#due.map(({ atMs }) => atMs - this.#monotonicMs).sort((a, b) => a - b);
  }

  advance(ms: number): void {
    const untilMs = this.#monotonicMs + ms;
    for (;;) {
      const next = this.#due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#monotonicMs = next.atMs;
      next.run();
    }
    this.#monotonicMs = untilMs;
  }

  /** As when a person, or NTP, sets the clock: what waits is not moved by it. */
  setWallClockBack(ms: number): void {
    this.#wallOffsetMs -= ms;
  }
}
