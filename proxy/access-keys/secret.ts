/** How an access key looks, and what of it is kept. */
import { createHash } from 'node:crypto';

export const KEY_PREFIX = 'gh_';
export const KEY_BYTES = 32;
/** A key that a person chose must at least not be guessable by hand. */
export const MANAGED_CHARACTERS_MIN = 16;

const SHOWN_CHARACTERS = 7;
const SHOWN_MANAGED_CHARACTERS = 3;

/** `gh_` and 43 base64url characters. */
export function keyOfBytes(bytes: Uint8Array): string {
  return KEY_PREFIX + Buffer.from(bytes).toString('base64url');
}

/** SHA-256 in hex. Enough without a salt or stretching: our keys have 256 random bits. */
export function hashOfKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** To recognise a key by: four of its 43 random characters; less of a managed one, which may be short and chosen. */
export function shownPrefix(secret: string, managed: boolean): string {
  return secret.slice(0, managed ? SHOWN_MANAGED_CHARACTERS : SHOWN_CHARACTERS);
}
