/**
 * A JSON Schema in one of the languages Gemini takes. Meaning is never just deleted: what has no keyword there is said in the
 * description, where the model reads it. Rejected by Gemini and so rewritten: `$schema`, `$ref`, `propertyNames`, `const`, type
 * lists, nodes without a type, keywords beside anyOf, required names without a property.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { printLossless } from '../json/lossless.ts';
import { ALLOWED, type SchemaDialect, WITHOUT_MEANING } from './schema-dialect.ts';
import { isAnything, sayKeyword } from './schema-keywords.ts';
import { mergeSchemas } from './schema-merge.ts';
import { resolveRef } from './schema-refs.ts';
import { ANYTHING, concerns, guessType, joined, keywordsFor, TYPES } from './schema-types.ts';
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
/** Nodes that references may add: a few definitions that hold each other twice make thousands. */
const NODES_MAX = 1_000;
const MERGED_BYTES_MAX = 2_000_000;
const DEPTH_MAX = 32;
const NOTE_LENGTH_MAX = 300;

class Rewriter {
  readonly #root: JsonObject;
  readonly #dialect: SchemaDialect;
  readonly #allowed: ReadonlySet<string>;
  readonly #openRefs: string[] = [];
  readonly #budget = { left: MERGED_BYTES_MAX };
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
      rewritten: this.#rewritten || this.#losses > 0 || this.#cut || this.#budget.left < 0,
      cut: this.#cut || this.#budget.left < 0,
      losses: this.#losses,
    };
  }

  #node(value: Json, depth: number): JsonObject {
    const schema = typeof value === 'boolean' ? this.#fromBoolean(value) : (asJsonObject(value) ?? {});
    if (this.#openRefs.length > 0) this.#nodes += 1;
    if (this.#isSpent || depth > DEPTH_MAX) return this.#leaf(schema);
    const ref = schema.$ref;
    if (typeof ref === 'string') return this.#reference(schema, ref, depth);
    return this.#expanded(schema, depth);
  }

  get #isSpent(): boolean {
    return this.#nodes > NODES_MAX || this.#budget.left < 0;
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
    if ('nullable' in given) {
      // OpenAPI's own word, in a schema that is not Gemini's.
      const { nullable, ...rest } = given;
      return this.#nullable(this.#expanded(rest, depth), nullable === true);
    }
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
    this.#nodes += 1;
    if (typeof schema.$ref !== 'string') return schema;
    const { $ref, ...beside } = schema;
    if (this.#openRefs.includes($ref as string) || this.#isSpent) {
      this.#cut = true;
      return beside;
    }
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
    const members = others.map((type) => ({ ...keywordsFor(rest, type), type }));
    const all = nullable ? [...members, { type: 'null' }] : members;
    return this.#union({ ...around, anyOf: all }, all, depth);
  }

  #nullable(schema: JsonObject, nullable: boolean): JsonObject {
    if (!nullable) return schema;
    if (this.#dialect === 'openapi') return { ...schema, nullable: true };
    if (schema.type !== undefined) {
      const types = [schema.type].flat();
      return types.includes('null') ? schema : { ...schema, type: [...types, 'null'] };
    }
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
      if (!concerns(key, type)) {
        this.#rewritten = true;
        continue;
      }
      const said = this.#keyword(key, value, type, depth);
      if (said === 'lost') notes = this.#noteUnless(notes, key, value);
      else if (said !== 'none') result[said[0]] = said[1];
    }
    if (type === 'array' && result.items === undefined && result.prefixItems === undefined) {
      this.#rewritten = true;
      result.items = this.#withType({}, 'string');
    }
    if (type === 'object') this.#checkRequired(result);
    const description = joined(schema.description, notes.description);
    return this.#withType({ ...(description === undefined ? {} : { description }), ...result }, type);
  }

  /** The keyword in this language; `lost` when it has no word for it; `none` when it needs none. */
  #keyword(key: string, value: Json, type: string, depth: number): readonly [string, Json] | 'lost' | 'none' {
    switch (key) {
      case 'properties': {
        const properties = Object.entries(asJsonObject(value) ?? {});
        return [key, Object.fromEntries(properties.map(([name, each]) => [name, this.#node(each, depth + 1)]))];
      }
      case 'items':
        return Array.isArray(value) ? this.#tuple(value, depth) : [key, this.#node(value, depth + 1)];
      case 'prefixItems':
        return Array.isArray(value) ? this.#tuple(value, depth) : 'lost';
      case 'additionalProperties':
        if (isAnything(value)) return 'none';
        if (!this.#allowed.has(key)) return 'lost';
        return [key, value === false ? false : this.#node(value, depth + 1)];
      default: {
        const { said, rewritten } = sayKeyword(key, value, type, this.#dialect);
        if (rewritten) this.#rewritten = true;
        return said;
      }
    }
  }

  #tuple(value: readonly Json[], depth: number): readonly [string, Json] | 'lost' {
    return this.#allowed.has('prefixItems')
      ? ['prefixItems', value.map((each) => this.#node(each, depth + 1))]
      : 'lost';
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
      ...Object.fromEntries(missing.map((name) => [String(name), this.#plain({ anyOf: ANYTHING }, 0)])),
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
    const lost = (key: string, value: Json) => {
      notes = this.#note(notes, key, value);
    };
    const merged = mergeSchemas(a, b, { lost, budget: this.#budget });
    const description = joined(merged.description, notes.description);
    return description === undefined ? merged : { ...merged, description };
  }

  #noteUnless(schema: JsonObject, key: string, value: Json): JsonObject {
    return WITHOUT_MEANING.has(key) ? schema : this.#note(schema, key, value);
  }

  /** The keyword in words. */
  #note(schema: JsonObject, key: string, value: Json): JsonObject {
    this.#losses += 1;
    const said = printLossless(value);
    this.#budget.left -= said.length;
    const note = `(${key}: ${said.slice(0, NOTE_LENGTH_MAX)})`;
    return { ...schema, description: joined(schema.description, note) ?? note };
  }
}
