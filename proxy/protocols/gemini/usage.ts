/**
 * `usageMetadata` to our disjoint buckets and back. promptTokenCount includes cachedContentTokenCount, but neither what
 * tools brought in (toolUsePromptTokenCount, charged as input) nor thoughts, which candidatesTokenCount leaves out too. A count
 * that is missing is unknown: some models leave candidatesTokenCount out of answers that have text.
 */
import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { asJsonObject, countField } from './wire.ts';

/** Counts as they came; streams repeat them, each time grown. */
export interface UsageCounts {
  readonly prompt?: number;
  readonly cached?: number;
  readonly toolUse?: number;
  readonly candidates?: number;
  readonly thoughts?: number;
}

/** The latest of each count wins. The very same object when nothing was reported. */
export function mergeUsageMetadata(before: UsageCounts, value: unknown): UsageCounts {
  const metadata = asJsonObject(value);
  if (metadata === undefined) return before;
  const found = {
    prompt: countField(metadata, 'promptTokenCount'),
    cached: countField(metadata, 'cachedContentTokenCount'),
    toolUse: countField(metadata, 'toolUsePromptTokenCount'),
    candidates: countField(metadata, 'candidatesTokenCount') ?? countField(metadata, 'responseTokenCount'),
    thoughts: countField(metadata, 'thoughtsTokenCount'),
  };
  const known = Object.entries(found).filter(([, count]) => count !== undefined);
  return known.length === 0 ? before : { ...before, ...Object.fromEntries(known) };
}

/** Undefined when no bucket is known. */
export function toUsage({ prompt, cached, toolUse, candidates, thoughts }: UsageCounts): Usage | undefined {
  const fresh = prompt === undefined ? undefined : cached === undefined || cached > prompt ? prompt : prompt - cached;
  const input = fresh === undefined && toolUse === undefined ? undefined : (fresh ?? 0) + (toolUse ?? 0);
  const usage: Usage = {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cached === undefined ? {} : { cacheReadTokens: cached }),
    ...(candidates === undefined ? {} : { outputTokens: candidates }),
    ...(thoughts === undefined ? {} : { reasoningTokens: thoughts }),
  };
  return Object.keys(usage).length === 0 ? undefined : usage;
}

/** Gemini has no bucket for cache writes: they are part of the prompt, which is what clients make of it. */
export function fromUsage(usage: Usage): JsonObject {
  const { inputTokens, cacheReadTokens, outputTokens, reasoningTokens } = usage;
  const prompt = sum(inputTokens, cacheReadTokens, usage.cacheWriteTokens, usage.cacheWrite1hTokens);
  const total = sum(prompt, outputTokens, reasoningTokens);
  return {
    ...(prompt === undefined ? {} : { promptTokenCount: prompt }),
    ...(cacheReadTokens === undefined ? {} : { cachedContentTokenCount: cacheReadTokens }),
    ...(outputTokens === undefined ? {} : { candidatesTokenCount: outputTokens }),
    ...(reasoningTokens === undefined ? {} : { thoughtsTokenCount: reasoningTokens }),
    ...(total === undefined ? {} : { totalTokenCount: total }),
  };
}

function sum(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, count) => all + count, 0);
}
