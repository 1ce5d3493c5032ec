/** JSON Schemas in Gemini's two languages. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { fromGeminiSchema } from '../../../../proxy/protocols/gemini/schema-from-gemini.ts';
import { rewriteSchema } from '../../../../proxy/protocols/gemini/schema-rewrite.ts';

/** The fields of Google's Schema message, and the keywords it documents for JSON Schema. */
const OPENAPI = new Set(
  'type format title description nullable enum items maxItems minItems properties required minProperties maxProperties minimum maximum minLength maxLength pattern example anyOf propertyOrdering default'.split(
    ' ',
  ),
);
const JSON_SCHEMA = new Set(
  'type format title description enum items prefixItems minItems maxItems minimum maximum anyOf properties additionalProperties required propertyOrdering'.split(
    ' ',
  ),
);
const OPENAPI_TYPES = new Set(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL']);

type Row = readonly [name: string, schema: JsonObject, expected: JsonObject];

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });

describe('what parameters can say stays there', () => {
  test.each<Row>([
    [
      'plain',
      object({ a: { type: 'integer', minimum: 1 } }, { required: ['a'] }),
      { type: 'OBJECT', properties: { a: { type: 'INTEGER', minimum: 1 } }, required: ['a'] },
    ],
    ['$schema goes', { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' }, { type: 'STRING' }],
    ['null in a type list', { type: ['string', 'null'] }, { type: 'STRING', nullable: true }],
    [
      'null as an alternative',
      { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'a' },
      { type: 'STRING', description: 'a', nullable: true },
    ],
    [
      'two types',
      { type: ['string', 'integer'], minimum: 2, description: 'a' },
      { description: 'a', anyOf: [{ type: 'STRING' }, { type: 'INTEGER', minimum: 2 }] },
    ],
    ['const', { const: 'a' }, { type: 'STRING', enum: ['a'] }],
    ['const null', { const: null }, { type: 'NULL' }],
    [
      'oneOf',
      { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
      { anyOf: [{ type: 'STRING' }, { type: 'BOOLEAN' }] },
    ],
    [
      'keywords beside anyOf move inside',
      { type: 'object', anyOf: [object({ a: { type: 'string' } }), object({ b: { type: 'string' } })] },
      {
        anyOf: [
          { type: 'OBJECT', properties: { a: { type: 'STRING' } } },
          { type: 'OBJECT', properties: { b: { type: 'STRING' } } },
        ],
      },
    ],
    [
      'allOf is one',
      {
        allOf: [
          object({ a: { type: 'string' } }, { required: ['a'] }),
          object({ b: { type: 'number' } }, { required: ['b'] }),
        ],
      },
      { type: 'OBJECT', properties: { a: { type: 'STRING' }, b: { type: 'NUMBER' } }, required: ['a', 'b'] },
    ],
    [
      'allOf narrows',
      {
        allOf: [
          { type: 'integer', minimum: 1, maximum: 9 },
          { type: 'integer', minimum: 3 },
        ],
      },
      { type: 'INTEGER', minimum: 3, maximum: 9 },
    ],
    [
      '$ref with a description beside it',
      {
        ...object({ a: { $ref: '#/$defs/A', description: 'here' } }),
        $defs: { A: { type: 'string', description: 'there' } },
      },
      { type: 'OBJECT', properties: { a: { type: 'STRING', description: 'here\nthere' } } },
    ],
    [
      'a name with a slash',
      { ...object({ a: { $ref: '#/definitions/x~1y' } }), definitions: { 'x/y': { type: 'boolean' } } },
      { type: 'OBJECT', properties: { a: { type: 'BOOLEAN' } } },
    ],
    [
      'no type, but properties',
      { properties: { a: { minLength: 2 } } },
      { type: 'OBJECT', properties: { a: { type: 'STRING', minLength: 2 } } },
    ],
    ['a list of anything in particular', { type: 'array' }, { type: 'ARRAY', items: { type: 'STRING' } }],
    ['above 3', { type: 'integer', exclusiveMinimum: 3 }, { type: 'INTEGER', minimum: 4 }],
    ['one example', { type: 'string', examples: ['a'] }, { type: 'STRING', example: 'a' }],
    ['any further member', object({}, { additionalProperties: true }), { type: 'OBJECT', properties: {} }],
    [
      'a required name without a property',
      { type: 'object', properties: {}, required: ['a'] },
      expect.objectContaining({ properties: { a: { anyOf: expect.any(Array) } }, required: ['a'] }),
    ],
  ])('%s', (_name, schema, expected) => {
    const result = rewriteSchema(schema);
    expect(result).toMatchObject({ dialect: 'openapi', cut: false });
    expect(result.schema).toEqual(expected);
  });
});

describe('what only JSON Schema can say goes there', () => {
  test.each<Row>([
    [
      'no further members',
      object({ a: { type: ['string', 'null'] } }, { additionalProperties: false }),
      { type: 'object', properties: { a: { type: ['string', 'null'] } }, additionalProperties: false },
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'number' } },
      { type: 'object', additionalProperties: { type: 'number' } },
    ],
    ['numbers to choose from', { type: 'integer', enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
    [
      'a tuple',
      { type: 'array', items: [{ type: 'string' }, { type: 'number' }] },
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
    ],
    ['a format that Schema refuses', { type: 'string', format: 'uri' }, { type: 'string', format: 'uri' }],
  ])('%s', (_name, schema, expected) => {
    const result = rewriteSchema(schema);
    expect(result.dialect).toBe('json-schema');
    expect(result.schema).toEqual(expected);
  });
});

describe('what neither can say is said in words', () => {
  test.each<readonly [JsonObject, string]>([
    [{ type: 'object', propertyNames: { pattern: '^a' } }, '(propertyNames: {"pattern":"^a"})'],
    [
      { type: 'object', patternProperties: { '^x': { type: 'string' } } },
      '(patternProperties: {"^x":{"type":"string"}})',
    ],
    [{ type: 'number', multipleOf: 5, description: 'five' }, 'five (multipleOf: 5)'],
    [{ type: 'string', not: { const: 'b' } }, '(not: {"const":"b"})'],
    [{ type: 'array', items: { type: 'string' }, uniqueItems: true }, '(uniqueItems: true)'],
    [{ type: 'boolean', enum: [true] }, '(enum: [true])'],
    [{ type: 'string', $ref: 'https://example.com/a.json' }, '($ref: "https://example.com/a.json")'],
  ])('%j', (schema, words) => {
    const result = rewriteSchema(schema);
    expect(result).toMatchObject({ rewritten: true, schema: { description: words } });
  });
});

describe('definitions that hold themselves', () => {
  const node = object({ value: { type: 'string' }, next: { $ref: '#/$defs/Node' } });

  test('are followed a few times, and the rest is said in words', () => {
    const result = rewriteSchema({ $ref: '#/$defs/Node', $defs: { Node: node } });
    expect(result).toMatchObject({ cut: true, rewritten: true });
    expect(result.schema).toMatchObject({
      type: 'OBJECT',
      properties: {
        next: { type: 'OBJECT', properties: { next: { type: 'OBJECT', description: '(like Node above)' } } },
      },
    });
  });

  test.each<readonly [string, JsonObject]>([
    ['the root in itself', object({ a: { $ref: '#' }, b: { $ref: '#' }, c: { $ref: '#' } })],
    ['a reference to itself', { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/A' } } }],
    ['all of itself, twice', { allOf: [{ $ref: '#' }, { $ref: '#' }] }],
    ['each in each', { $ref: '#/$defs/d0', $defs: mutual(12) }],
  ])('%s ends', (_name, schema) => {
    const result = rewriteSchema(schema);
    expect(result.cut).toBe(true);
    expect(JSON.stringify(result.schema).length).toBeLessThan(2_000_000);
  });

  function mutual(count: number): JsonObject {
    const names = Array.from({ length: count }, (_, index) => `d${index}`);
    const all = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    return Object.fromEntries(names.map((name) => [name, object(all)]));
  }
});

test('big bounds keep their digits', () => {
  const big = JSON.parse('{"type":"integer"}') as JsonObject;
  const raw = (JSON as unknown as { rawJSON(text: string): JsonObject }).rawJSON('9223372036854775807');
  expect(JSON.stringify(rewriteSchema({ ...big, maximum: raw }).schema)).toBe(
    '{"type":"INTEGER","maximum":9223372036854775807}',
  );
});

describe('Gemini to JSON Schema', () => {
  test('types, null, counts and examples', () => {
    const schema = {
      type: 'OBJECT',
      properties: {
        a: { type: 'STRING', nullable: true, max_length: '5' },
        b: { type: 'ARRAY', items: { type: 3 }, minItems: '1', example: [1] },
      },
      property_ordering: ['b', 'a'],
    };
    expect(fromGeminiSchema(schema)).toEqual({
      type: 'object',
      properties: {
        a: { type: ['string', 'null'], maxLength: 5 },
        b: { type: 'array', items: { type: 'integer' }, minItems: 1, examples: [[1]] },
      },
      propertyOrdering: ['b', 'a'],
    });
  });
});

const schemas = fc.letrec<{ node: JsonObject }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.record(
      {
        type: fc.constantFrom(
          'string',
          'number',
          'integer',
          'boolean',
          'array',
          'object',
          ['string', 'null'],
          ['object', 'array', 'null'],
        ),
        description: fc.string({ maxLength: 5 }),
        enum: fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.constant(null)), { maxLength: 3 }),
        const: fc.oneof(fc.string({ maxLength: 3 }), fc.constant(null), fc.boolean(), fc.integer()),
        format: fc.constantFrom('date-time', 'uri', 'int64'),
        nullable: fc.boolean(),
        minimum: fc.integer(),
        exclusiveMaximum: fc.double({ noNaN: true }),
        $schema: fc.constant('x'),
        $ref: fc.constantFrom('#', '#/$defs/A', '#/properties/a', 'https://x/y', '#anchor'),
        patternProperties: fc.constant({ '^a': { type: 'string' } }),
        default: fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<JsonObject>,
      },
      { requiredKeys: [] },
    ) as unknown as fc.Arbitrary<JsonObject>,
    fc.record(
      {
        properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'c'), tie('node'), { maxKeys: 3 }),
        required: fc.array(fc.constantFrom('a', 'z'), { maxLength: 2 }),
        items: tie('node'),
        additionalProperties: fc.oneof(fc.boolean(), tie('node')),
        anyOf: fc.array(tie('node'), { maxLength: 3 }),
        oneOf: fc.array(tie('node'), { maxLength: 2 }),
        allOf: fc.array(tie('node'), { maxLength: 2 }),
        $defs: fc.record({ A: tie('node') }),
        description: fc.string({ maxLength: 5 }),
      },
      { requiredKeys: [] },
    ) as unknown as fc.Arbitrary<JsonObject>,
  ),
})).node;

test('whatever the schema, only keywords that Gemini takes come out, and every node has a type', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const result = rewriteSchema(schema);
      checkNode(result.schema, result.dialect === 'openapi');
    }),
    { numRuns: 200, seed: 20_261_120 },
  );
});

function checkNode(node: JsonObject, isOpenApi: boolean): void {
  const allowed = isOpenApi ? OPENAPI : JSON_SCHEMA;
  expect(Object.keys(node).filter((key) => !allowed.has(key))).toEqual([]);
  if (node.anyOf === undefined) {
    const types = [node.type].flat();
    for (const type of types)
      expect(isOpenApi ? OPENAPI_TYPES.has(String(type)) : OPENAPI_TYPES.has(String(type).toUpperCase())).toBe(true);
    if (isOpenApi) expect(typeof node.type).toBe('string');
  } else expect(node.type).toBeUndefined();
  const inner = [
    ...Object.values((node.properties ?? {}) as JsonObject),
    ...((node.anyOf ?? []) as JsonObject[]),
    ...((node.prefixItems ?? []) as JsonObject[]),
    node.items,
    typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined,
  ];
  for (const each of inner) if (each !== undefined) checkNode(each as JsonObject, isOpenApi);
  for (const name of (node.required ?? []) as string[])
    expect(Object.hasOwn((node.properties ?? {}) as object, name)).toBe(true);
}
