/** What a schema's keywords tell of the type of its values. */
import type { Json, JsonObject } from '../../core/json.ts';
import { isRawNumber } from '../json/lossless.ts';

export const TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
  'null',
]);

/** `{}` takes every value. */
export const ANYTHING: readonly JsonObject[] = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'object' },
  { type: 'array', items: { type: 'string' } },
];

const SPEAKS_OF: Readonly<Record<string, readonly string[]>> = {
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
  ],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
  string: ['pattern', 'minLength', 'maxLength', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

export function guessType(schema: JsonObject): string | undefined {
  const values = Array.isArray(schema.enum) ? schema.enum : [];
  const [first] = values;
  if (first !== undefined) {
    if (values.every((value) => typeof value === 'string')) return 'string';
    if (values.every((value) => typeof value === 'boolean')) return 'boolean';
    if (values.every((value) => typeof value === 'number'))
      return values.every((value) => Number.isInteger(value)) ? 'integer' : 'number';
    return undefined;
  }
  return Object.keys(SPEAKS_OF).find((type) => (SPEAKS_OF[type] ?? []).some((key) => key in schema));
}

const SPEAKS_OF_ONE: ReadonlySet<string> = new Set(Object.values(SPEAKS_OF).flat());

/** False for a keyword that says nothing of this type's values: `required` of a string. */
export function concerns(key: string, type: Json): boolean {
  const own = SPEAKS_OF[type === 'integer' ? 'number' : String(type)] ?? [];
  return own.includes(key) || !SPEAKS_OF_ONE.has(key) || key === 'format';
}

/** The keywords that concern values of this type, and those that concern all. */
export function keywordsFor(schema: JsonObject, type: Json): JsonObject {
  const kept = Object.entries(schema).filter(([key]) => concerns(key, type));
  return Object.fromEntries(
    kept.flatMap(([key, value]): [string, Json][] => {
      if (key !== 'enum' || !Array.isArray(value)) return [[key, value]];
      const fitting = value.filter((each) => typeOf(each) === (type === 'integer' ? 'number' : type));
      return fitting.length === 0 ? [] : [[key, fitting]];
    }),
  );
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isRawNumber(value) ? 'number' : typeof value;
}

export function joined(a: Json | undefined, b: Json | undefined): string | undefined {
  const texts = [a, b].filter((text) => typeof text === 'string' && text !== '');
  return texts.length === 0 ? undefined : texts.join(' ');
}
