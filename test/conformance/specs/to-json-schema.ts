/**
 * OpenAPI 3.0 and 3.1 schemas as JSON Schema 2020-12. What differs, and what becomes of it:
 * - `nullable` (3.0, and both 3.1 descriptions still use it): null is allowed too, beside an enum and a $ref as well.
 * - `discriminator`: the member chooses the alternative, so that only the chosen one's faults are told; it is required, and a
 *   value that no alternative has is refused.
 * - `oneOf` without one: as `anyOf`, for the alternatives of the descriptions overlap and fitting two of them is no fault.
 * - $ref with siblings: both hold, as 3.1 says.
 * - What has members is an object, also where that is not said.
 * - An object that names its members has no others (nowhere said, but a misspelt member would else pass unseen). Members
 *   of `allOf` and of the object around it count together. Objects that name no member stay free.
 * - Words that only annotate are left out; a keyword that is not known here throws, so that no rule is ever skipped silently.
 */
import type { JsonSchema, Schemas } from './descriptions.ts';

const KEPT = new Set(
  (
    'type enum const required minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern format ' +
    'minItems maxItems minProperties maxProperties uniqueItems multipleOf'
  ).split(' '),
);
const ANNOTATIONS = new Set(
  (
    'title description default example examples deprecated readOnly writeOnly externalDocs xml enumDeprecated ' +
    'dataDescription $recursiveAnchor'
  ).split(' '),
);
const POINTER = '#/components/schemas/';
const NULL = { type: 'null' };

/**
 * The named schemas and all they refer to. `#/$defs/Name` is a schema; `#/$defs/Name+` the same without being closed, for use
 * inside `allOf`.
 */
export function toJsonSchema(schemas: Schemas, names: readonly string[]): { $defs: Record<string, JsonSchema> } {
  const converter = new Converter(schemas);
  for (const name of names) converter.need(name, false);
  return { $defs: converter.finish() };
}

class Converter {
  readonly #schemas: Schemas;
  readonly #needed = new Map<string, { readonly name: string; readonly open: boolean }>();
  /** The one being converted, which is what `$recursiveRef` means. */
  #component = '';

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** Returns where it will stand. */
  need(name: string, open: boolean): string {
    const key = `${name}${open ? '+' : ''}`;
    this.#needed.set(key, { name, open });
    return `#/$defs/${key}`;
  }

  finish(): Record<string, JsonSchema> {
    const $defs: Record<string, JsonSchema> = {};
    // What is found on the way is added to the end, and comes here too.
    for (const [key, { name, open }] of this.#needed) {
      try {
        this.#component = name;
        $defs[key] = this.convert(this.#schemas[name], open);
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    return $defs;
  }

  /** `open`: members that the schema does not name are left to the schema around it. */
  convert(value: unknown, open: boolean): JsonSchema {
    // `true` is any value and `false` none.
    if (typeof value === 'boolean') return value ? {} : { not: {} };
    const schema = asSchema(value);
    const alternatives = schema.oneOf ?? schema.anyOf;
    const holdsMembers = isFilled(schema.properties) || schema.allOf !== undefined;
    const closes = !open && (holdsMembers || (schema.$ref !== undefined && alternatives !== undefined));
    const result: Record<string, unknown> = {};
    const all: JsonSchema[] = [];
    for (const [keyword, rule] of Object.entries(schema)) {
      switch (keyword) {
        case 'nullable':
        case 'discriminator':
          break;
        case '$ref':
          result.$ref = this.need(this.#nameOf(String(rule)), open || closes);
          break;
        case '$recursiveRef':
          result.$ref = this.need(this.#component, open || closes);
          break;
        case 'properties':
          result.properties = mapValues(rule, (member) => this.convert(member, false));
          break;
        case 'items':
        case 'propertyNames':
          result[keyword] = this.convert(rule, false);
          break;
        case 'additionalProperties':
          result.additionalProperties = this.convert(rule, false);
          break;
        case 'allOf':
          all.push(...asList(rule).map((part) => this.convert(part, true)));
          break;
        case 'oneOf':
        case 'anyOf':
          all.push(this.#alternatives(asList(rule), schema.discriminator, open || closes));
          break;
        default:
          if (KEPT.has(keyword)) result[keyword] = rule;
          else if (!ANNOTATIONS.has(keyword) && !keyword.startsWith('x-')) throw new Error(`the keyword ${keyword}`);
      }
    }
    if (isFilled(schema.properties)) result.type ??= 'object';
    if (all.length > 0) result.allOf = all;
    if (closes) result.unevaluatedProperties = false;
    return schema.nullable === true ? { anyOf: [result, NULL] } : result;
  }

  #nameOf(target: string): string {
    const name = target.startsWith(POINTER) ? target.slice(POINTER.length) : '';
    if (this.#schemas[name] === undefined) throw new Error(`a reference to ${target}`);
    return name;
  }

  #alternatives(branches: readonly unknown[], discriminator: unknown, open: boolean): JsonSchema {
    const plain = { anyOf: branches.map((branch) => this.convert(branch, open)) };
    if (discriminator === undefined) return plain;
    const member = String(asSchema(discriminator).propertyName);
    const byTag = new Map<unknown, JsonSchema[]>();
    for (const branch of branches) {
      const tags = this.#tagsOf(branch, member);
      // Without a value of its own there is nothing to choose it by.
      if (tags.length === 0) return plain;
      for (const tag of tags) byTag.set(tag, [...(byTag.get(tag) ?? []), this.convert(branch, open)]);
    }
    return {
      type: 'object',
      required: [member],
      properties: { [member]: { enum: [...byTag.keys()] } },
      allOf: [...byTag].map(([tag, chosen]) =>
        Object.fromEntries([
          ['if', { required: [member], properties: { [member]: { const: tag } } }],
          ['then', chosen.length === 1 ? chosen[0] : { anyOf: chosen }],
        ]),
      ),
    };
  }

  /** The values of the discriminating member in an alternative, which may be a choice itself. */
  #tagsOf(value: unknown, member: string): readonly unknown[] {
    const schema = asSchema(value);
    if (typeof schema.$ref === 'string') return this.#tagsOf(this.#schemas[this.#nameOf(schema.$ref)], member);
    const own = isFilled(schema.properties) ? asSchema(schema.properties)[member] : undefined;
    if (own !== undefined) {
      const rule = asSchema(own);
      if (typeof rule.$ref === 'string') return asList(asSchema(this.#schemas[this.#nameOf(rule.$ref)]).enum ?? []);
      return rule.const === undefined ? asList(rule.enum ?? []) : [rule.const];
    }
    const parts = asList(schema.allOf ?? schema.oneOf ?? schema.anyOf ?? []);
    return parts.flatMap((part) => this.#tagsOf(part, member));
  }
}

function asSchema(value: unknown): JsonSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a schema that is none');
  return value as JsonSchema;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('a list that is none');
  return value;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function mapValues(value: unknown, change: (inner: unknown) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(asSchema(value)).map(([key, inner]) => [key, change(inner)]));
}
