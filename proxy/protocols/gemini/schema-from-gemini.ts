/** Gemini's `Schema` (a subset of OpenAPI 3.0: upper-case types, `nullable`, numbers as strings) as JSON Schema. */
import type { Json, JsonObject } from '../../core/json.ts';
import { asJsonObject, camelName } from './wire.ts';

/** In the order of the protobuf numbers, from 0: `enum-encoding=int` writes those. */
const TYPES = ['', 'string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const COUNTS: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
]);

export function fromGeminiSchema(schema: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(schema)) {
    const key = camelName(name);
    if (value === null && key !== 'default' && key !== 'example') continue;
    const entry = fromEntry(key, value);
    if (entry !== undefined) result[entry[0]] = entry[1];
  }
  if (schema.nullable === true && typeof result.type === 'string') result.type = [result.type, 'null'];
  return result;
}

function fromEntry(key: string, value: Json): readonly [string, Json] | undefined {
  const inner = asJsonObject(value);
  switch (key) {
    case 'type':
      return ['type', typeName(value)];
    case 'nullable':
      return undefined;
    case 'items':
      return [key, inner === undefined ? value : fromGeminiSchema(inner)];
    case 'anyOf':
      return [key, Array.isArray(value) ? value.map((each: Json) => fromAny(each)) : value];
    case 'properties':
      return [
        key,
        Object.fromEntries(Object.entries(inner ?? {}).map(([name, property]) => [name, fromAny(property)])),
      ];
    case 'example':
      return ['examples', [value]];
    default:
      return [key, COUNTS.has(key) && typeof value === 'string' ? Number(value) : value];
  }
}

function fromAny(value: Json): Json {
  const object = asJsonObject(value);
  return object === undefined ? value : fromGeminiSchema(object);
}

function typeName(type: Json): Json {
  if (typeof type === 'number') return TYPES[type] ?? 'string';
  if (Array.isArray(type)) return type.map((each: Json) => typeName(each));
  return typeof type === 'string' ? type.toLowerCase() : type;
}
