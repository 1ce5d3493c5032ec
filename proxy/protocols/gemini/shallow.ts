/** JSON.stringify recurses: an answer nested ten thousand levels deep would end the process's patience. */
import { DEPTH_MAX } from '../json/scan.ts';

/** So short a text can't nest deep enough to hurt. */
const BYTES_HARMLESS = 2_048;

/** True when what was parsed from so many bytes nests harmlessly. */
export function isHarmless(value: unknown, bytes: number): boolean {
  return bytes <= BYTES_HARMLESS || isShallow(value);
}

/** True when the value nests no deeper than requests may. */
export function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEPTH_MAX; depth += 1) {
    const next: unknown[] = [];
    for (const each of level) {
      if (typeof each !== 'object' || each === null) continue;
      for (const inner of Array.isArray(each) ? each : Object.values(each)) {
        if (typeof inner === 'object' && inner !== null) next.push(inner);
      }
    }
    if (next.length === 0) return true;
    level = next;
  }
  return false;
}
