/** From what was observed of an answer to what is charged for it, and how sure that is. Pure. */
import { costNano } from '../core/price.ts';
import type { Certainty, Usage } from '../core/usage.ts';
import type { SettleInput } from '../ledger/types.ts';
import type { ModelInfo } from '../providers/types.ts';

export interface Observed {
  readonly usage?: Usage;
  readonly outputTokensEstimate: number;
}

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
  return { attemptId, costNano: costNano(usage, info.price), certainty, usage, ...why };
}

/** The provider's usage when it covers input and output; what is missing is counted here, and then it is an estimate. */
function countedUsage(observed: Observed, inputTokensEstimate: number): { usage: Usage; certainty: Certainty } {
  const usage = observed.usage ?? {};
  const input = usage.inputTokens !== undefined || usage.cacheReadTokens !== undefined;
  const output = usage.outputTokens !== undefined || usage.reasoningTokens !== undefined;
  if (input && output) return { usage, certainty: 'exact' };
  return {
    usage: {
      ...usage,
      ...(input ? {} : { inputTokens: inputTokensEstimate }),
      ...(output ? {} : { outputTokens: observed.outputTokensEstimate }),
    },
    certainty: 'estimated',
  };
}
