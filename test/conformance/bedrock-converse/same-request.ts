/** Two Converse requests mean the same when these forms of them are equal. */
import type { Json } from './reading.ts';

/**
 * Left out: empty containers, and `status: success` of a tool result, which is what its absence means. Structured output's
 * schema is JSON in a string, where white space says nothing.
 */
export function canonicalRequest(body: Json): Json {
  return canonical(body) as Json;
}

const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['system', 'inferenceConfig']);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(MAY_BE_EMPTY.has(key) && Object.keys(inner as object).length === 0))
      .filter(([key, inner]) => !(key === 'status' && inner === 'success' && 'toolUseId' in value))
      .map(([key, inner]) => [key, key === 'jsonSchema' ? parsedSchema(inner as Json) : canonical(inner)]),
  );
}

function parsedSchema(definition: Json): Json {
  return { ...definition, schema: JSON.parse(String(definition.schema)) };
}
