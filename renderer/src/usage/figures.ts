/** Figures of usage where a plain sum would claim to know what nobody knows. Pure. */
import type { UsageFigures } from '../../../proxy/contract/usage.ts';

/** Went wrong somehow: at a provider, at Gatehouse, or left on the way. */
export function problemsOf({ failed, refused, aborted }: UsageFigures): number {
  return failed + refused + aborted;
}

/** `2 failed, 1 refused`; empty when all went well. */
export function problemWords({ failed, refused, aborted }: UsageFigures): string {
  const parts: readonly [number, string][] = [
    [failed, 'failed'],
    [refused, 'refused'],
    [aborted, 'stopped'],
  ];
  return parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

/** The sum of the costs that are known; undefined when there are only unknown ones. */
export function knownCost({ costNano, unknownCosts }: UsageFigures): number | undefined {
  return costNano === 0 && unknownCosts > 0 ? undefined : costNano;
}

export function knownFee({ feeNano, costNano, unknownCosts }: UsageFigures): number | undefined {
  return costNano === 0 && unknownCosts > 0 ? undefined : feeNano;
}

/** Undefined when no request could be compared with the model it asked for. */
export function knownSaving({ savedNano, compared }: UsageFigures): number | undefined {
  return compared === 0 ? undefined : savedNano;
}

export function tokensIn({ inputTokens, cacheReadTokens, cacheWriteTokens }: UsageFigures): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

export function tokensOut({ outputTokens, reasoningTokens }: UsageFigures): number {
  return outputTokens + reasoningTokens;
}
