/**
 * `usage` of a chat completion to our disjoint buckets. OpenAI, Groq, Mistral and OpenRouter count cached tokens inside
 * prompt_tokens and reasoning inside completion_tokens; xAI and some models of DeepInfra leave reasoning out, and then
 * only total_tokens tells. A part larger than its whole can't be inside it, so it is read as beside it.
 */

import { asCount, asObject, type JsonObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';

/** Undefined when the value reports no bucket at all. */
export function toUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const prompt = asCount(usage.prompt_tokens);
  const completion = asCount(usage.completion_tokens);
  const promptDetails = asObject(usage.prompt_tokens_details);
  const completionDetails = asObject(usage.completion_tokens_details);
  const cacheRead = asCount(promptDetails?.cached_tokens) ?? cachedAtTheTop(usage);
  const cacheWrite = asCount(promptDetails?.cache_write_tokens);
  const thought = asCount(completionDetails?.reasoning_tokens) ?? asCount(usage.reasoning_tokens);
  const input = without(prompt, (cacheRead ?? 0) + (cacheWrite ?? 0));
  const total = asCount(usage.total_tokens);
  const made = total === undefined || prompt === undefined ? undefined : total - prompt;
  const { output, reasoning } = splitOutput(completion, thought, made);
  const found: Usage = {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cacheRead === undefined ? {} : { cacheReadTokens: cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWriteTokens: cacheWrite }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** DeepSeek's name for the cached part, Together's and Moonshot's, and Mistral's of 2025. */
function cachedAtTheTop(usage: JsonObject): number | undefined {
  return asCount(usage.prompt_cache_hit_tokens) ?? asCount(usage.cached_tokens) ?? asCount(usage.num_cached_tokens);
}

function without(whole: number | undefined, part: number): number | undefined {
  if (whole === undefined) return undefined;
  return part > whole ? whole : whole - part;
}

/** `made`: what the total leaves for output, where it is known. */
function splitOutput(completion: number | undefined, thought: number | undefined, made: number | undefined) {
  if (completion === undefined || thought === undefined) return { output: completion, reasoning: thought };
  if (made === completion + thought) return { output: completion, reasoning: thought };
  if (thought <= completion) return { output: completion - thought, reasoning: thought };
  // OpenRouter counted 11 tokens of thought in a completion of 10, and billed 10.
  if (made === completion) return { output: 0, reasoning: completion };
  return { output: completion, reasoning: thought };
}

/** The buckets as a client of this protocol reads them: cached tokens inside prompt_tokens, reasoning inside completion_tokens. */
export function fromUsage(usage: Usage): Readonly<Record<string, number | Readonly<Record<string, number>>>> {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens, outputTokens, reasoningTokens } = usage;
  const writes = sum(cacheWriteTokens, cacheWrite1hTokens);
  const prompt = sum(inputTokens, cacheReadTokens, writes);
  const completion = sum(outputTokens, reasoningTokens);
  return {
    ...(prompt === undefined ? {} : { prompt_tokens: prompt }),
    ...(completion === undefined ? {} : { completion_tokens: completion }),
    ...(prompt === undefined || completion === undefined ? {} : { total_tokens: prompt + completion }),
    ...(cacheReadTokens === undefined && writes === undefined
      ? {}
      : {
          prompt_tokens_details: {
            ...(cacheReadTokens === undefined ? {} : { cached_tokens: cacheReadTokens }),
            ...(writes === undefined ? {} : { cache_write_tokens: writes }),
          },
        }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}

/** Undefined when none of them is known. */
function sum(...counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, count) => all + count, 0);
}
