/** Token counts. A bucket nobody reported stays unknown. */
import type { UsageView } from '../contract-views.ts';
import { UNKNOWN } from './unknown.ts';

/** `842`, `12,345`, `1.2M`. */
export function formatCount(count: number | undefined, locale?: string): string {
  if (count === undefined) return UNKNOWN;
  if (count < 100_000) return new Intl.NumberFormat(locale).format(count);
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** Everything the model read: fresh input plus all cache buckets. Unknown when no input bucket was reported. */
export function tokensRead(usage: UsageView | undefined): number | undefined {
  if (usage === undefined) return undefined;
  const { inputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens } = usage;
  const buckets = [inputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens].filter((n) => n !== undefined);
  return buckets.length === 0 ? undefined : buckets.reduce((sum, n) => sum + n, 0);
}

/** Everything the model wrote: visible output plus reasoning. Unknown when neither bucket was reported. */
export function tokensWritten(usage: UsageView | undefined): number | undefined {
  if (usage === undefined) return undefined;
  const buckets = [usage.outputTokens, usage.reasoningTokens].filter((n) => n !== undefined);
  return buckets.length === 0 ? undefined : buckets.reduce((sum, n) => sum + n, 0);
}
