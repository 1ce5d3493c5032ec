/** keytar is an optional, native dependency: loaded when first needed, and its absence is an answer rather than a crash. */
import { CredentialError, type KeytarLike } from './types.ts';

/** Throws `no_library` where keytar was not installed or cannot be loaded on this system. */
export async function loadKeytar(): Promise<KeytarLike> {
  try {
    const loaded = await import('keytar');
    // A CommonJS module: some loaders put its exports under `default` only.
    return 'default' in loaded ? (loaded.default as KeytarLike) : loaded;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CredentialError(
      'no_library',
      `The keychain library (keytar) is not available on this system${code}. On Debian or Ubuntu: install libsecret-1-dev and run npm install again.`,
    );
  }
}
