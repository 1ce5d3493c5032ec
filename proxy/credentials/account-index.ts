/** The index of stored accounts in this room's own terms. */
import { assert } from '../core/assert.ts';
import { hintOf } from './hint.ts';
import type { CredentialBackend, CredentialIndex } from './types.ts';

export interface AccountIndex {
  /** Undefined: nothing was stored under this account, as far as we know. */
  backendOf(account: string): CredentialBackend | undefined;
  hintOf(account: string): string | undefined;
  /** Keeps where the secret is and its masked form, never the secret. */
  remember(account: string, backend: CredentialBackend, secret: string): void;
  forget(account: string): void;
  countIn(backend: CredentialBackend): number;
}

export function createAccountIndex(rows: CredentialIndex): AccountIndex {
  return {
    backendOf(account) {
      const row = rows.get(account);
      return row === undefined ? undefined : knownBackend(row.backend);
    },
    hintOf(account) {
      const hint = rows.get(account)?.hint;
      return hint === '' ? undefined : hint;
    },
    remember(account, backend, secret) {
      rows.put({ providerId: account, backend, hint: hintOf(secret) ?? '' });
    },
    forget(account) {
      rows.remove(account);
    },
    countIn: (backend) => rows.list().filter((row) => knownBackend(row.backend) === backend).length,
  };
}

function knownBackend(written: string): CredentialBackend {
  assert(written === 'keychain' || written === 'encrypted-file', 'the index of credentials names an unknown store');
  return written;
}
