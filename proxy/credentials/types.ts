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
  | 'not_a_store'
  | 'invalid';

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

export type CredentialBackend = 'keychain' | 'encrypted-file';

/**
 * The names of what was stored, kept in SQLite (proxy/storage): a keychain cannot be listed safely, keytar's
 * findCredentials crashes on a locked keyring. `providerId` is the id in `keychain:<id>`, which is the provider's own
 * by default. `hint` is the masked form, empty where the secret is too short for one.
 */
export interface CredentialIndex {
  put(entry: { providerId: string; backend: string; hint: string }): unknown;
  get(providerId: string): { readonly backend: string; readonly hint: string } | undefined;
  remove(providerId: string): unknown;
  list(): readonly { readonly backend: string }[];
}

/** The three calls of keytar that are safe to use. */
export interface KeytarLike {
  /** Null: not there, or the keychain is locked. */
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  /** False: not there, or the keychain is locked. */
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Milliseconds. The keychain may be showing a prompt to a person, so writing waits longer than reading. */
export interface CredentialTimeouts {
  readonly readMs: number;
  readonly writeMs: number;
  readonly probeMs: number;
}
