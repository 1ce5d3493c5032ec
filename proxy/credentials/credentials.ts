/** Puts the room together: every source a provider's `credential` can name, behind one interface. */
import type { ProviderConfig } from '../contract/config.ts';
import type { CredentialView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { createAccountIndex } from './account-index.ts';
import { assertSendable, pastedSecret } from './check-secret.ts';
import { createEncryptedFile } from './encrypted-file.ts';
import { createFileSecrets } from './file-secrets.ts';
import { hintOf } from './hint.ts';
import { createKeychain } from './keychain.ts';
import { importKeytar } from './load-keytar.ts';
import { type CredentialReference, credentialReference } from './reference.ts';
import { type BackendWish, createStoreChooser } from './store-choice.ts';
import { createStoredSecrets } from './stored-secrets.ts';
import {
  CredentialError,
  type CredentialFailure,
  type CredentialIndex,
  type Credentials,
  type CredentialTimeouts,
  type KeytarLike,
} from './types.ts';

export { pendingNativeCalls } from './native-lane.ts';

export interface CredentialsOptions {
  readonly dataDir: string;
  readonly index: CredentialIndex;
  /** Where `env:NAME` is looked up, at every request. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** `auto` (default): the keychain if it really works, else the encrypted file. */
  readonly backend?: BackendWish | undefined;
  /** Of the encrypted file; without one its key is a random key file beside it. */
  readonly passphrase?: string | undefined;
  readonly loadKeytar?: (() => Promise<KeytarLike>) | undefined;
  readonly timeouts?: Partial<CredentialTimeouts> | undefined;
}

/** A person may have to type a password into the keychain's prompt before it answers. */
const TIMEOUTS: CredentialTimeouts = { readMs: 10_000, writeMs: 60_000, probeMs: 10_000 };
const LOCK_WAIT_MS = 10_000;

/** Touches neither the keychain nor the disk until it is asked for something. */
export async function createCredentials(options: CredentialsOptions): Promise<Credentials> {
  const { dataDir, env, clock } = options;
  // A variable that is set to nothing is no passphrase.
  const passphrase = options.passphrase === '' ? undefined : options.passphrase;
  const index = createAccountIndex(options.index);
  const keychain = createKeychain({
    loadKeytar: options.loadKeytar ?? importKeytar,
    timeouts: { ...TIMEOUTS, ...options.timeouts },
    onLateAnswer: () => stored.forget(),
  });
  const file = createEncryptedFile({ dataDir, clock, passphrase, lockWaitMs: LOCK_WAIT_MS });
  const chooser = createStoreChooser({ wish: options.backend ?? 'auto', keychain, file, index });
  const stored = createStoredSecrets({ keychain, file, chooser, index, clock });
  const files = createFileSecrets(clock);
  let closed = false;

  function assertOpen(): void {
    if (closed) throw new CredentialError('locked', 'Gatehouse is shutting down: credentials are closed.');
  }

  function fromEnvironment(variable: string): string | undefined {
    const secret = env[variable];
    if (secret === undefined || secret === '') return undefined;
    assertSendable(secret, `The environment variable ${variable}`);
    return secret;
  }

  async function read(reference: CredentialReference): Promise<string | undefined> {
    assertOpen();
    if (reference.source === 'none') return undefined;
    if (reference.source === 'environment') return fromEnvironment(reference.variable);
    if (reference.source === 'file') return files.read(reference.path);
    return stored.get(reference.account, !reference.optional);
  }

  async function describePresent(reference: CredentialReference, secret: string): Promise<CredentialView> {
    const hint = reference.source === 'store' ? (stored.hintOf(reference.account) ?? hintOf(secret)) : hintOf(secret);
    const source = await sourceOf(reference);
    return { source, state: 'present', ...(hint === undefined ? {} : { hint }) };
  }

  async function sourceOf(reference: CredentialReference): Promise<CredentialView['source']> {
    return reference.source === 'store' ? stored.storeOf(reference.account) : reference.source;
  }

  async function describeAbsent(provider: ProviderConfig, reference: CredentialReference): Promise<CredentialView> {
    if (needsNone(reference)) return { source: 'none', state: 'not-needed' };
    return { source: await sourceOf(reference), state: 'missing', detail: missingMessage(provider, reference) };
  }

  async function describeFailure(reference: CredentialReference, error: unknown): Promise<CredentialView> {
    if (!(error instanceof CredentialError)) return describeFault();
    const hint = reference.source === 'store' ? stored.hintOf(reference.account) : undefined;
    return {
      source: await sourceOf(reference),
      state: STATE_AFTER[error.reason],
      detail: error.message,
      ...(hint === undefined ? {} : { hint }),
    };
  }

  function accountToChange(provider: ProviderConfig): string {
    assertOpen();
    const reference = credentialReference(provider);
    if (reference.source === 'store') return reference.account;
    throw new CredentialError(
      'not_a_store',
      `${placeOf(reference)} Change it there, or take "credential" out of the config.`,
    );
  }

  return {
    async resolve(provider) {
      const reference = credentialReference(provider);
      const secret = await read(reference);
      if (secret !== undefined || needsNone(reference)) return secret;
      throw new CredentialError('missing', missingMessage(provider, reference));
    },

    async describe(provider) {
      const reference = credentialReference(provider);
      try {
        const secret = await read(reference);
        return secret === undefined
          ? await describeAbsent(provider, reference)
          : await describePresent(reference, secret);
      } catch (error) {
        return describeFailure(reference, error).catch(() => describeFault());
      }
    },

    async set(provider, secret) {
      await stored.set(accountToChange(provider), pastedSecret(secret));
    },

    async remove(provider) {
      await stored.remove(accountToChange(provider));
    },

    async unlock(passphrase) {
      assertOpen();
      await stored.unlock(passphrase);
    },

    async status() {
      assertOpen();
      return stored.view();
    },

    async close() {
      closed = true;
      stored.forget();
      files.forget();
      await Promise.all([keychain.close(), file.close()]);
    },
  };
}

/** For what is not a credential failure, such as a database that cannot be read. */
function describeFault(): CredentialView {
  return {
    source: 'none',
    state: 'unavailable',
    detail: 'It could not be found out, because of a fault in Gatehouse or in its database.',
  };
}

function needsNone(reference: CredentialReference): boolean {
  return reference.source === 'none' || (reference.source === 'store' && reference.optional);
}

const STATE_AFTER = {
  missing: 'missing',
  locked: 'locked',
  wrong_passphrase: 'locked',
  no_service: 'unavailable',
  no_library: 'unavailable',
  timed_out: 'unavailable',
  denied: 'unavailable',
  corrupt: 'unavailable',
  read_only: 'unavailable',
  not_a_store: 'unavailable',
  invalid: 'unavailable',
} as const satisfies Record<CredentialFailure, CredentialView['state']>;

function missingMessage(provider: ProviderConfig, reference: CredentialReference): string {
  if (reference.source === 'environment') {
    return `The environment variable ${reference.variable} is not set, and provider "${provider.id}" takes its key from it.`;
  }
  if (reference.source === 'file') {
    return `${reference.path} is not there or empty, and provider "${provider.id}" takes its key from it.`;
  }
  return `No key is stored for provider "${provider.id}". Add one under Providers, or set "credential" in the config.`;
}

function placeOf(reference: Exclude<CredentialReference, { source: 'store' }>): string {
  if (reference.source === 'environment') return `This key comes from the environment variable ${reference.variable}.`;
  if (reference.source === 'file') return `This key comes from the file ${reference.path}.`;
  return 'The config says that this provider has no key ("credential: none").';
}
