/** A rewritten schema and the field it goes in. */
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { rewriteSchema } from './schema-rewrite.ts';

const FIELDS = {
  response: { openapi: 'responseSchema', 'json-schema': 'responseJsonSchema' },
  parameters: { openapi: 'parameters', 'json-schema': 'parametersJsonSchema' },
} as const;

/** Warns `schema_rewritten`, and `schema_cut` where a definition holds itself; `where` is the client's field. */
export function rewriteForGemini(schema: JsonObject, use: keyof typeof FIELDS, where: string, warnings: Warnings) {
  const result = rewriteSchema(schema);
  if (result.rewritten) warnings.add('schema_rewritten', where);
  if (result.cut) warnings.add('schema_cut', where);
  return { field: FIELDS[use][result.dialect], schema: result.schema };
}
