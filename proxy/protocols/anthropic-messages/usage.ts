/**
 * `usage` of a message to our disjoint buckets and back. input_tokens leave the cached ones out; output_tokens include the
 * thinking. Writes to the hour's cache are dearer and have their own bucket. A compaction is an earlier pass of the same
 * model that the totals leave out although it is billed, so it is added; passes of other models (advisor) are not.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { asCount, asObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a later report says counts; null and absent say nothing. message_delta overrides message_start so. */
export function mergeUsage(before: Fields | undefined, after: unknown): Fields | undefined {
  const later = asObject(after);
  if (later === undefined) return before;
  return { ...before, ...Object.fromEntries(Object.entries(later).filter(([, value]) => value !== null)) };
}

/** Undefined when the value reports no bucket. `outputKnown` false: only the beginning was reported, whose count is a running one. */
export function toUsage(value: unknown, outputKnown = true): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const extra = compactionsOf(usage);
  const input = plus(asCount(usage.input_tokens), extra?.input);
  const cacheRead = plus(asCount(usage.cache_read_input_tokens), extra?.cacheRead);
  const writes = plus(asCount(usage.cache_creation_input_tokens), extra?.cacheWrite);
  const { fiveMinutes, hour } = splitWrites(writes, asObject(usage.cache_creation));
  const whole = outputKnown ? plus(asCount(usage.output_tokens), extra?.output) : undefined;
  const thought = outputKnown ? asCount(asObject(usage.output_tokens_details)?.thinking_tokens) : undefined;
  const reasoning = whole === undefined || thought === undefined ? thought : Math.min(thought, whole);
  const output = whole === undefined ? undefined : whole - (reasoning ?? 0);
  const found: Usage = {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cacheRead === undefined ? {} : { cacheReadTokens: cacheRead }),
    ...(fiveMinutes === undefined ? {} : { cacheWriteTokens: fiveMinutes }),
    ...(hour === undefined ? {} : { cacheWrite1hTokens: hour }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

function splitWrites(total: number | undefined, split: Fields | undefined) {
  const hour = asCount(split?.ephemeral_1h_input_tokens);
  if (total === undefined) return { fiveMinutes: asCount(split?.ephemeral_5m_input_tokens), hour };
  if (hour === undefined) return { fiveMinutes: total, hour };
  const part = Math.min(hour, total);
  return { fiveMinutes: total - part, hour: part };
}

function compactionsOf(usage: Fields) {
  const passes = (Array.isArray(usage.iterations) ? usage.iterations : [])
    .map((pass) => asObject(pass))
    .filter((pass) => pass?.type === 'compaction');
  if (passes.length === 0) return undefined;
  const sum = (key: string) => passes.reduce((all, pass) => all + (asCount(pass?.[key]) ?? 0), 0);
  return {
    input: sum('input_tokens'),
    output: sum('output_tokens'),
    cacheRead: sum('cache_read_input_tokens'),
    cacheWrite: sum('cache_creation_input_tokens'),
  };
}

/** A total nobody reported stays so, whatever is to be added. */
function plus(total: number | undefined, extra: number | undefined): number | undefined {
  return total === undefined ? undefined : total + (extra ?? 0);
}

/**
 * For clients. input_tokens and output_tokens are required and can't be null here, so an unknown count is written as 0;
 * the other buckets say null.
 */
export function fromUsage(usage: Usage | undefined): JsonObject {
  const { cacheWriteTokens: fiveMinutes, cacheWrite1hTokens: hour, reasoningTokens: reasoning } = usage ?? {};
  const written = fiveMinutes === undefined && hour === undefined ? null : (fiveMinutes ?? 0) + (hour ?? 0);
  return {
    input_tokens: usage?.inputTokens ?? 0,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: usage?.cacheReadTokens ?? null,
    cache_creation:
      hour === undefined ? null : { ephemeral_5m_input_tokens: fiveMinutes ?? 0, ephemeral_1h_input_tokens: hour },
    output_tokens: (usage?.outputTokens ?? 0) + (reasoning ?? 0),
    ...(reasoning === undefined ? {} : { output_tokens_details: { thinking_tokens: reasoning } }),
    server_tool_use: null,
  } satisfies Record<string, Json>;
}

/** In a message the description requires two more members; nobody but Anthropic has them. */
export function messageUsage(usage: Usage | undefined): JsonObject {
  return { ...fromUsage(usage), service_tier: null, inference_geo: null };
}
