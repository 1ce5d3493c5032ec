/** The credentials room's interface: gateway -> provider keys. A secret leaves it only through `resolve`. */
import type { ProviderConfig } from '../contract/config.ts';
import type { CredentialView, KeychainView } from '../contract/views.ts';

export type CredentialFailure =
  | 'missing'
  | 'locked'
  | 'wrong_passphrase'
  | 'no_service'
  | 'no_library'
  | 'timed_out'
  | 'denied'
  | 'corrupt'
  | 'read_only'
  | 'not_a_store';

/** `message` says in plain words what happened and what to do; never the secret. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  readonly reason: CredentialFailure;
  constructor(reason: CredentialFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export interface Credentials {
  /** The secret for this provider, from wherever its config says (keychain:<id> by default); undefined for `none`. Cached. Throws CredentialError. */
  resolve(provider: ProviderConfig): Promise<string | undefined>;
  /** Where the credential is and in which state, without revealing it. Never throws, never hangs. */
  describe(provider: ProviderConfig): Promise<CredentialView>;
  /** Stores or replaces. Throws CredentialError; on failure the earlier secret is still there. */
  set(provider: ProviderConfig, secret: string): Promise<void>;
  remove(provider: ProviderConfig): Promise<void>;
  /** Opens the encrypted file with a passphrase for this run. */
  unlock(passphrase: string): Promise<void>;
  status(): Promise<KeychainView>;
  close(): Promise<void>;
}
