/** Whether an answer is what its format asked for. Done here, without eval; what cannot be checked here says so. Pure. */
import { z } from 'zod';
import type { AnswerFormat } from '../../../../../proxy/contract/playground.ts';

export type AnswerCheck =
  | { readonly kind: 'fits'; readonly words: string }
  | { readonly kind: 'unchecked'; readonly words: string }
  | { readonly kind: 'wrong'; readonly words: string; readonly problems: readonly string[] };

const PROBLEMS_MAX = 5;

export function checkAnswer(text: string, format: AnswerFormat): AnswerCheck {
  const read = readJson(text);
  if (!read.ok) return { kind: 'wrong', words: 'Not JSON', problems: [read.message] };
  if (format.type === 'json_object') return objectCheck(read.value);
  const schema = schemaOf(format.schema);
  if (typeof schema === 'string') {
    return { kind: 'unchecked', words: `JSON; this schema cannot be checked here (${schema})` };
  }
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { kind: 'fits', words: 'JSON that fits the schema' };
  const problems = parsed.error.issues
    .slice(0, PROBLEMS_MAX)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return { kind: 'wrong', words: 'JSON that does not fit the schema', problems };
}

/** Why a schema cannot be checked here; undefined: it can. */
export function schemaTrouble(schema: Readonly<Record<string, unknown>>): string | undefined {
  const made = schemaOf(schema);
  return typeof made === 'string' ? made : undefined;
}

function objectCheck(value: unknown): AnswerCheck {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { kind: 'fits', words: 'JSON object' };
  return { kind: 'wrong', words: 'JSON, but not an object', problems: [] };
}

function readJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, message: error.message };
    throw error;
  }
}

/** The checker, or why there is none: JSON Schema knows more than zod can say. */
function schemaOf(schema: Readonly<Record<string, unknown>>): z.ZodType | string {
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    return error instanceof Error ? error.message : 'it is not a schema';
  }
}
