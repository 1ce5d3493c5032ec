/** What can be stored as a credential at all. */
import { CredentialError } from './types.ts';

const SECRET_CHARS_MAX = 16_384;
/** A credential travels in an HTTP header: printable ASCII only, or the request would fail later with a worse message. */
const HEADER_SAFE = /^[\x20-\x7e]+$/;

/** The secret without the blanks and line ends that come along when a key is pasted. Throws `invalid` without quoting it. */
export function pastedSecret(text: string): string {
  const secret = text.trim();
  if (secret === '') throw new CredentialError('invalid', 'The key is empty. Paste the key you got from the provider.');
  assertSendable(secret, 'The key');
  return secret;
}

/** Throws `invalid` when the secret cannot be sent; `what` names it in the message. */
export function assertSendable(secret: string, what: string): void {
  if (secret.length > SECRET_CHARS_MAX) {
    throw new CredentialError('invalid', `${what} is longer than ${SECRET_CHARS_MAX} characters. Is it really a key?`);
  }
  if (!HEADER_SAFE.test(secret)) {
    throw new CredentialError(
      'invalid',
      `${what} contains a line break or a character that cannot be sent in an HTTP header. Copy the key again, on its own.`,
    );
  }
}
