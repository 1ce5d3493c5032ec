/**
 * `usage` of a chat completion to our disjoint buckets. OpenAI, Groq, Mistral and OpenRouter count cached tokens inside
 * prompt_tokens and reasoning inside completion_tokens; xAI and some models of DeepInfra leave reasoning out, and then
 * only total_tokens tells. A part larger than its whole can't be inside it, so it is read as beside it.
 */

import { asCount, asObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';

/** Undefined when the value reports no bucket at all. */
export function toUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const prompt = asCount(usage.prompt_tokens);
  const completion = asCount(usage.completion_tokens);
  const promptDetails = asObject(usage.prompt_tokens_details);
  const completionDetails = asObject(usage.completion_tokens_details);
  // DeepSeek names the cached part at the top.
  const cacheRead = asCount(promptDetails?.cached_tokens) ?? asCount(usage.prompt_cache_hit_tokens);
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
