/** How long to wait before trying to reconnect: doubling, capped, spread so that several windows do not knock in step. */
export const FIRST_WAIT_MS = 400;
export const WAIT_MS_MAX = 10_000;

/** `failures` counts from 1; `spread` is a number in [0, 1) that takes up to a quarter off. */
export function backOffMs(failures: number, spread: number): number {
  const whole = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole * (1 - 0.25 * spread));
}
