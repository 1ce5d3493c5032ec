/** Ids that sort by time: a prefix, 9 base-36 digits of milliseconds, 16 random base-36 digits. */
import { randomFillSync } from 'node:crypto';

export type IdKind = 'req' | 'att' | 'grant' | 'corr';

const RANDOM_DIGITS = 16;
/** Of a byte, the values below it spread evenly over 36 digits; the rest are thrown away. */
const EVEN_BELOW = 252;

/** Drawn for many ids at once: asking the system for a few bytes costs more than all the rest of an id. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** e.g. `req_0mh4z3k1x` + 16 digits. 82 random bits: no collision to fear within one millisecond. */
export function newId(kind: IdKind, nowMs: number): string {
  let random = '';
  while (random.length < RANDOM_DIGITS) {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool.readUInt8(used);
    used += 1;
    if (byte < EVEN_BELOW) random += DIGITS.charAt(byte % DIGITS.length);
  }
  return `${kind}_${nowMs.toString(36).padStart(9, '0')}${random}`;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
