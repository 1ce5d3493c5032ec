/** Keys whose values a config takes from the environment: what must hold before they are let in. */
import { AccessKeyError } from './errors.ts';
import { hashOfKey, MANAGED_CHARACTERS_MIN } from './secret.ts';
import type { ManagedKey } from './types.ts';

/** Throws AccessKeyError for the first that cannot be used. Nothing is written before all are good. */
export function checkManagedKeys(
  keys: readonly ManagedKey[],
  own: { readonly ownHashes: ReadonlySet<string>; isOwnId(id: string): boolean },
): void {
  const idOfHash = new Map<string, string>();
  const ids = new Set<string>();
  for (const { id, secret } of keys) {
    if (secret.length < MANAGED_CHARACTERS_MIN) {
      throw new AccessKeyError(
        'too_short',
        `The value of access key "${id}" has fewer than ${MANAGED_CHARACTERS_MIN} characters, which can be guessed. Put a longer random value into its environment variable.`,
      );
    }
    if (own.isOwnId(id) || ids.has(id)) {
      throw new AccessKeyError(
        'id_taken',
        `There is already an access key "${id}". Give the one in the config another id, or revoke the existing one.`,
      );
    }
    const hash = hashOfKey(secret);
    const twin = idOfHash.get(hash);
    if (twin !== undefined) {
      throw new AccessKeyError(
        'value_taken',
        `The access keys "${twin}" and "${id}" of the config have the same value, so their calls could not be told apart. Give each its own.`,
      );
    }
    if (own.ownHashes.has(hash)) {
      throw new AccessKeyError(
        'value_taken',
        `The value of access key "${id}" is that of a key which Gatehouse issued (or revoked) itself. Use a new value.`,
      );
    }
    ids.add(id);
    idOfHash.set(hash, id);
  }
}
