/** The text of a JSON schema, read while it is typed. Pure. */
import { jsonObject } from '../../../../../proxy/contract/playground.ts';

export type ReadSchema =
  | { readonly ok: true; readonly schema: Record<string, Json> }
  | { readonly ok: false; readonly problem: string };

type Json = ReturnType<typeof jsonObject.parse>[string];

export function readSchema(text: string): ReadSchema {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, problem: `Not JSON yet: ${error.message}` };
    throw error;
  }
  const parsed = jsonObject.safeParse(value);
  if (!parsed.success) return { ok: false, problem: 'A schema is a JSON object: { … }' };
  return { ok: true, schema: parsed.data };
}

/** The arguments of a tool are an object; providers refuse anything else. */
export function readToolSchema(text: string): ReadSchema {
  const read = readSchema(text);
  if (!read.ok || read.schema.type === 'object') return read;
  return { ok: false, problem: 'Arguments are an object: begin with "type": "object".' };
}
