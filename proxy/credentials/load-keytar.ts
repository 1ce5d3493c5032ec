/** keytar is an optional, native dependency: loaded when first needed, and its absence is an answer rather than a crash. */
import { CredentialError, type KeytarLike } from './types.ts';

/** Throws Node's own error where keytar was not installed or its binary does not fit this system. */
export async function importKeytar(): Promise<KeytarLike> {
  const loaded = await import('keytar');
  // A CommonJS module: some loaders put its exports under `default` only.
  return 'default' in loaded ? (loaded.default as KeytarLike) : loaded;
}

/** Names the error's code only: its message would list every folder that was searched. */
export function libraryFailure(error: unknown): CredentialError {
  if (error instanceof CredentialError) return error;
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new CredentialError(
    'no_library',
    `The keychain library (keytar) could not be loaded on this system${code}. On Debian or Ubuntu: install libsecret-1-dev, then run npm install again.`,
  );
}
