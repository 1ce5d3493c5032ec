/** What an attempt is charged: the provider's cost and the fee on top of it. */
import { divideRoundingUp, toSafeNano } from '../contract/money.ts';
import type { Certainty } from '../core/usage.ts';
import { LedgerRefusedError } from './errors.ts';
import { requireAmount } from './inputs.ts';

export interface ChargeAmount {
  readonly amountNano: number;
  /** Both undefined when nobody knows the cost: then the whole hold is charged. */
  readonly costNano: number | undefined;
  readonly feeNano: number | undefined;
}

const BPS_PER_WHOLE = 10_000n;

/** Fee on a cost in basis points, rounded up once. */
export function feeNano(costNano: number, feeBps: number): number {
  if (feeBps === 0) return 0;
  return toSafeNano(divideRoundingUp(BigInt(costNano) * BigInt(feeBps), BPS_PER_WHOLE));
}

/** Throws LedgerRefusedError `cost_contradicts_certainty` or `invalid_amount`. */
export function chargeAmount(
  costNano: number | undefined,
  certainty: Certainty,
  hold: { readonly amountNano: number; readonly feeBps: number },
): ChargeAmount {
  if ((costNano === undefined) !== (certainty === 'unknown')) {
    throw new LedgerRefusedError(
      'cost_contradicts_certainty',
      costNano === undefined
        ? `A settlement whose certainty is "${certainty}" needs a cost.`
        : 'A settlement whose certainty is "unknown" has no cost.',
    );
  }
  if (costNano === undefined) return wholeHold(hold.amountNano);
  requireAmount('The cost of an attempt', costNano, 0);
  const fee = feeNano(costNano, hold.feeBps);
  const amountNano = costNano + fee;
  requireAmount('Cost and fee of an attempt', amountNano, 0);
  return { amountNano, costNano, feeNano: fee };
}

export function wholeHold(amountNano: number): ChargeAmount {
  return { amountNano, costNano: undefined, feeNano: undefined };
}
