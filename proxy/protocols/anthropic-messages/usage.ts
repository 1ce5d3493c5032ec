/**
 * `usage` of a message to our disjoint buckets and back. input_tokens leave the cached ones out; output_tokens include the
 * thinking. Writes to the hour's cache are dearer and have their own bucket. A compaction is an earlier pass of the same
 * model that the totals leave out although it is billed, so it is added; passes of other models (advisor) are billed at those
 * models' prices, so they are counted as uses of a tool.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { asCount, asObject } from '../../core/json-value.ts';
import type { ExtraCounts, Usage } from '../../core/usage.ts';
import { reportedExtras } from '../extra-counts.ts';

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
    ...(outputKnown ? extrasOf(usage) : {}),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

function extrasOf(usage: Fields): ExtraCounts {
  const used = asObject(usage.server_tool_use);
  return reportedExtras({
    webSearches: asCount(used?.web_search_requests),
    webFetches: asCount(used?.web_fetch_requests),
    otherToolUses: passesOf(usage).filter(({ type }) => type === 'advisor_message').length,
  });
}

/** What a stream that ends too early has cost beside its tokens: `searches` began before that. */
export function withSearches(usage: Usage | undefined, searches: number): Usage | undefined {
  return searches === 0 || usage?.webSearches !== undefined ? usage : { ...usage, webSearches: searches };
}

/** A block by which the model has the provider search the web. */
export function isSearch(block: Fields): boolean {
  return block.type === 'server_tool_use' && block.name === 'web_search';
}

function splitWrites(total: number | undefined, split: Fields | undefined) {
  const hour = asCount(split?.ephemeral_1h_input_tokens);
  if (total === undefined) return { fiveMinutes: asCount(split?.ephemeral_5m_input_tokens), hour };
  if (hour === undefined) return { fiveMinutes: total, hour };
  const part = Math.min(hour, total);
  return { fiveMinutes: total - part, hour: part };
}

function compactionsOf(usage: Fields) {
  const passes = passesOf(usage).filter(({ type }) => type === 'compaction');
  if (passes.length === 0) return undefined;
  const sum = (key: string) => passes.reduce((all, pass) => all + (asCount(pass[key]) ?? 0), 0);
  return {
    input: sum('input_tokens'),
    output: sum('output_tokens'),
    cacheRead: sum('cache_read_input_tokens'),
    cacheWrite: sum('cache_creation_input_tokens'),
  };
}

function passesOf(usage: Fields): readonly Fields[] {
  return (Array.isArray(usage.iterations) ? usage.iterations : []).map((pass) => asObject(pass) ?? {});
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
    ...(hour === undefined
      ? {}
      : { cache_creation: { ephemeral_5m_input_tokens: fiveMinutes ?? 0, ephemeral_1h_input_tokens: hour } }),
    output_tokens: (usage?.outputTokens ?? 0) + (reasoning ?? 0),
    ...(reasoning === undefined ? {} : { output_tokens_details: { thinking_tokens: reasoning } }),
    server_tool_use: serverToolsOf(usage),
  } satisfies Record<string, Json>;
}

function serverToolsOf({ webSearches, webFetches }: Usage = {}): JsonObject | null {
  if (webSearches === undefined && webFetches === undefined) return null;
  return { web_search_requests: webSearches ?? 0, web_fetch_requests: webFetches ?? 0 };
}

/** In a message the description requires more members, which nobody but Anthropic has. */
export function messageUsage(usage: Usage | undefined): JsonObject {
  return { cache_creation: null, ...fromUsage(usage), service_tier: null, inference_geo: null };
}
