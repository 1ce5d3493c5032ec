/** Access keys: client -> gateway. `gh_` + 43 base64url characters, stored as SHA-256, shown once. */
import type { AccessKeyView } from '../contract/views.ts';

export interface AccessKeyIdentity {
  readonly id: string;
  readonly project?: string;
}

export type Verification =
  | { readonly state: 'valid'; readonly key: AccessKeyIdentity }
  | { readonly state: 'revoked'; readonly id: string }
  | { readonly state: 'unknown' };

export interface AccessKeys {
  /** Synchronous and fast (a hash and a map look-up): it stands on every request. */
  verify(secret: string): Verification;
  /** Throws AccessKeyError `id_taken` or `managed`. `secret` is returned here and nowhere else, ever. */
  create(input: { id: string; project?: string }): { key: AccessKeyView; secret: string };
  /** Throws AccessKeyError `not_found` or `managed`. Revoking twice changes nothing. */
  revoke(id: string): AccessKeyView;
  /** Oldest first, revoked ones included. */
  list(): AccessKeyView[];
  /**
   * Keys whose values come from the environment by the config; they replace the managed ones of an earlier config, so it is
   * called at every start, with [] too. Throws AccessKeyError `too_short`, `id_taken` or `value_taken`, and changes nothing then.
   */
  setManaged(keys: readonly { id: string; project?: string; secret: string }[]): void;
  /** Writes the last-used instants that were collected. */
  flush(): void;
}
