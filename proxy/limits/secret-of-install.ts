/** Random bytes that are made once for an installation and kept in its state: what is hashed under them means nothing elsewhere. */
import { randomBytes } from 'node:crypto';

const BYTES = 32;

export interface SecretStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** Throws when what is stored there is not such a secret: a new one would silently forget what was hashed under the old. */
export function secretOfInstall(store: SecretStore, name: string): Buffer {
  const stored = store.get(name);
  if (stored === undefined) {
    const made = randomBytes(BYTES);
    store.set(name, made.toString('base64url'));
    return made;
  }
  const secret = typeof stored === 'string' ? Buffer.from(stored, 'base64url') : undefined;
  if (secret?.length !== BYTES)
    throw new Error(`the state "${name}" in the database is not what Gatehouse wrote there`);
  return secret;
}
