/**
 * Hours and days that begin while nothing happens. What was spent "today" is told with each transfer; a gateway at rest
 * would show yesterday's until the first call of the morning.
 */
import type { Clock } from '../core/clock.ts';

export interface Turns {
  /** Call now and then: tells whoever listens when an hour may have begun since the last look. */
  look(): void;
  onTurn(listener: () => void): () => void;
}

/** Time zones differ by quarters of an hour, and every window of a budget begins on one of theirs. */
const QUARTER_MS = 15 * 60_000;

export function createTurns(clock: Clock): Turns {
  const quarter = (): number => Math.floor(clock.nowMs() / QUARTER_MS);
  let seen = quarter();
  const listeners = new Set<() => void>();
  return {
    look() {
      const now = quarter();
      if (now === seen) return;
      seen = now;
      for (const listener of [...listeners]) listener();
    },
    onTurn(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
