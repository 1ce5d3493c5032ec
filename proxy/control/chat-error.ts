/** An error as openai-chat writes it, in an answer or a chunk. Loose: some servers write a string, or a number as the code. */

import { z } from 'zod';
import { parseJson } from '../core/json-value.ts';

const failure = z.object({
  error: z.union([z.string(), z.object({ message: z.string(), code: z.unknown().optional() })]),
});

/** The error inside an answer or a chunk, if it is one. */
export function chatError(text: string): { message: string; code?: string } | undefined {
  const parsed = failure.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { error } = parsed.data;
  if (typeof error === 'string') return { message: error };
  const { message, code } = error;
  return { message, ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}) };
}
