/** The monthly cap as it is chosen in the guide. Pure. */
import type { SettingsView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { formatUsd } from '../../format/money.ts';

export const CAP_PRESETS = [10, 20, 50] as const;

export interface CapDraft {
  /** Undefined: nothing was chosen. */
  readonly choice: '10' | '20' | '50' | 'own' | 'none' | undefined;
  /** As it stands in the field. */
  readonly own: number | string;
}

type Budget = SettingsView['budget'];

/** What stands now is what is chosen; a cap for another window than the month is no choice of this step. */
export function capDraftOf(budget: Budget): CapDraft {
  if (budget === undefined || budget.window !== 'month') return { choice: undefined, own: '' };
  const preset = CAP_PRESETS.find((limitUsd) => limitUsd === budget.limitUsd);
  return preset === undefined ? { choice: 'own', own: budget.limitUsd } : { choice: `${preset}`, own: '' };
}

export function capProblem({ choice, own }: CapDraft): string | undefined {
  if (choice !== 'own') return undefined;
  return typeof own === 'number' && own > 0 ? undefined : 'Enter an amount in US dollars';
}

/** What to send: a cap, null to lift it, undefined when nothing changes. */
export function capChange(
  { choice, own }: CapDraft,
  budget: Budget,
): { readonly window: 'month'; readonly limitUsd: number } | null | undefined {
  if (choice === undefined) return undefined;
  if (choice === 'none') return budget === undefined ? undefined : null;
  const limitUsd = choice === 'own' ? Number(own) : Number(choice);
  if (budget?.window === 'month' && budget.limitUsd === limitUsd) return undefined;
  return { window: 'month', limitUsd };
}

/** The cap there is, in a sentence. */
export function standingCap(budget: Budget): string | undefined {
  if (budget === undefined) return undefined;
  return `A cap of ${formatUsd(budget.limitUsd)} stands: ${windowWords(budget.window).toLowerCase()}.`;
}
