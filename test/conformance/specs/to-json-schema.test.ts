/** The converter and the validator by themselves: a check that lets everything pass proves nothing. */
import { describe, expect, test } from 'vitest';
import { amend } from './amend.ts';
import type { Schemas } from './descriptions.ts';
import { toJsonSchema } from './to-json-schema.ts';
import { createValidator } from './validator.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const SCHEMAS: Schemas = {
  Pet: {
    type: 'object',
    description: 'An annotation',
    'x-anything': true,
    required: ['name', 'kind'],
    properties: {
      name: { type: 'string', minLength: 1 },
      kind: { type: 'string', enum: ['cat', 'dog'] },
      nick: { type: 'string', nullable: true },
      mood: { type: 'string', enum: ['good', 'bad'], nullable: true },
      owner: { ...ref('Owner'), nullable: true },
      since: { type: 'integer', format: 'unixtime' },
      home: { type: 'string', format: 'uri' },
      size: { type: 'string', format: 'int64' },
      notes: { type: 'object', additionalProperties: { type: 'string' } },
      anything: { type: 'object' },
      legs: { type: 'array', items: { type: 'integer', minimum: 0 }, maxItems: 4 },
    },
  },
  // 3.1 lets both hold, and the type is said nowhere.
  Owner: { properties: { id: { type: 'integer' } }, required: ['id'] },
  Worker: { allOf: [ref('Owner'), { type: 'object', properties: { job: { type: 'string' } }, required: ['job'] }] },
  Boss: { ...ref('Owner'), properties: { staff: { type: 'integer' } }, required: ['staff'] },
  Circle: { type: 'object', properties: { type: { const: 'circle' }, r: { type: 'number' } }, required: ['type', 'r'] },
  Square: {
    type: 'object',
    properties: { type: { enum: ['square'] }, a: { type: 'number' } },
    required: ['type', 'a'],
  },
  Cube: { type: 'object', properties: { type: { enum: ['square'] }, a: { type: 'string' } }, required: ['type', 'a'] },
  Shape: { oneOf: [ref('Circle'), ref('Square'), ref('Cube')], discriminator: { propertyName: 'type' } },
  AnyShape: { anyOf: [ref('Shape'), { type: 'null' }] },
  Loose: { oneOf: [{ type: 'number' }, { type: 'integer' }] },
  Drawn: {
    type: 'object',
    properties: { color: { type: 'string' } },
    oneOf: [ref('Circle'), ref('Square')],
    discriminator: { propertyName: 'type' },
  },
  Tree: {
    type: 'object',
    $recursiveAnchor: true,
    properties: { left: { $recursiveRef: '#' }, leaf: { type: 'null' } },
  },
};

const validator = createValidator(SCHEMAS, Object.keys(SCHEMAS));
const PET = { name: 'Tom', kind: 'cat' };

describe('what fits', () => {
  test.each<[string, unknown]>([
    ['Pet', PET],
    ['Pet', { ...PET, nick: null, mood: null, owner: null }],
    [
      'Pet',
      { ...PET, nick: 'T', mood: 'bad', owner: { id: 1 }, legs: [1, 2], since: 1.5e9, size: '9223372036854775807' },
    ],
    ['Pet', { ...PET, home: 'https://example.com/', notes: { a: 'b' }, anything: { a: [1, { b: null }] } }],
    ['Worker', { id: 1, job: 'baker' }],
    ['Boss', { id: 1, staff: 2 }],
    ['Shape', { type: 'circle', r: 1 }],
    ['Shape', { type: 'square', a: 1 }],
    ['Shape', { type: 'square', a: 'wide' }],
    ['AnyShape', null],
    ['Loose', 1],
    ['Drawn', { type: 'circle', r: 1, color: 'red' }],
    ['Tree', { left: { left: {}, leaf: null } }],
  ])('%s %j', (schema, document) => {
    expect(validator.problems(schema, document)).toEqual([]);
  });
});

describe('what does not', () => {
  test.each<[string, unknown, string]>([
    ['Pet', {}, 'required'],
    ['Pet', { name: 'Tom' }, 'kind'],
    ['Pet', { ...PET, name: '' }, 'fewer than 1'],
    ['Pet', { ...PET, name: null }, 'string'],
    ['Pet', { ...PET, kind: 'cow' }, 'allowed values (cat dog)'],
    ['Pet', { ...PET, kind: null }, 'string'],
    ['Pet', { ...PET, mood: 'fair' }, '/mood'],
    ['Pet', { ...PET, nick: 7 }, '/nick'],
    ['Pet', { ...PET, owner: { id: 'x' } }, '/owner/id must be integer'],
    ['Pet', { ...PET, owner: { id: 1, age: 2 } }, '(age)'],
    ['Pet', { ...PET, since: -1 }, 'unixtime'],
    ['Pet', { ...PET, since: 1.5 }, 'integer'],
    ['Pet', { ...PET, home: 'not a uri' }, 'uri'],
    ['Pet', { ...PET, notes: { a: 1 } }, '/notes/a'],
    ['Pet', { ...PET, legs: [-1] }, '/legs/* must be >= 0'],
    ['Pet', { ...PET, legs: [1, 1, 1, 1, 1] }, '4'],
    ['Pet', { ...PET, tail: 1 }, '(tail)'],
    ['Pet', null, 'object'],
    ['Owner', 'a text', 'object'],
    ['Worker', { id: 1 }, 'job'],
    ['Worker', { job: 'baker' }, 'id'],
    ['Worker', { id: 1, job: 'baker', age: 2 }, '(age)'],
    ['Boss', { id: 1 }, 'staff'],
    ['Boss', { staff: 1 }, 'id'],
    ['Boss', { id: 1, staff: 1, more: 1 }, '(more)'],
    ['Shape', { type: 'circle' }, "'r'"],
    ['Shape', { type: 'circle', a: 1 }, "'r'"],
    ['Shape', { type: 'circle', r: 1, a: 1 }, '(a)'],
    ['Shape', { type: 'oval', r: 1 }, 'allowed values (circle square)'],
    ['Shape', { r: 1 }, "'type'"],
    ['Shape', { type: 'square', a: true }, '/a'],
    ['Shape', 'circle', 'object'],
    ['AnyShape', { type: 'oval' }, 'allowed values'],
    ['Loose', '1', 'number'],
    ['Drawn', { type: 'circle', r: 1, a: 1 }, '(a)'],
    ['Drawn', { type: 'circle', r: 1, color: 7 }, '/color'],
    ['Tree', { left: { leaf: 1 } }, '/left/leaf'],
  ])('%s %j: %s', (schema, document, told) => {
    expect(validator.problems(schema, document).join('\n')).toContain(told);
  });
});

describe('what is not understood is not passed over', () => {
  const compile = (schema: Record<string, unknown>) => createValidator({ It: schema }, ['It']).problems('It', {});

  test.each<[string, Record<string, unknown>]>([
    ['a keyword', { type: 'object', patternFoo: 1 }],
    ['a format', { properties: { a: { type: 'string', format: 'moon-phase' } } }],
    ['a reference', { properties: { a: ref('Nothing') } }],
    ['a reference elsewhere', { properties: { a: { $ref: 'https://example.com/a.json' } } }],
  ])('%s', (_what, schema) => {
    expect(() => compile(schema)).toThrow();
  });

  test('a schema that is not described', () => {
    expect(() => toJsonSchema(SCHEMAS, ['Nothing'])).toThrow('Nothing');
    expect(() => validator.problems('Nothing', {})).toThrow('Nothing');
  });
});

describe('departures', () => {
  const about = { description: 'openai', because: 'a test' } as const;
  const problems = (departure: Parameters<typeof amend>[1][number], schema: string, document: unknown) =>
    createValidator(amend(SCHEMAS, [departure]), [schema]).problems(schema, document);

  test('change what they name and nothing else', () => {
    const tail = { ...about, schemas: ['Pet'], adds: { tail: { type: 'integer' } } };
    expect(problems(tail, 'Pet', { ...PET, tail: 1 })).toEqual([]);
    expect(problems(tail, 'Pet', { ...PET, tail: 'long' })).toHaveLength(1);
    expect(problems(tail, 'Pet', { ...PET, ears: 2 })).toHaveLength(1);
    expect(problems({ ...about, schemas: ['Pet'], optional: ['kind'] }, 'Pet', { name: 'Tom' })).toEqual([]);
    expect(problems({ ...about, schemas: ['Pet'], optional: ['kind'] }, 'Pet', { kind: 'cat' })).toHaveLength(1);
    const cow = { ...about, schemas: ['Pet'], replaces: { kind: { enum: ['cow'] } } };
    expect(problems(cow, 'Pet', { ...PET, kind: 'cow' })).toEqual([]);
    expect(problems(cow, 'Pet', PET)).toHaveLength(1);
    const deep = { ...about, schemas: ['Worker'], at: ['&1'], adds: { pay: { type: 'integer' } } };
    expect(problems(deep, 'Worker', { id: 1, job: 'baker', pay: 3 })).toEqual([]);
    expect(validator.problems('Pet', { ...PET, tail: 1 })).toHaveLength(1);
  });

  test('from what is not there (any more) are faults', () => {
    expect(() => amend(SCHEMAS, [{ ...about, schemas: ['Nothing'] }])).toThrow('Nothing');
    expect(() => amend(SCHEMAS, [{ ...about, schemas: ['Pet'], at: ['wing'] }])).toThrow('wing');
    expect(() => amend(SCHEMAS, [{ ...about, schemas: ['Pet'], adds: { name: {} } }])).toThrow('name');
    expect(() => amend(SCHEMAS, [{ ...about, schemas: ['Pet'], optional: ['nick'] }])).toThrow('nick');
    expect(() => amend(SCHEMAS, [{ ...about, schemas: ['Pet'], replaces: { wing: {} } }])).toThrow('wing');
  });
});
