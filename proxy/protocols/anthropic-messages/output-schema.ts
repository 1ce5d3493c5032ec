/**
 * A schema as structured output takes it: every object closed, no bounds on numbers, strings and lists. Closing changes
 * which answers are possible, and a bound that is not enforced is still told to the model in the description, so both are
 * rewritings with a warning and nothing is silently gone.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';

const NOT_ENFORCED: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]);
/** Members that hold schemas by name: their own names are no keywords. */
const HOLD_BY_NAME: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** Members that are data. */
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required']);

export interface OutputSchema {
  readonly schema: JsonObject;
  readonly rewritten: boolean;
}

export function toOutputSchema(schema: JsonObject): OutputSchema {
  const rewriter = new Rewriter();
  const result = rewriter.node(schema);
  return rewriter.rewritten ? { schema: result, rewritten: true } : { schema, rewritten: false };
}

class Rewriter {
  rewritten = false;

  node(node: JsonObject): JsonObject {
    const bounds: string[] = [];
    const members = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
      if (NOT_ENFORCED.has(key) || (key === 'minItems' && typeof value === 'number' && value > 1)) {
        bounds.push(`${key}: ${JSON.stringify(value)}`);
        return [];
      }
      return [[key, this.#member(key, value)]];
    });
    const description = typeof node.description === 'string' ? node.description : undefined;
    const told = bounds.length === 0 ? undefined : `{${bounds.join(', ')}}`;
    if (told !== undefined) this.rewritten = true;
    const open = isObject(node) && node.additionalProperties !== false;
    if (open) this.rewritten = true;
    return {
      ...Object.fromEntries(members),
      ...(told === undefined ? {} : { description: description === undefined ? told : `${description} ${told}` }),
      ...(open ? { additionalProperties: false } : {}),
    };
  }

  #member(key: string, value: Json): Json {
    if (DATA.has(key)) return value;
    if (Array.isArray(value)) return value.map((element: Json) => this.#schema(element));
    const object = asObject(value) as JsonObject | undefined;
    if (object === undefined) return value;
    if (!HOLD_BY_NAME.has(key)) return this.node(object);
    return Object.fromEntries(Object.entries(object).map(([name, inner]) => [name, this.#schema(inner)]));
  }

  #schema(value: Json): Json {
    const object = asObject(value) as JsonObject | undefined;
    return object === undefined ? value : this.node(object);
  }
}

function isObject({ type, properties }: JsonObject): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || properties !== undefined;
}
