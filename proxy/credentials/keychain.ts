/** Secrets in the OS keychain: macOS Keychain, Windows Credential Manager, or a Secret Service (GNOME Keyring, KWallet). */
import { keychainFailure } from './keychain-failure.ts';
import { libraryFailure } from './load-keytar.ts';
import { createNativeLane } from './native-lane.ts';
import { CredentialError, type CredentialTimeouts, type KeytarLike } from './types.ts';

export const KEYCHAIN_SERVICE = 'Gatehouse';
/**
 * An entry of ours that holds no secret. keytar answers null for "not there" and for "locked" alike; when this entry
 * cannot be read either, it is the lock. The colon keeps it apart from every account name the config allows.
 */
const MARKER_ACCOUNT = 'gatehouse:marker';
const MARKER_VALUE = 'Gatehouse keeps provider keys here';
/** Credential Manager's own limit, which it reports in the language of the system. */
const WINDOWS_SECRET_BYTES_MAX = 2_560;
/** A keychain that is not waiting for a person answers within milliseconds. */
const CLOSE_WAIT_MS = 1_000;

export type KeychainProbe = { readonly works: true } | { readonly works: false; readonly failure: CredentialError };

export interface Keychain {
  /** Whether the keychain really stores and returns an entry. Asked once; `again` asks anew. Never throws. */
  probe(options?: { again?: boolean }): Promise<KeychainProbe>;
  /** Undefined: surely not there. Throws CredentialError (`locked` when that may be the reason). */
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  /** An entry that was not there counts as removed. */
  remove(account: string): Promise<void>;
  /** Waits for a call under way, but not for a prompt that nobody answers. */
  close(): Promise<void>;
}

interface KeychainOptions {
  readonly loadKeytar: () => Promise<KeytarLike>;
  readonly timeouts: CredentialTimeouts;
  /** A write or read that was given up has finished after all. */
  readonly onLateAnswer: () => void;
}

export function createKeychain({ loadKeytar, timeouts, onLateAnswer }: KeychainOptions): Keychain {
  let loading: Promise<KeytarLike> | undefined;
  let probing: Promise<KeychainProbe> | undefined;
  const lane = createNativeLane(() => {
    // Somebody answered the prompt: what was found out before does not hold any more.
    probing = undefined;
    onLateAnswer();
  });

  function load(): Promise<KeytarLike> {
    loading ??= loadKeytar().catch((error: unknown) => {
      throw libraryFailure(error);
    });
    return loading;
  }

  async function call<T>(limitMs: number, work: (keytar: KeytarLike) => Promise<T>, secret?: string): Promise<T> {
    try {
      const keytar = await load();
      return await lane.run(limitMs, () => work(keytar));
    } catch (error) {
      throw keychainFailure(error, secret);
    }
  }

  const read = (account: string, limitMs: number): Promise<string | null> =>
    call(limitMs, (keytar) => keytar.getPassword(KEYCHAIN_SERVICE, account));
  const write = (account: string, secret: string, limitMs: number): Promise<void> =>
    call(limitMs, (keytar) => keytar.setPassword(KEYCHAIN_SERVICE, account, secret), secret);

  async function tryMarker(): Promise<KeychainProbe> {
    try {
      if ((await read(MARKER_ACCOUNT, timeouts.probeMs)) === MARKER_VALUE) return { works: true };
      await write(MARKER_ACCOUNT, MARKER_VALUE, timeouts.probeMs);
      if ((await read(MARKER_ACCOUNT, timeouts.probeMs)) === MARKER_VALUE) return { works: true };
      const failure = new CredentialError(
        'no_service',
        'The keychain accepted a test entry but did not give it back, so it is not trusted with keys.',
      );
      return { works: false, failure };
    } catch (error) {
      return { works: false, failure: keychainFailure(error) };
    }
  }

  async function assertUnlocked(): Promise<void> {
    if ((await read(MARKER_ACCOUNT, timeouts.readMs)) !== null) return;
    throw new CredentialError(
      'locked',
      'The keychain is locked (or was emptied outside Gatehouse). Unlock it and try again; if it was emptied, enter the key again.',
    );
  }

  return {
    probe(options = {}) {
      if (probing === undefined || options.again === true) probing = tryMarker();
      return probing;
    },

    async get(account) {
      const secret = await read(account, timeouts.readMs);
      if (secret !== null) {
        // It answers now, whatever it did when it was first asked.
        probing = Promise.resolve({ works: true });
        return secret;
      }
      await assertUnlocked();
      return undefined;
    },

    async set(account, secret) {
      if (process.platform === 'win32' && Buffer.byteLength(secret) > WINDOWS_SECRET_BYTES_MAX) {
        throw new CredentialError(
          'invalid',
          `The Windows Credential Manager holds at most ${WINDOWS_SECRET_BYTES_MAX} bytes a key. Use file:<path> in the config for this one.`,
        );
      }
      await write(account, secret, timeouts.writeMs);
    },

    async remove(account) {
      const removed = await call(timeouts.writeMs, (keytar) => keytar.deletePassword(KEYCHAIN_SERVICE, account));
      if (!removed) await assertUnlocked();
    },

    close: () => lane.settled(CLOSE_WAIT_MS),
  };
}
