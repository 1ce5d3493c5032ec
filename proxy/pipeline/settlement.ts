/** From what was observed of an answer to what is charged for it, and how sure that is. Pure. */
import { hasUnpricedExtras } from '../core/extra-charges.ts';
import { costNano } from '../core/price.ts';
import type { Certainty, Usage } from '../core/usage.ts';
import type { SettleInput } from '../ledger/types.ts';
import type { ModelInfo } from '../providers/types.ts';

export interface Observed {
  readonly usage?: Usage;
  readonly outputTokensEstimate: number;
  /** Something in `usage` was assumed. */
  readonly assumed?: true;
}

/**
 * Exact only where the provider counted everything and every part of it has a known price. What was used beside the tokens
 * without a known price (a search, the output of a voice) costs nothing here, and the entry says so.
 */
export function settlementOf(
  attemptId: string,
  observed: Observed,
  inputTokensEstimate: number,
  info: ModelInfo | undefined,
  reason?: string,
): SettleInput {
  const { usage, certainty } = countedUsage(observed, inputTokensEstimate);
  const why = reason === undefined ? {} : { reason };
  if (info?.price === undefined) return { attemptId, certainty: 'unknown', usage, ...why };
  const unpriced = hasUnpricedExtras(usage, info.price.extras);
  return {
    attemptId,
    costNano: costNano(usage, info.price),
    certainty: unpriced ? 'estimated' : certainty,
    usage,
    ...(unpriced ? { reason: reason ?? UNPRICED_EXTRAS } : why),
  };
}

/** Why a charge with the provider's own usage is an estimate. */
export const UNPRICED_EXTRAS = 'unpriced_extras';

/** The provider's usage when it covers input and output; what is missing is counted here, and then it is an estimate. */
function countedUsage(observed: Observed, inputTokensEstimate: number): { usage: Usage; certainty: Certainty } {
  const usage = observed.usage ?? {};
  const input = usage.inputTokens !== undefined || usage.cacheReadTokens !== undefined;
  const output = usage.outputTokens !== undefined || usage.reasoningTokens !== undefined;
  if (input && output) return { usage, certainty: observed.assumed === true ? 'estimated' : 'exact' };
  return {
    usage: {
      ...usage,
      ...(input ? {} : { inputTokens: inputTokensEstimate }),
      ...(output ? {} : { outputTokens: observed.outputTokensEstimate }),
    },
    certainty: 'estimated',
  };
}
