/**
 * `usage` of a chat completion to our disjoint buckets. OpenAI, Groq, Mistral and OpenRouter count cached tokens inside
 * prompt_tokens and reasoning inside completion_tokens; xAI and some models of DeepInfra leave reasoning out, and then
 * only total_tokens tells. A part larger than its whole can't be inside it, so it is read as beside it.
 */

import { asCount, asObject, type JsonObject } from '../../core/json-value.ts';
import type { ExtraCounts, Usage } from '../../core/usage.ts';
import { reportedExtras, sumOf } from '../extra-counts.ts';

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
    ...extrasOf(usage, promptDetails, completionDetails),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** OpenRouter counts searches, xAI the sources it cites, Mistral the seconds of audio. */
function extrasOf(usage: JsonObject, prompt: JsonObject | undefined, completion: JsonObject | undefined): ExtraCounts {
  const serverTools = asObject(usage.server_tool_use_details) ?? asObject(usage.server_tool_use);
  return reportedExtras({
    audioInputTokens: asCount(prompt?.audio_tokens),
    imageInputTokens: asCount(prompt?.image_tokens),
    audioOutputTokens: asCount(completion?.audio_tokens),
    imageOutputTokens: asCount(completion?.image_tokens),
    audioInputSeconds: asCount(usage.prompt_audio_seconds),
    webSearches: asCount(serverTools?.web_search_requests),
    otherToolUses: asCount(usage.num_sources_used),
  });
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

/**
 * The buckets as a client of this protocol reads them: cached tokens inside prompt_tokens, reasoning inside completion_tokens.
 * Undefined when the input or the output is not known: clients read both as numbers, and 0 would say that there were none.
 */
export function fromUsage(
  usage: Usage,
): Readonly<Record<string, number | Readonly<Record<string, number>>>> | undefined {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens, outputTokens, reasoningTokens } = usage;
  const writes = sumOf(cacheWriteTokens, cacheWrite1hTokens);
  const prompt = sumOf(inputTokens, cacheReadTokens, writes);
  const completion = sumOf(outputTokens, reasoningTokens);
  if (prompt === undefined || completion === undefined) return undefined;
  const promptDetails = known({
    cached_tokens: cacheReadTokens,
    cache_write_tokens: writes,
    audio_tokens: usage.audioInputTokens,
    image_tokens: usage.imageInputTokens,
  });
  const completionDetails = known({
    reasoning_tokens: reasoningTokens,
    audio_tokens: usage.audioOutputTokens,
    image_tokens: usage.imageOutputTokens,
  });
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(promptDetails === undefined ? {} : { prompt_tokens_details: promptDetails }),
    ...(completionDetails === undefined ? {} : { completion_tokens_details: completionDetails }),
  };
}

/** Undefined when none of the counts is known. */
function known(counts: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> | undefined {
  const found = Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
