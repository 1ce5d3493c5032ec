/**
 * `usage` of a response and our disjoint buckets. Here input_tokens include what was read from and written to the cache,
 * and output_tokens include reasoning, at OpenAI, OpenRouter and xAI alike (xAI's chat leaves reasoning out, its responses
 * do not). A part larger than its whole can't be inside it, so it is read as beside it.
 */
import { asCount, asObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';

/** Undefined when the value reports no bucket at all. */
export function decodeUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const inputDetails = asObject(usage.input_tokens_details);
  const cacheRead = asCount(inputDetails?.cached_tokens);
  const cacheWrite = asCount(inputDetails?.cache_write_tokens);
  const reasoning = asCount(asObject(usage.output_tokens_details)?.reasoning_tokens);
  const input = without(asCount(usage.input_tokens), (cacheRead ?? 0) + (cacheWrite ?? 0));
  const output = without(asCount(usage.output_tokens), reasoning ?? 0);
  const found: Usage = {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cacheRead === undefined ? {} : { cacheReadTokens: cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWriteTokens: cacheWrite }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

export interface WireUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens?: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
}

/**
 * Null when the input or the output is not known: clients read both as numbers. The details are numbers too, so one that
 * nobody reported is written as 0 there, which is what OpenAI writes for models without that kind of token.
 */
export function encodeUsage(usage: Usage | undefined): WireUsage | null {
  if (usage === undefined) return null;
  const written = sum(usage.cacheWriteTokens, usage.cacheWrite1hTokens);
  const input = sum(usage.inputTokens, usage.cacheReadTokens, written);
  const output = sum(usage.outputTokens, usage.reasoningTokens);
  if (input === undefined || output === undefined) return null;
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cacheReadTokens ?? 0,
      ...(written === undefined ? {} : { cache_write_tokens: written }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: input + output,
  };
}

function without(whole: number | undefined, part: number): number | undefined {
  if (whole === undefined) return undefined;
  return part > whole ? whole : whole - part;
}

function sum(...counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}
