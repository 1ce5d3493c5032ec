/** From the config's budgets and the keys' own caps to the limits a reserve is checked against. */
import type { BudgetConfig, KeyPolicy, onLimit } from '../contract/config.ts';
import { usdToNano } from '../contract/money.ts';
import type { Account, Limit } from '../ledger/types.ts';
import { KEY_CAP_PREFIX } from './scope-words.ts';

export type OnLimit = (typeof onLimit.options)[number];

/** A limit, and what to do about a call that does not fit under it. */
export interface BudgetLimit extends Limit {
  readonly onLimit: OnLimit;
  /** With onLimit clamp; undefined: the default. */
  readonly clampFloorTokens?: number;
}

/** Who makes a call, and what is to serve it. */
export interface Subject {
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  readonly provider: string;
  /** The provider's own name for the model. */
  readonly model: string;
}

/** Every budget of a config as a limit, once per applied config. */
export function limitsOf(budgets: readonly BudgetConfig[]): readonly BudgetLimit[] {
  return budgets.map(({ id, scope, window, limitUsd, onLimit: then, clampFloorTokens }) => ({
    budgetId: id,
    account: scope,
    window,
    limitNano: usdToNano(limitUsd),
    onLimit: then,
    ...(clampFloorTokens === undefined ? {} : { clampFloorTokens }),
  }));
}

/** A key's own cap as a limit on that key's account; undefined when it has none. */
export function keyCapOf(accessKeyId: string, policy: Pick<KeyPolicy, 'cap'> | undefined): BudgetLimit | undefined {
  const cap = policy?.cap;
  if (cap === undefined) return undefined;
  return {
    budgetId: KEY_CAP_PREFIX + accessKeyId,
    account: `key:${accessKeyId}`,
    window: cap.window,
    limitNano: usdToNano(cap.limitUsd),
    onLimit: cap.onLimit,
  };
}

/** The limits that touch an attempt, in the config's order and the key's cap last: all of them go into its one reserve. */
export function limitsFor(
  budgets: readonly BudgetLimit[],
  keyCap: BudgetLimit | undefined,
  subject: Subject,
): readonly BudgetLimit[] {
  if (budgets.length === 0 && keyCap === undefined) return NONE;
  const accounts = accountsOf(subject);
  const touching = budgets.filter(({ account }) => accounts.has(account));
  return keyCap !== undefined && accounts.has(keyCap.account) ? [...touching, keyCap] : touching;
}

const NONE: readonly BudgetLimit[] = [];

function accountsOf({ accessKeyId, project, client, provider, model }: Subject): ReadonlySet<Account> {
  const accounts = new Set<Account>(['global', `provider:${provider}`, `model:${provider}/${model}`]);
  if (accessKeyId !== undefined) accounts.add(`key:${accessKeyId}`);
  if (project !== undefined) accounts.add(`project:${project}`);
  if (client !== undefined) accounts.add(`client:${client}`);
  return accounts;
}
