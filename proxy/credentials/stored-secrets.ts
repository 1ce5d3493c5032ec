/** Secrets in the keychain or the encrypted file, whichever holds them, with a cache before both. */
import type { KeychainView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { AccountIndex } from './account-index.ts';
import type { EncryptedFile } from './encrypted-file.ts';
import type { Keychain } from './keychain.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { StoreChooser } from './store-choice.ts';
import { type CredentialBackend, CredentialError } from './types.ts';

/** How long a failure is repeated without asking again, so that a busy client does not open one unlock prompt per request. */
const FAILURE_HELD_MS = 3_000;

export interface StoredSecrets {
  /** Undefined: surely not stored. `lookFurther` false: only what the index knows. Throws CredentialError. */
  get(account: string, lookFurther: boolean): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  /** The store that holds the account's secret, or would. */
  storeOf(account: string): Promise<CredentialBackend>;
  hintOf(account: string): string | undefined;
  view(): Promise<KeychainView>;
  /** Reads everything anew next time. */
  forget(): void;
}

interface Options {
  readonly keychain: Keychain;
  readonly file: EncryptedFile;
  readonly chooser: StoreChooser;
  readonly index: AccountIndex;
  readonly clock: Clock;
}

interface Remembered {
  readonly outcome: Promise<string | undefined>;
  /** Undefined while it is being read, and for a secret that was found. */
  staleAtMs?: number;
}

export function createStoredSecrets({ keychain, file, chooser, index, clock }: Options): StoredSecrets {
  const remembered = new Map<string, Remembered>();
  const changes = createSerialQueue();

  const storeNamed = (backend: CredentialBackend) => (backend === 'keychain' ? keychain : file);

  async function read(account: string): Promise<string | undefined> {
    const known = index.backendOf(account);
    if (known !== undefined) {
      const secret = await storeNamed(known).get(account);
      if (secret === undefined) throw vanished(account, known);
      return secret;
    }
    // The index can be younger than the keys: a new data directory, or a database that was set aside as damaged.
    const { backend } = await chooser.choose();
    const places: readonly CredentialBackend[] = backend === 'keychain' ? ['keychain', 'encrypted-file'] : [backend];
    for (const place of places) {
      const secret = await storeNamed(place).get(account);
      if (secret === undefined) continue;
      if (index.backendOf(account) === undefined) index.remember(account, place, secret);
      return secret;
    }
    return undefined;
  }

  function readOnce(account: string): Promise<string | undefined> {
    const earlier = remembered.get(account);
    const fresh = earlier?.staleAtMs === undefined || clock.monotonicMs() < earlier.staleAtMs;
    if (earlier !== undefined && fresh) return earlier.outcome;
    const entry: Remembered = { outcome: read(account) };
    const goesStale = (): void => {
      entry.staleAtMs = clock.monotonicMs() + FAILURE_HELD_MS;
    };
    entry.outcome.then((secret) => secret ?? goesStale(), goesStale);
    remembered.set(account, entry);
    return entry.outcome;
  }

  return {
    async get(account, lookFurther) {
      if (!lookFurther && index.backendOf(account) === undefined) return undefined;
      return readOnce(account);
    },

    set: (account, secret) =>
      changes(async () => {
        const backend = await chooser.storeFor(account);
        try {
          await storeNamed(backend).set(account, secret);
          index.remember(account, backend, secret);
        } finally {
          // Also after a failure: what the store holds now is for the store to say.
          remembered.delete(account);
        }
      }),

    remove: (account) =>
      changes(async () => {
        const backend = index.backendOf(account) ?? (await chooser.choose()).backend;
        try {
          await storeNamed(backend).remove(account);
          index.forget(account);
        } finally {
          remembered.delete(account);
        }
      }),

    async unlock(passphrase) {
      const { backend } = await chooser.choose();
      if (backend === 'keychain' && (await file.state()).kind === 'absent') {
        throw new CredentialError(
          'not_a_store',
          'There is no encrypted file to unlock: keys are kept in the OS keychain, which asks for its own password.',
        );
      }
      await file.unlock(passphrase);
      remembered.clear();
    },

    async storeOf(account) {
      return index.backendOf(account) ?? (await chooser.choose()).backend;
    },
    hintOf: (account) => index.hintOf(account),
    view: () => chooser.view(),
    forget: () => remembered.clear(),
  };
}

function vanished(account: string, backend: CredentialBackend): CredentialError {
  const place = backend === 'keychain' ? 'OS keychain' : 'encrypted file';
  return new CredentialError(
    'missing',
    `The key "${account}" was stored in the ${place}, but is not there any more. Enter it again under Providers.`,
  );
}
