/**
 * `usage` of a response and our disjoint buckets. Here input_tokens include what was read from and written to the cache,
 * and output_tokens include reasoning, at OpenAI, OpenRouter and xAI alike (xAI's chat leaves reasoning out, its responses
 * do not). A part larger than its whole can't be inside it, so it is read as beside it.
 */
import { asCount, asObject } from '../../core/json-value.ts';
import type { ExtraCounts, Usage } from '../../core/usage.ts';
import { reportedExtras, sumOf } from '../extra-counts.ts';

/**
 * `items`: what the model wrote, which holds the searches that OpenAI bills by the piece and counts nowhere else. Undefined
 * when nothing at all was counted.
 */
export function decodeUsage(
  value: unknown,
  items: readonly Readonly<Record<string, unknown>>[] = [],
): Usage | undefined {
  const usage = asObject(value) ?? {};
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
    ...extrasOf(usage, items),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** Items of tools that OpenAI bills by the piece or by the session; calls of MCP servers cost their tokens only. */
const BILLED_TOOLS: ReadonlySet<unknown> = new Set([
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'shell_call',
]);
/** Opening a found page and looking through it are part of the search. */
const PART_OF_SEARCH: ReadonlySet<unknown> = new Set(['open_page', 'find_in_page', 'find']);

/** Such an item, without its content: all that counting needs, for as long as a stream lasts. */
export function billedItem(item: unknown): Readonly<Record<string, unknown>>[] {
  const { type, status, action } = asObject(item) ?? {};
  if (type !== 'web_search_call' && !BILLED_TOOLS.has(type)) return [];
  return [{ type, status, action: { type: asObject(action)?.type } }];
}

/** xAI counts its tools in `server_side_tool_usage_details`, and that is what it bills. */
function extrasOf(
  usage: Readonly<Record<string, unknown>>,
  items: readonly Readonly<Record<string, unknown>>[],
): ExtraCounts {
  const counted = asObject(usage.server_side_tool_usage_details);
  const { web_search_calls: searches, mcp_calls: _free, ...others } = counted ?? {};
  const billed = items.filter((item) => item.status !== 'failed');
  const searched = billed.filter(
    ({ type, action }) => type === 'web_search_call' && !PART_OF_SEARCH.has(asObject(action)?.type),
  );
  return reportedExtras({
    audioInputTokens: asCount(asObject(usage.input_tokens_details)?.audio_tokens),
    imageInputTokens: asCount(asObject(usage.input_tokens_details)?.image_tokens),
    audioOutputTokens: asCount(asObject(usage.output_tokens_details)?.audio_tokens),
    webSearches: counted === undefined ? searched.length : asCount(searches),
    otherToolUses: sumOf(
      ...(counted === undefined
        ? [billed.filter(({ type }) => BILLED_TOOLS.has(type)).length]
        : Object.values(others).map(asCount)),
      asCount(usage.num_sources_used),
    ),
  });
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
  const written = sumOf(usage.cacheWriteTokens, usage.cacheWrite1hTokens);
  const input = sumOf(usage.inputTokens, usage.cacheReadTokens, written);
  const output = sumOf(usage.outputTokens, usage.reasoningTokens);
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
