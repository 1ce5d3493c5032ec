/** A block that is a cache point marks the block before it. */
import type { CacheMark } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';

/** Undefined: the block is something else. */
export function toCacheMark({ cachePoint }: JsonObject): CacheMark | undefined {
  const point = asObject(cachePoint);
  if (point === undefined) return undefined;
  return point.ttl === '1h' || point.ttl === '5m' ? { ttl: point.ttl } : {};
}

/** Undefined where the part can hold no mark. */
export function marked(part: Part, cache: CacheMark): Part | undefined {
  switch (part.kind) {
    case 'text':
    case 'image':
    case 'file':
    case 'tool-call':
    case 'tool-result':
      return { ...part, cache };
    case 'audio':
    case 'reasoning':
    case 'refusal':
    case 'foreign':
      return undefined;
    default:
      return part satisfies never;
  }
}
