/** Counts beside the buckets, as every protocol's reader writes them down. */
import { usdToNano } from '../contract/money.ts';
import { asCount, asObject } from '../core/json-value.ts';
import type { ExtraCounts } from '../core/usage.ts';

/** Without what nobody reported, and without counts of 0, which cost nothing; an `imageOutputTokens` of 0 is kept. */
export function reportedExtras(counts: { readonly [K in keyof ExtraCounts]: number | undefined }): ExtraCounts {
  return Object.fromEntries(
    Object.entries(counts).filter(
      ([name, count]) => count !== undefined && (count > 0 || name === 'imageOutputTokens'),
    ),
  );
}

/** Undefined where none is known. */
export function sumOf(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, count) => all + count, 0);
}

/** xAI's smallest unit: ten thousand million of them are a dollar. */
const TICKS_PER_NANO = 10;
/** No call costs more; a larger number is in another unit. */
const CALL_USD_MAX = 1_000_000;

/**
 * Nano-dollars that the provider says it charged: OpenRouter's `usage.cost` in USD, xAI's `usage.cost_in_usd_ticks`.
 * Rounded up. Undefined where it says nothing.
 */
export function providerCostNano(value: unknown): number | undefined {
  const usage = asObject(value);
  const ticks = asCount(usage?.cost_in_usd_ticks);
  if (ticks !== undefined) return Math.ceil(ticks / TICKS_PER_NANO);
  const usd = usage?.cost;
  if (typeof usd !== 'number' || !(usd >= 0 && usd <= CALL_USD_MAX)) return undefined;
  return usdToNano(usd);
}
