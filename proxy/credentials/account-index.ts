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

interface Row {
  readonly backend: CredentialBackend;
  readonly hint: string | undefined;
}

/** Rows are kept in memory: this process alone writes them, and every request asks. */
export function createAccountIndex(rows: CredentialIndex): AccountIndex {
  const known = new Map<string, Row | undefined>();

  function rowOf(account: string): Row | undefined {
    if (known.has(account)) return known.get(account);
    const stored = rows.get(account);
    const row =
      stored === undefined
        ? undefined
        : { backend: knownBackend(stored.backend), hint: stored.hint === '' ? undefined : stored.hint };
    known.set(account, row);
    return row;
  }

  return {
    backendOf: (account) => rowOf(account)?.backend,
    hintOf: (account) => rowOf(account)?.hint,
    remember(account, backend, secret) {
      known.delete(account);
      rows.put({ providerId: account, backend, hint: hintOf(secret) ?? '' });
    },
    forget(account) {
      known.delete(account);
      rows.remove(account);
    },
    countIn: (backend) => rows.list().filter((row) => knownBackend(row.backend) === backend).length,
  };
}

function knownBackend(written: string): CredentialBackend {
  assert(written === 'keychain' || written === 'encrypted-file', 'the index of credentials names an unknown store');
  return written;
}
