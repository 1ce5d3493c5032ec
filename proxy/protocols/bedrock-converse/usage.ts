/**
 * `usage` of an answer to our disjoint buckets. inputTokens leave the cached ones out; outputTokens include the thinking,
 * which is nowhere told apart. Writes to the hour's cache are dearer: cacheDetails says how many there were.
 */
import { asCount, asObject, asText } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import { reportedExtras } from '../extra-counts.ts';

/** The tool with which Nova models search the web, billed by the search. */
const SEARCH_TOOL = 'nova_grounding';

/** Tools that the model's provider ran by itself: `blocks` are those of an answer, or the beginnings of a stream's. */
export function serverToolsIn(blocks: readonly unknown[]): readonly string[] {
  return blocks.flatMap((block) => {
    const use = asObject(asObject(block)?.toolUse);
    return use?.type === 'server_tool_use' ? [asText(use.name) ?? ''] : [];
  });
}

/** `serverTools`: the names of the tools that ran, which no usage counts. Undefined when no bucket was reported. */
export function toUsage(value: unknown, serverTools: readonly string[] = []): Usage | undefined {
  const reported = asObject(value);
  if (reported === undefined) return undefined;
  const inputTokens = asCount(reported.inputTokens);
  const cacheReadTokens = asCount(reported.cacheReadInputTokens);
  const outputTokens = asCount(reported.outputTokens);
  const usage: Usage = {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(cacheReadTokens === undefined ? {} : { cacheReadTokens }),
    ...writesOf(asCount(reported.cacheWriteInputTokens), reported.cacheDetails),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    ...reportedExtras({
      webSearches: serverTools.filter((name) => name === SEARCH_TOOL).length,
      otherToolUses: serverTools.filter((name) => name !== SEARCH_TOOL).length,
    }),
  };
  return Object.keys(usage).length === 0 ? undefined : usage;
}

function writesOf(total: number | undefined, details: unknown): Pick<Usage, 'cacheWriteTokens' | 'cacheWrite1hTokens'> {
  const byTtl = (Array.isArray(details) ? details : []).map((detail) => asObject(detail));
  const sum = (ttl: string) =>
    byTtl.reduce((all, detail) => (detail?.ttl === ttl ? all + (asCount(detail.inputTokens) ?? 0) : all), 0);
  const all = total ?? (byTtl.length === 0 ? undefined : sum('5m') + sum('1h'));
  if (all === undefined) return {};
  const hour = Math.min(sum('1h'), all);
  return { cacheWriteTokens: all - hour, ...(hour === 0 ? {} : { cacheWrite1hTokens: hour }) };
}
