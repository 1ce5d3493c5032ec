/** Time and randomness, passed in so that tests can move them. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 (UTC). May jump. For records. */
  nowMs(): number;
  /** Monotonic milliseconds with fractions. Never jumps. For durations and deadlines. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
