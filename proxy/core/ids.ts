/** Ids that sort by time: a prefix, 9 base-36 digits of milliseconds, 16 random base-36 digits. */
import { randomBytes } from 'node:crypto';

export type IdKind = 'req' | 'att' | 'grant' | 'corr';

const RANDOM_BYTES = 10;
const RANDOM_DIGITS = 16;

/** e.g. `req_0mh4z3k1x` + 16 digits. 80 random bits: no collision to fear within one millisecond. */
export function newId(kind: IdKind, nowMs: number): string {
  const random = BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`).toString(36);
  return `${kind}_${nowMs.toString(36).padStart(9, '0')}${random.padStart(RANDOM_DIGITS, '0')}`;
}
