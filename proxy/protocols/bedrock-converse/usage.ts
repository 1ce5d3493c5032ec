/**
 * `usage` of an answer to our disjoint buckets. inputTokens leave the cached ones out; outputTokens include the thinking,
 * which is nowhere told apart. Writes to the hour's cache are dearer: cacheDetails says how many there were.
 */
import { asCount, asObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';

/** Undefined when no bucket was reported. */
export function toUsage(value: unknown): Usage | undefined {
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
