/** Two schemas that must both hold, as one (allOf, keywords beside a $ref or an anyOf). */
import type { Json, JsonObject } from '../../core/json.ts';
import { asJsonObject } from './wire.ts';

export interface Merging {
  /** Told of what is lost where two keywords have no common form. */
  readonly lost: (keyword: string, value: Json) => void;
  /** Bytes that may still be looked at: a hostile schema of 10 KB kept a merge without a bound busy for half a minute. */
  readonly budget: { left: number };
}

/** Past the budget the first schema stands alone. */
export function mergeSchemas(a: JsonObject, b: JsonObject, merging: Merging): JsonObject {
  const merged: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    if (merging.budget.left < 0) break;
    merging.budget.left -= key.length;
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    define(merged, key, before === undefined ? value : mergeKeyword(key, before, value, merging));
  }
  return merged;
}

/** A member may be called `__proto__`. */
function define(object: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function mergeKeyword(key: string, a: Json, b: Json, merging: Merging): Json {
  const { lost } = merging;
  const texts = [JSON.stringify(a), JSON.stringify(b)] as const;
  merging.budget.left -= texts[0].length + texts[1].length;
  if (texts[0] === texts[1]) return a;
  switch (key) {
    case 'properties': {
      const result: Record<string, Json> = { ...asJsonObject(a) };
      for (const [name, property] of Object.entries(asJsonObject(b) ?? {})) {
        const first = asJsonObject(Object.hasOwn(result, name) ? result[name] : undefined);
        const second = asJsonObject(property);
        define(
          result,
          name,
          first !== undefined && second !== undefined ? mergeSchemas(first, second, merging) : property,
        );
      }
      return result;
    }
    case '$defs':
    case 'definitions':
      return { ...asJsonObject(a), ...asJsonObject(b) };
    case 'required':
      return [...new Set([...asList(a), ...asList(b)])];
    case 'enum': {
      const allowed = new Set(asList(b).map((value) => JSON.stringify(value)));
      return asList(a).filter((value) => allowed.has(JSON.stringify(value)));
    }
    case 'type':
      return commonType(a, b) ?? keepFirst(key, a, b, lost);
    case 'allOf':
      return [...asList(a), ...asList(b)];
    case 'minimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
    case 'exclusiveMinimum':
      return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : a;
    case 'maximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
    case 'exclusiveMaximum':
      return typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : a;
    case 'additionalProperties':
      return a === false || b === false ? false : a === true ? b : a;
    case 'description':
      // The inner one tells of the value, the outer one of its use here: both are for the model to read.
      return `${String(a)}\n${String(b)}`;
    case 'title':
    case 'default':
      return a;
    default:
      return keepFirst(key, a, b, lost);
  }
}

function keepFirst(key: string, a: Json, b: Json, lost: (keyword: string, value: Json) => void): Json {
  lost(key, b);
  return a;
}

function commonType(a: Json, b: Json): Json | undefined {
  const inB = new Set(typeof b === 'string' ? [b] : asList(b));
  const common = (typeof a === 'string' ? [a] : asList(a)).filter((type) => inB.has(type));
  const narrow = common.length === 0 && inB.has('integer') && a === 'number' ? ['integer'] : common;
  return narrow.length === 0 ? undefined : narrow.length === 1 ? narrow[0] : narrow;
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
