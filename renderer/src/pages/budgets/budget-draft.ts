/** What a person types into the budget form, checked, and turned into config. Pure. */
import type { BudgetConfig, BudgetWindow } from '../../../../proxy/contract/config.ts';
import { budgetConfig } from '../../../../proxy/contract/config.ts';
import { budgetId } from '../../../../proxy/contract/ids.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { type OnLimit, percentList } from './limit-words.ts';
import { scopeProblem } from './scope-problem.ts';
import { parseScope, type Scope, scopeText } from './scope-words.ts';
import { numberTyped, type TypedNumber, wholeNumberProblem } from './typed-number.ts';

export interface BudgetDraft {
  /** Empty: `suggestedId` is taken. */
  readonly id: string;
  readonly scope: Scope;
  readonly window: BudgetWindow;
  readonly limitUsd: TypedNumber;
  readonly onLimit: OnLimit;
  /** Empty: the default. */
  readonly clampFloorTokens: TypedNumber;
  /** Percent, separated by commas; empty: the default. */
  readonly alertAt: string;
}

export type BudgetProblems = {
  readonly [Field in 'id' | 'scope' | 'limitUsd' | 'clampFloorTokens' | 'alertAt']?: string;
};

export const EMPTY_BUDGET: BudgetDraft = {
  id: '',
  scope: { kind: 'global', name: '' },
  window: 'month',
  limitUsd: 20,
  onLimit: 'block',
  clampFloorTokens: '',
  alertAt: '',
};

export function budgetDraftOf(budget: BudgetConfig): BudgetDraft {
  return {
    id: budget.id,
    scope: parseScope(budget.scope) ?? { kind: 'global', name: '' },
    window: budget.window,
    limitUsd: budget.limitUsd,
    onLimit: budget.onLimit,
    clampFloorTokens: budget.clampFloorTokens ?? '',
    alertAt: budget.alertAt === undefined ? '' : percentList(budget.alertAt),
  };
}

/** `taken`: names of the other budgets. */
export function budgetProblems(draft: BudgetDraft, taken: ReadonlySet<string>): BudgetProblems {
  const id = idProblem(draft.id, taken);
  const scope = scopeProblem(draft.scope);
  const limitUsd = limitProblem(draft.limitUsd);
  const floor = draft.onLimit === 'clamp' ? wholeNumberProblem(draft.clampFloorTokens, 1) : undefined;
  const alertAt =
    sharesTyped(draft.alertAt) === undefined ? 'Percent from above 0 to 1000, such as 50, 80, 100' : undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...(scope === undefined ? {} : { scope }),
    ...(limitUsd === undefined ? {} : { limitUsd }),
    ...(floor === undefined ? {} : { clampFloorTokens: floor }),
    ...(alertAt === undefined ? {} : { alertAt }),
  };
}

function idProblem(id: string, taken: ReadonlySet<string>): string | undefined {
  if (id === '') return undefined;
  return taken.has(id) ? 'A budget with this name exists already' : firstProblem(budgetId, id);
}

export function limitProblem(typed: TypedNumber): string | undefined {
  const limit = numberTyped(typed);
  if (limit === undefined) return 'Enter an amount in US dollars';
  return firstProblem(budgetConfig.shape.limitUsd, limit) === undefined ? undefined : 'From $0 to $1,000,000';
}

/** Only for a draft without problems. Fields left empty are left out, so that they follow the defaults. */
export function budgetOf(draft: BudgetDraft, taken: ReadonlySet<string>): BudgetConfig {
  const floor = draft.onLimit === 'clamp' ? numberTyped(draft.clampFloorTokens) : undefined;
  const shares = draft.alertAt.trim() === '' ? undefined : sharesTyped(draft.alertAt);
  return budgetConfig.parse({
    id: draft.id === '' ? suggestedId(draft, taken) : draft.id,
    scope: scopeText(draft.scope),
    window: draft.window,
    limitUsd: numberTyped(draft.limitUsd),
    onLimit: draft.onLimit,
    ...(floor === undefined ? {} : { clampFloorTokens: floor }),
    ...(shares === undefined ? {} : { alertAt: [...shares] }),
  });
}

const ID_LENGTH_MAX = 56;

/** A name that nobody has to think of: `month`, `acme-week`, `acme-week-2`. */
export function suggestedId(
  { scope, window }: Pick<BudgetDraft, 'scope' | 'window'>,
  taken: ReadonlySet<string>,
): string {
  const name = scope.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, ID_LENGTH_MAX);
  const stem = name === '' ? window : `${name}-${window}`;
  let id = stem;
  for (let count = 2; taken.has(id); count += 1) id = `${stem}-${count}`;
  return id;
}

/** Shares of 1, in ascending order and each once; undefined when something else than percent is typed. */
export function sharesTyped(text: string): readonly number[] | undefined {
  const percents = text.split(/[,;\s%]+/).filter((part) => part !== '');
  const shares = percents.map((percent) => Number((Number(percent) / 100).toPrecision(12)));
  if (shares.some((share) => !(share > 0 && share <= 10))) return undefined;
  return [...new Set(shares)].sort((a, b) => a - b);
}
