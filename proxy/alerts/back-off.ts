/** How long a delivery waits for its next try. */

/** Six tries over about an hour: after 10 s, 40 s, 2:40, 10:40 and 42:40 more. */
export const ATTEMPTS_MAX = 6;
const FIRST_WAIT_MS = 10_000;
const FACTOR = 4;
const SPREAD = 0.2;
export const WAIT_MS_MAX: number = Math.ceil(FIRST_WAIT_MS * FACTOR ** (ATTEMPTS_MAX - 2) * (1 + SPREAD));

/** `failures` counts from 1; `chance` in [0, 1) spreads the wait by a fifth either way. */
export function backOffMs(failures: number, chance: number): number {
  return Math.round(FIRST_WAIT_MS * FACTOR ** (failures - 1) * (1 - SPREAD + 2 * SPREAD * chance));
}
