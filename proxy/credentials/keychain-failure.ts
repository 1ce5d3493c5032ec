/** The keychain library's own words, sorted into our failures and said in words that tell a person what to do. */
import { CredentialError, type CredentialFailure } from './types.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly reason: CredentialFailure;
  readonly message: string;
}

const INSTALL =
  'Install and start gnome-keyring or KWallet for the OS keychain, or let Gatehouse keep its keys in the encrypted file.';

/** Seen with gnome-keyring 42 and libsecret 0.20 on Debian 12, and in the Security framework's table on macOS. First match wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /locked collection|is locked|interaction is not allowed|keychain is locked/i,
    reason: 'locked',
    message: 'The keychain is locked. Unlock it (sign in to the desktop, or answer its prompt), then try again.',
  },
  {
    pattern: /given address is empty|autolaunch|without a machine-id|could not connect|connection refused|\$DISPLAY/i,
    reason: 'no_service',
    message: `There is no D-Bus session here, so no keychain can be reached. ${INSTALL}`,
  },
  {
    pattern: /not provided by any \.service|ServiceUnknown|Spawn\.|exited with status|Process .* exited|NoReply/i,
    reason: 'no_service',
    message: `No Secret Service answers on D-Bus. ${INSTALL}`,
  },
  {
    pattern: /object does not exist|no such (object|secret collection)|no such interface/i,
    reason: 'no_service',
    message: `The Secret Service has no keyring to write to and could not ask you to create one. ${INSTALL}`,
  },
  {
    pattern: /default keychain could not be found|keychain could not be found/i,
    reason: 'no_service',
    message: 'This account has no default keychain. Create one in Keychain Access, then try again.',
  },
  {
    pattern: /timeout was reached|timed out/i,
    reason: 'timed_out',
    message: 'The keychain service did not answer in time. Is it waiting for you to unlock it?',
  },
  {
    pattern: /cancel|dismiss|denied|not permitted|authoriz|authoris|authentication|passphrase you entered/i,
    reason: 'denied',
    message: 'The keychain refused access: the prompt was dismissed, or this program is not allowed to read the entry.',
  },
];

const WORDS_CHARS_MAX = 160;

/** `secret` is what was being written, if anything: it is cut out should the library quote it. The original is not kept as a cause. */
export function keychainFailure(error: unknown, secret?: string): CredentialError {
  if (error instanceof CredentialError) return error;
  const words = libraryWords(error, secret);
  const rule = RULES.find(({ pattern }) => pattern.test(words));
  if (rule !== undefined) return new CredentialError(rule.reason, rule.message);
  const said = words === '' ? '' : ` (it said: ${words})`;
  return new CredentialError(
    'denied',
    `The keychain could not do it${said}. Try again, or restart the keychain service.`,
  );
}

function libraryWords(error: unknown, secret: string | undefined): string {
  const raw = error instanceof Error ? error.message : String(error);
  const clean = secret === undefined || secret === '' ? raw : raw.replaceAll(secret, '[secret]');
  const line = clean.replaceAll(/\s+/g, ' ').trim();
  return line.length > WORDS_CHARS_MAX ? `${line.slice(0, WORDS_CHARS_MAX)}…` : line;
}
