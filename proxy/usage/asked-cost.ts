/** What routing saves: the same tokens at the price of the model that was asked for. Pure. */
import { costNano, type Price } from '../core/price.ts';
import type { Usage } from '../core/usage.ts';

/**
 * Nano-dollars that these tokens would have cost at the asked model's price, for `RequestView.askedCostNano`. Undefined
 * where that price is unknown, or where input or output was not counted: a guess is no saving. Another model would have
 * written another number of tokens; that it is the same number is the assumption of every such figure.
 */
export function askedCostNano(usage: Usage | undefined, askedPrice: Price | undefined): number | undefined {
  if (usage === undefined || askedPrice === undefined) return undefined;
  const input = usage.inputTokens ?? usage.cacheReadTokens;
  const output = usage.outputTokens ?? usage.reasoningTokens;
  return input === undefined || output === undefined ? undefined : costNano(usage, askedPrice);
}
