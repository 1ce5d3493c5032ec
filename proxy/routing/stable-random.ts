/** A stable number for a seed: who shares a seed shares the number, on every machine and after every restart. */
import { createHash } from 'node:crypto';

/** From 0 (included) to 1 (not included), evenly spread over different seeds. */
export function stableRandom(seed: string): number {
  return createHash('sha256').update(seed).digest().readUIntBE(0, 6) / 2 ** 48;
}
