/** Which accounts an entry touches. Everything rolls up into `global`. */
import { LedgerRefusedError } from './errors.ts';
import type { Account } from './types.ts';

/** Who and what an entry concerns: the columns that accounts are read from. */
export interface Facts {
  readonly provider: string | undefined;
  /** The provider's own name for the model; the account is `model:<provider>/<model>`. */
  readonly model: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly project: string | undefined;
  readonly client: string | undefined;
}

export const NO_FACTS: Facts = {
  provider: undefined,
  model: undefined,
  accessKeyId: undefined,
  project: undefined,
  client: undefined,
};

export type AccountScope = 'global' | 'key' | 'project' | 'client' | 'provider' | 'model';

export interface ParsedAccount {
  readonly scope: AccountScope;
  readonly facts: Facts;
}

export function accountsOf(facts: Facts): Account[] {
  const accounts: Account[] = ['global'];
  if (facts.accessKeyId !== undefined) accounts.push(`key:${facts.accessKeyId}`);
  if (facts.project !== undefined) accounts.push(`project:${facts.project}`);
  if (facts.client !== undefined) accounts.push(`client:${facts.client}`);
  if (facts.provider !== undefined) {
    accounts.push(`provider:${facts.provider}`);
    if (facts.model !== undefined) accounts.push(`model:${facts.provider}/${facts.model}`);
  }
  return accounts;
}

/** The scope of an account and the facts it stands for. Throws LedgerRefusedError `invalid_account`. */
export function parseAccount(account: Account): ParsedAccount {
  if (account === 'global') return { scope: 'global', facts: NO_FACTS };
  const colon = account.indexOf(':');
  const name = account.slice(colon + 1);
  if (colon > 0 && name !== '') {
    switch (account.slice(0, colon)) {
      case 'key':
        return { scope: 'key', facts: { ...NO_FACTS, accessKeyId: name } };
      case 'project':
        return { scope: 'project', facts: { ...NO_FACTS, project: name } };
      case 'client':
        return { scope: 'client', facts: { ...NO_FACTS, client: name } };
      case 'provider':
        return { scope: 'provider', facts: { ...NO_FACTS, provider: name } };
      case 'model': {
        const slash = name.indexOf('/');
        if (slash > 0 && slash < name.length - 1) {
          const facts = { ...NO_FACTS, provider: name.slice(0, slash), model: name.slice(slash + 1) };
          return { scope: 'model', facts };
        }
      }
    }
  }
  throw new LedgerRefusedError(
    'invalid_account',
    `"${account}" is not an account. Use global, key:<id>, project:<id>, client:<id>, provider:<id> or model:<provider>/<model>.`,
  );
}
