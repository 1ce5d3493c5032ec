/** How much a model takes. */
import type { ModelInfo } from '../providers/types.ts';

/**
 * Tokens of input and answer together; undefined: not known, or no limit. A price for input above the usual window says
 * that a longer one is sold too: the window is no limit then.
 */
export function contextRoom(info: ModelInfo | undefined): number | undefined {
  if (info === undefined) return undefined;
  const { contextTokens, price } = info;
  const longContext = price?.longContext;
  const longerIsSold =
    contextTokens !== undefined && longContext !== undefined && longContext.aboveInputTokens >= contextTokens;
  return longerIsSold ? undefined : contextTokens;
}
