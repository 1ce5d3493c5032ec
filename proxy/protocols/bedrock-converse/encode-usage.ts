/** Our buckets as `usage`: what Converse calls output includes the thinking, and writes of both lives are one sum. */
import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';

/** Undefined when no bucket is known: a count nobody gave is not 0. */
export function fromUsage(usage: Usage | undefined): JsonObject | undefined {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens } = usage ?? {};
  const output = sum(usage?.outputTokens, usage?.reasoningTokens);
  const written = sum(cacheWriteTokens, cacheWrite1hTokens);
  const total = sum(inputTokens, cacheReadTokens, written, output);
  if (total === undefined) return undefined;
  return {
    ...optional('inputTokens', inputTokens),
    ...optional('outputTokens', output),
    totalTokens: total,
    ...optional('cacheReadInputTokens', cacheReadTokens),
    ...optional('cacheWriteInputTokens', written),
    ...(cacheWrite1hTokens === undefined
      ? {}
      : {
          cacheDetails: [
            ...(cacheWriteTokens === undefined ? [] : [{ ttl: '5m', inputTokens: cacheWriteTokens }]),
            { ttl: '1h', inputTokens: cacheWrite1hTokens },
          ],
        }),
  };
}

function optional(name: string, count: number | undefined): JsonObject {
  return count === undefined ? {} : { [name]: count };
}

function sum(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, count) => all + count, 0);
}
