/** What is wrong with a value, in the contract's own words; undefined when it is fine. */
import type { z } from 'zod';

export function firstProblem(schema: z.ZodType, value: unknown): string | undefined {
  const result = schema.safeParse(value);
  const message = result.success ? undefined : result.error.issues[0]?.message;
  return message === undefined ? undefined : message.charAt(0).toUpperCase() + message.slice(1);
}
