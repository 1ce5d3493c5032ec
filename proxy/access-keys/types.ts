/** Access keys: client -> gateway. `gh_` + 43 base64url characters, stored as SHA-256, shown once. */
import type { KeyRights } from '../contract/config.ts';
import type { AccessKeyView } from '../contract/views.ts';

export interface AccessKeyIdentity {
  readonly id: string;
  readonly project?: string;
  /** Undefined: it may do everything. */
  readonly policy?: KeyRights;
}

export interface NewAccessKey {
  readonly id: string;
  readonly project?: string;
  readonly policy?: KeyRights;
  /** For one command: the key ends after `ttlMs` at the latest, and is then revoked by itself. */
  readonly ephemeral?: { readonly ttlMs: number };
}

export interface ManagedKey {
  readonly id: string;
  readonly project?: string;
  readonly policy?: KeyRights;
  readonly secret: string;
}

export type Verification =
  | { readonly state: 'valid'; readonly key: AccessKeyIdentity }
  | { readonly state: 'revoked'; readonly id: string }
  | { readonly state: 'expired'; readonly id: string; readonly expiredAtMs: number }
  | { readonly state: 'unknown' };

export interface AccessKeys {
  /** Synchronous and fast (a hash and a map look-up): it stands on every request. */
  verify(secret: string): Verification;
  /** Throws AccessKeyError `id_taken` or `managed`. `secret` is returned here and nowhere else, ever. */
  create(input: NewAccessKey): { key: AccessKeyView; secret: string };
  /**
   * Replaces what the key may do (nothing left out: everything) and whose project it is; takes effect with the next call.
   * Throws AccessKeyError `not_found` (revoked ones too) or `managed`.
   */
  update(id: string, change: { readonly project?: string; readonly policy?: KeyRights }): AccessKeyView;
  /** Throws AccessKeyError `not_found` or `managed`. Revoking twice changes nothing. */
  revoke(id: string): AccessKeyView;
  /** Oldest first, revoked ones included. */
  list(): AccessKeyView[];
  /**
   * Keys whose values come from the environment by the config; they replace the managed ones of an earlier config, so it is
   * called at every start, with [] too. Throws AccessKeyError `too_short`, `id_taken` or `value_taken`, and changes nothing then.
   */
  setManaged(keys: readonly ManagedKey[]): void;
  /** Writes the last-used instants that were collected, and revokes the ephemeral keys whose time is over. */
  flush(): void;
}
