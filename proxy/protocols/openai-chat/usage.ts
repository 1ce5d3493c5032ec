/**
 * `usage` of a chat completion to our disjoint buckets. OpenAI, Groq, Mistral and OpenRouter count cached tokens inside
 * prompt_tokens and reasoning inside completion_tokens; xAI and some models of DeepInfra leave reasoning out, and then
 * only total_tokens tells. A part larger than its whole can't be inside it, so it is read as beside it.
 */
import type { Usage } from '../../core/usage.ts';
import { asCount, asObject } from './json-value.ts';

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
  const reasoning = asCount(completionDetails?.reasoning_tokens) ?? asCount(usage.reasoning_tokens);
  const input = without(prompt, (cacheRead ?? 0) + (cacheWrite ?? 0));
  const output = reasoningIsBeside(usage, prompt, completion, reasoning)
    ? completion
    : without(completion, reasoning ?? 0);
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

function reasoningIsBeside(
  usage: Readonly<Record<string, unknown>>,
  prompt: number | undefined,
  completion: number | undefined,
  reasoning: number | undefined,
): boolean {
  const total = asCount(usage.total_tokens);
  if (total === undefined || prompt === undefined || completion === undefined || !reasoning) return false;
  return total === prompt + completion + reasoning;
}
