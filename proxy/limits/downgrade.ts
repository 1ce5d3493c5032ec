/** onLimit downgrade: what does not fit under a budget at the asked tier may be served by a cheaper one. */
import type { Tier } from '../contract/config.ts';
import type { BudgetLimit } from './budgets.ts';

const BELOW = { premium: 'standard', standard: 'economy', economy: undefined } as const satisfies Record<
  Tier,
  Tier | undefined
>;

export function tierBelow(tier: Tier): Tier | undefined {
  return BELOW[tier];
}

/** Every cheaper tier, dearest first: the order in which they are tried. */
export function tiersBelow(tier: Tier): readonly Tier[] {
  const below = tierBelow(tier);
  return below === undefined ? [] : [below, ...tiersBelow(below)];
}

/** A budget that the call at this target does not fit under, and what it says about that. */
export interface OverBudget {
  readonly tier: Tier | undefined;
  /** The limits that are too tight, at least one. */
  readonly tooTight: readonly Pick<BudgetLimit, 'onLimit'>[];
}

/**
 * The tiers that may step in where every candidate was excluded as `over_budget`, dearest first; empty: the call is
 * refused. One budget that blocks is enough to refuse at that candidate, since a cheaper model is what it does not allow.
 * Of several candidates the dearest that may be downgraded counts. A candidate of unknown tier may fall to any below premium.
 */
export function downgradeTiers(excluded: readonly OverBudget[]): readonly Tier[] {
  const from = excluded
    .filter(({ tooTight }) => tooTight.length > 0 && tooTight.every(({ onLimit }) => onLimit === 'downgrade'))
    .map(({ tier }) => tiersBelow(tier ?? 'premium'));
  return from.reduce<readonly Tier[]>((dearest, tiers) => (tiers.length > dearest.length ? tiers : dearest), []);
}

/** The warning a client reads in `x-gatehouse-warnings`. */
export const DOWNGRADED_WARNING = { code: 'downgraded_for_budget' } as const;
