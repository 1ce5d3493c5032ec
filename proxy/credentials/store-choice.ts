/** Which store new keys go to, and what to tell a person about it. */
import type { KeychainView } from '../contract/views.ts';
import type { AccountIndex } from './account-index.ts';
import type { EncryptedFile } from './encrypted-file.ts';
import type { Keychain, KeychainProbe } from './keychain.ts';
import type { CredentialBackend, CredentialError, CredentialFailure } from './types.ts';

export type BackendWish = 'auto' | CredentialBackend;

export interface StoreChoice {
  readonly backend: CredentialBackend;
  /** Undefined: the keychain was not asked, because the encrypted file is what the person wants. */
  readonly probe?: KeychainProbe;
}

export interface StoreChooser {
  /** `again`: a keychain that was only locked is asked once more. */
  choose(options?: { again?: boolean }): Promise<StoreChoice>;
  /** Where this account's secret is to be written. What is stored already stays in its store. */
  storeFor(account: string): Promise<CredentialBackend>;
  view(): Promise<KeychainView>;
}

interface Options {
  readonly wish: BackendWish;
  readonly keychain: Keychain;
  readonly file: EncryptedFile;
  readonly index: AccountIndex;
}

/** Failures that a person can end by unlocking: keys already in the keychain stay there, and so do new ones. */
const PASSING: ReadonlySet<CredentialFailure> = new Set(['locked', 'timed_out', 'denied']);

export function createStoreChooser({ wish, keychain, file, index }: Options): StoreChooser {
  const keysInKeychain = (): number => index.countIn('keychain');

  async function askKeychain(again: boolean): Promise<KeychainProbe> {
    const probe = await keychain.probe();
    return again && !probe.works && PASSING.has(probe.failure.reason) ? keychain.probe({ again: true }) : probe;
  }

  async function choose(options: { again?: boolean } = {}): Promise<StoreChoice> {
    if (wish === 'encrypted-file') return { backend: 'encrypted-file' };
    const probe = await askKeychain(options.again === true);
    const passing = !probe.works && PASSING.has(probe.failure.reason);
    const stays = probe.works || wish === 'keychain' || (passing && keysInKeychain() > 0);
    return { backend: stays ? 'keychain' : 'encrypted-file', probe };
  }

  return {
    choose,

    async storeFor(account) {
      const stored = index.backendOf(account);
      if (stored === undefined) return (await choose({ again: true })).backend;
      if (stored === 'encrypted-file' || wish === 'keychain') return stored;
      // A new key for an account whose keychain is gone for good (another desktop, no D-Bus) can only go to the file.
      const probe = await askKeychain(true);
      return probe.works || PASSING.has(probe.failure.reason) ? 'keychain' : 'encrypted-file';
    },

    async view() {
      const { backend, probe } = await choose();
      if (backend === 'keychain') return keychainView(probe);
      return fileView(file, probe, keysInKeychain());
    },
  };
}

function keychainView(probe: KeychainProbe | undefined): KeychainView {
  if (probe === undefined || probe.works) {
    return { backend: 'keychain', state: 'ready', detail: `Keys are kept in ${keychainName()}.` };
  }
  return {
    backend: 'keychain',
    state: probe.failure.reason === 'locked' ? 'locked' : 'unavailable',
    detail: `Keys are kept in ${keychainName()}. ${probe.failure.message}`,
  };
}

async function fileView(file: EncryptedFile, probe: KeychainProbe | undefined, left: number): Promise<KeychainView> {
  const state = await file.state();
  const sentences = [`Keys are kept in the encrypted file ${file.path}.`];
  if (state.kind === 'closed') sentences.push(state.failure.message);
  else if (state.protection === 'passphrase') sentences.push('Its key comes from your passphrase.');
  else sentences.push('Its key is in a file beside it, readable by your account only.');
  if (probe?.works === false) sentences.push(`Why not the keychain: ${probe.failure.message}`);
  if (left > 0)
    sentences.push(
      `${left} ${left === 1 ? 'key' : 'keys'} stored earlier ${left === 1 ? 'is' : 'are'} still in the keychain.`,
    );
  return {
    backend: 'encrypted-file',
    state: state.kind === 'closed' ? closedState(state.failure) : 'ready',
    detail: sentences.join(' '),
  };
}

function closedState(failure: CredentialError): 'locked' | 'unavailable' {
  return failure.reason === 'locked' || failure.reason === 'wrong_passphrase' ? 'locked' : 'unavailable';
}

function keychainName(): string {
  if (process.platform === 'darwin') return 'the macOS Keychain';
  if (process.platform === 'win32') return 'the Windows Credential Manager';
  return 'the desktop keyring (Secret Service)';
}
