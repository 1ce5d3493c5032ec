/**
 * A JSON Schema in one of the languages Gemini takes. Meaning is never just deleted: what has no keyword there is said in the
 * description, where the model reads it. Rejected by Gemini and so rewritten: `$schema`, `$ref`, `propertyNames`, `const`, type
 * lists, nodes without a type, keywords beside anyOf, required names without a property.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { isRawNumber, printLossless } from './lossless-json.ts';
import { ALLOWED, type SchemaDialect, STRING_FORMATS, WITHOUT_MEANING } from './schema-dialect.ts';
import { mergeSchemas } from './schema-merge.ts';
import { resolveRef } from './schema-refs.ts';
import { asJsonObject } from './wire.ts';

export interface RewrittenSchema {
  readonly dialect: SchemaDialect;
  readonly schema: JsonObject;
  /** Something had to be said in other words: the caller warns. */
  readonly rewritten: boolean;
  /** A definition contains itself and was followed a few times only. */
  readonly cut: boolean;
}

/** In the language that loses less; where both lose the same, in the older one that every model takes. */
export function rewriteSchema(schema: JsonObject): RewrittenSchema {
  const openApi = new Rewriter(schema, 'openapi').rewrite();
  if (openApi.losses === 0) return openApi;
  const json = new Rewriter(schema, 'json-schema').rewrite();
  return json.losses < openApi.losses ? json : openApi;
}

/** How often a definition may stand inside itself. */
const UNROLL_MAX = 2;
/** A few definitions that hold each other twice make thousands of nodes. */
const NODES_MAX = 2_000;
const DEPTH_MAX = 32;
const NOTE_LENGTH_MAX = 300;

class Rewriter {
  readonly #root: JsonObject;
  readonly #dialect: SchemaDialect;
  readonly #allowed: ReadonlySet<string>;
  readonly #openRefs: string[] = [];
  #nodes = 0;
  #losses = 0;
  #rewritten = false;
  #cut = false;

  constructor(root: JsonObject, dialect: SchemaDialect) {
    this.#root = root;
    this.#dialect = dialect;
    this.#allowed = ALLOWED[dialect];
  }

  rewrite(): RewrittenSchema & { readonly losses: number } {
    const schema = this.#node(this.#root, 0);
    return {
      dialect: this.#dialect,
      schema,
      rewritten: this.#rewritten || this.#losses > 0 || this.#cut,
      cut: this.#cut,
      losses: this.#losses,
    };
  }

  #node(value: Json, depth: number): JsonObject {
    const schema = typeof value === 'boolean' ? this.#fromBoolean(value) : (asJsonObject(value) ?? {});
    this.#nodes += 1;
    if (this.#nodes > NODES_MAX || depth > DEPTH_MAX) return this.#leaf(schema);
    const ref = schema.$ref;
    if (typeof ref === 'string') return this.#reference(schema, ref, depth);
    return this.#expanded(schema, depth);
  }

  #fromBoolean(value: boolean): JsonObject {
    this.#rewritten = true;
    return value ? {} : { not: {} };
  }

  #reference(schema: JsonObject, ref: string, depth: number): JsonObject {
    this.#rewritten = true;
    const { $ref: _resolved, ...beside } = schema;
    const target = resolveRef(this.#root, ref);
    if (target === undefined) return this.#expanded(this.#note(beside, '$ref', ref), depth);
    if (this.#openRefs.filter((open) => open === ref).length >= UNROLL_MAX) {
      return this.#leaf({ ...asJsonObject(target), ...beside }, ref);
    }
    const found = typeof target === 'boolean' ? this.#fromBoolean(target) : (asJsonObject(target) ?? {});
    this.#openRefs.push(ref);
    const result = this.#node(this.#merge(beside, found), depth + 1);
    this.#openRefs.pop();
    return result;
  }

  /** No deeper than here: what the value is called and meant to be, without its members. */
  #leaf(schema: JsonObject, ref?: string): JsonObject {
    this.#cut = true;
    const { description } = schema;
    const type = typeof schema.type === 'string' && schema.type !== 'array' ? schema.type : 'object';
    const name = ref === undefined ? '' : ` (like ${ref.split('/').at(-1)} above)`;
    return this.#withType({ description: `${typeof description === 'string' ? description : ''}${name}`.trim() }, type);
  }

  #expanded(given: JsonObject, depth: number): JsonObject {
    let schema = given;
    if (Array.isArray(schema.allOf)) {
      this.#rewritten = true;
      const { allOf, ...beside } = schema;
      schema = (allOf as readonly Json[]).reduce(
        (merged: JsonObject, each) => this.#merge(merged, this.#resolved(each)),
        beside,
      );
      // A merged part may bring a $ref or an allOf of its own.
      return this.#node(schema, depth + 1);
    }
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(alternatives) && alternatives.length > 0) return this.#union(schema, alternatives, depth);
    schema = this.#constToEnum(schema);
    if (Array.isArray(schema.type)) return this.#typeList(schema, schema.type, depth);
    return this.#plain(this.#typed(schema), depth);
  }

  /** A member of allOf behind its reference, once; cycles are caught when the merged schema is read. */
  #resolved(value: Json): JsonObject {
    const schema = asJsonObject(value) ?? {};
    if (typeof schema.$ref !== 'string') return schema;
    const { $ref, ...beside } = schema;
    if (this.#openRefs.includes($ref as string)) return beside;
    const target = asJsonObject(resolveRef(this.#root, $ref as string));
    return target === undefined ? schema : this.#merge(beside, target);
  }

  /** oneOf counts as anyOf. Every other keyword beside it moves into each alternative, as Gemini wants anyOf alone. */
  #union(schema: JsonObject, alternatives: readonly Json[], depth: number): JsonObject {
    const { anyOf, oneOf, title, description, default: fallback, ...beside } = schema;
    if (oneOf !== undefined) this.#rewritten = true;
    const notes = anyOf !== undefined && oneOf !== undefined ? this.#note({}, 'oneOf', oneOf) : {};
    const around: JsonObject = {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(fallback === undefined ? {} : { default: fallback }),
    };
    const shared = Object.fromEntries(Object.entries(beside).filter(([key]) => !WITHOUT_MEANING.has(key)));
    if (Object.keys(shared).length > 0) this.#rewritten = true;
    const members = alternatives.map((each) => this.#merge(shared, asJsonObject(each) ?? {}));
    const isNull = (member: JsonObject) => member.type === 'null' || (member.const === null && 'const' in member);
    const others = this.#dialect === 'openapi' ? members.filter((member) => !isNull(member)) : members;
    const nullable = others.length < members.length;
    const [only] = others;
    if (only === undefined) return this.#plain({ ...around, type: 'null' }, depth);
    if (others.length === 1) {
      this.#rewritten = true;
      return this.#nullable(this.#node(this.#merge({ ...around, ...notes }, only), depth + 1), nullable);
    }
    const result = {
      ...this.#annotations(this.#merge(around, notes)),
      anyOf: others.map((each) => this.#node(each, depth + 1)),
    };
    return this.#nullable(result, nullable);
  }

  #typeList(schema: JsonObject, types: readonly Json[], depth: number): JsonObject {
    const others = types.filter((type) => type !== 'null');
    const nullable = others.length < types.length;
    const [only] = others;
    if (others.length <= 1) {
      if (this.#dialect === 'openapi') this.#rewritten = true;
      return this.#nullable(this.#plain({ ...schema, type: only ?? 'null' }, depth), nullable && only !== undefined);
    }
    this.#rewritten = true;
    const { type: _split, title, description, ...rest } = schema;
    const around = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) };
    const members = others.map((type) => ({ ...pick(rest, type), type }));
    const all = nullable ? [...members, { type: 'null' }] : members;
    return this.#union({ ...around, anyOf: all }, all, depth);
  }

  #nullable(schema: JsonObject, nullable: boolean): JsonObject {
    if (!nullable) return schema;
    if (this.#dialect === 'openapi') return { ...schema, nullable: true };
    if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
    return { ...schema, anyOf: [...(Array.isArray(schema.anyOf) ? schema.anyOf : []), { type: 'null' }] };
  }

  #constToEnum(schema: JsonObject): JsonObject {
    if (!('const' in schema)) return schema;
    this.#rewritten = true;
    const { const: only, ...rest } = schema;
    if (only === null) return { ...rest, type: 'null' };
    return { ...rest, enum: [only as Json] };
  }

  /** A type for a node that has none, from what its keywords speak of. */
  #typed(schema: JsonObject): JsonObject {
    if (typeof schema.type === 'string') return schema;
    this.#rewritten = true;
    const { type: _invalid, ...rest } = schema;
    const type = guessType(rest);
    if (type !== undefined) return { ...rest, type };
    const { title, description, ...others } = rest;
    const noted = Object.entries(others).reduce((all: JsonObject, [key, value]) => this.#noteUnless(all, key, value), {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
    });
    return { ...noted, anyOf: ANYTHING };
  }

  #plain(schema: JsonObject, depth: number): JsonObject {
    if (schema.anyOf === ANYTHING) {
      return { ...this.#annotations(schema), anyOf: ANYTHING.map((each) => this.#plain(each, depth + 1)) };
    }
    const type = String(schema.type);
    let notes: JsonObject = {};
    const result: Record<string, Json> = {};
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'type' || key === 'description') continue;
      const said = this.#keyword(key, value, type, depth);
      if (said === 'lost') notes = this.#noteUnless(notes, key, value);
      else if (said !== undefined) result[said[0]] = said[1];
    }
    if (type === 'array' && result.items === undefined && result.prefixItems === undefined) {
      this.#rewritten = true;
      result.items = this.#withType({}, 'string');
    }
    if (type === 'object') this.#checkRequired(result);
    const description = joined(schema.description, notes.description);
    return this.#withType({ ...(description === undefined ? {} : { description }), ...result }, type);
  }

  /** The keyword in this language; `lost` when it has no word for it; undefined when it needs none. */
  #keyword(key: string, value: Json, type: string, depth: number): readonly [string, Json] | 'lost' | undefined {
    if (WITHOUT_MEANING.has(key)) {
      this.#rewritten = true;
      return undefined;
    }
    switch (key) {
      case 'properties': {
        const properties = Object.entries(asJsonObject(value) ?? {});
        return [key, Object.fromEntries(properties.map(([name, each]) => [name, this.#node(each, depth + 1)]))];
      }
      case 'items':
        if (!Array.isArray(value)) return [key, this.#node(value, depth + 1)];
        return this.#keyword('prefixItems', value, type, depth);
      case 'prefixItems':
        if (!this.#allowed.has(key) || !Array.isArray(value)) return 'lost';
        return [key, value.map((each: Json) => this.#node(each, depth + 1))];
      case 'additionalProperties':
        if (value === true || (asJsonObject(value) !== undefined && Object.keys(value as JsonObject).length === 0))
          return undefined;
        if (!this.#allowed.has(key)) return 'lost';
        return [key, value === false ? false : this.#node(value, depth + 1)];
      case 'enum':
        return this.#enumeration(value);
      case 'format':
        return this.#dialect === 'openapi' && type === 'string' && !STRING_FORMATS.has(String(value))
          ? 'lost'
          : [key, value];
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        if (type !== 'integer' || typeof value !== 'number' || !Number.isInteger(value)) return 'lost';
        this.#rewritten = true;
        return key === 'exclusiveMinimum' ? ['minimum', value + 1] : ['maximum', value - 1];
      case 'examples':
        return this.#dialect === 'openapi' && Array.isArray(value) && value.length === 1
          ? ['example', value[0] as Json]
          : 'lost';
      case 'nullable':
        // OpenAPI's own word, in a schema that is not Gemini's.
        return value === true ? (this.#dialect === 'openapi' ? [key, true] : 'lost') : undefined;
      default:
        return this.#allowed.has(key) ? [key, value] : 'lost';
    }
  }

  #enumeration(value: Json): readonly [string, Json] | 'lost' {
    if (!Array.isArray(value) || value.length === 0) return 'lost';
    const allowed = (each: Json) =>
      typeof each === 'string' ||
      (this.#dialect === 'json-schema' && (typeof each === 'number' || isRawNumber(each) || each === null));
    return value.every(allowed) ? ['enum', value] : 'lost';
  }

  #checkRequired(schema: Record<string, Json>): void {
    const { required } = schema;
    if (!Array.isArray(required)) return;
    const properties = asJsonObject(schema.properties) ?? {};
    const missing = required.filter((name) => typeof name === 'string' && !Object.hasOwn(properties, name));
    if (missing.length === 0) return;
    this.#rewritten = true;
    schema.properties = {
      ...properties,
      ...Object.fromEntries(missing.map((name) => [String(name), this.#node({}, DEPTH_MAX)])),
    };
  }

  /** Title, description and default of a union. */
  #annotations(schema: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(schema).filter(
        ([key]) => key === 'title' || key === 'description' || (key === 'default' && this.#allowed.has(key)),
      ),
    );
  }

  #withType(schema: JsonObject, type: string): JsonObject {
    const name = TYPES.has(type) ? type : 'string';
    const { description, ...rest } = schema;
    return {
      type: this.#dialect === 'openapi' ? name.toUpperCase() : name,
      ...(description === undefined || description === '' ? {} : { description }),
      ...rest,
    };
  }

  #merge(a: JsonObject, b: JsonObject): JsonObject {
    let notes: JsonObject = {};
    const merged = mergeSchemas(a, b, (key, value) => {
      notes = this.#note(notes, key, value);
    });
    const description = joined(merged.description, notes.description);
    return description === undefined ? merged : { ...merged, description };
  }

  #noteUnless(schema: JsonObject, key: string, value: Json): JsonObject {
    return WITHOUT_MEANING.has(key) ? schema : this.#note(schema, key, value);
  }

  /** The keyword in words. */
  #note(schema: JsonObject, key: string, value: Json): JsonObject {
    this.#losses += 1;
    const note = `(${key}: ${printLossless(value).slice(0, NOTE_LENGTH_MAX)})`;
    return { ...schema, description: joined(schema.description, note) ?? note };
  }
}

const TYPES: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/** `{}` takes every value. */
const ANYTHING: readonly JsonObject[] = [
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

function guessType(schema: JsonObject): string | undefined {
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

/** The keywords that concern values of this type, and those that concern all. */
function pick(schema: JsonObject, type: Json): JsonObject {
  const own = SPEAKS_OF[type === 'integer' ? 'number' : String(type)] ?? [];
  const others = new Set(Object.values(SPEAKS_OF).flat());
  const kept = Object.entries(schema).filter(([key]) => own.includes(key) || !others.has(key));
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

function joined(a: Json | undefined, b: Json | undefined): string | undefined {
  const texts = [a, b].filter((text) => typeof text === 'string' && text !== '');
  return texts.length === 0 ? undefined : texts.join(' ');
}
