/** Edits of the limits in the config, each against what the person saw. Undefined: it is not so any more, and they do not insist. */
import type { BudgetConfig, Config, RateLimitConfig } from '../../../../proxy/contract/config.ts';
import { sameItem } from '../../config-edit/edit-list.ts';
import type { ConfigEdit } from '../../config-edit/save-config.ts';
import { editEntry } from './edit-entry.ts';
import { feeOf, withFee } from './fee-draft.ts';
import type { Scope } from './scope-words.ts';

type Change = ConfigEdit['change'];

export function editBudget(seen: BudgetConfig | undefined, next: BudgetConfig | undefined): Change {
  return (config, insist) => {
    const budgets = editEntry(config.budgets, ({ id }) => id, { seen, next, insist });
    return budgets === undefined ? undefined : { ...config, budgets };
  };
}

export function editRateLimit(seen: RateLimitConfig | undefined, next: RateLimitConfig | undefined): Change {
  return (config, insist) => {
    const rateLimits = editEntry(config.rateLimits, ({ scope }) => scope, { seen, next, insist });
    return rateLimits === undefined ? undefined : { ...config, rateLimits };
  };
}

interface FeeEdit {
  readonly scope: Scope;
  /** Undefined: it had none. */
  readonly seenBps: number | undefined;
  /** Undefined: it goes. */
  readonly bps: number | undefined;
}

export function editFee({ scope, seenBps, bps }: FeeEdit): Change {
  return (config, insist) =>
    insist || feeOf(config.fees, scope) === seenBps ? { ...config, fees: withFee(config.fees, scope, bps) } : undefined;
}

export function editLoopGuard(seen: Config['loopGuard'], next: Config['loopGuard']): Change {
  return (config, insist) => (insist || sameItem(config.loopGuard, seen) ? { ...config, loopGuard: next } : undefined);
}
