/** Shown changes without secrets: the file may hold other keys right beside ours. */
import { KEY_PLACEHOLDER } from '../contract/connect.ts';

export const HIDDEN = '(hidden)';

/** `"apiKey": "..."`, `TOKEN=...`, `secret: ...` */
const NAMED =
  /(["']?[\w.-]*(?:key|token|secret|passw(?:or)?d|credential|authorization|bearer)[\w-]*["']?[ \t]*[:=][ \t]*)(["'`]?)([^"'`,\s#}\]]+)/gi;
/** Keys that give themselves away, whatever they are called. */
const SHAPED = /\b(?:gh_[\w-]{20,}|sk-[\w-]{8,}|(?:xai|gsk|hf|ghp|gho|github_pat|AIza)[-_]?[\w-]{16,})/g;
const IN_ADDRESS = /(:\/\/)[^/\s:@"']+:[^/\s@"']+@/g;
const BEARER = /\b(Bearer|Basic)[ \t]+[\w.~+/=-]{4,}/g;
/** Numbers, words of a format, addresses, and names of variables are no secrets. */
const HARMLESS = /^(?:[-+.\d_]+|true|false|null|none|https?:\/\/\S*|\$?\{?(?:env:)?[A-Z][A-Z0-9_]*\}?|\{.*|\[.*)$/;

export function hideSecrets(text: string, ours: readonly string[]): string {
  const placed = ours
    .filter((secret) => secret !== '')
    .reduce((now, secret) => now.replaceAll(secret, KEY_PLACEHOLDER), text);
  return placed
    .replaceAll(BEARER, `$1 ${HIDDEN}`)
    .replaceAll(NAMED, (whole, name: string, quote: string, value: string) =>
      value === KEY_PLACEHOLDER || HARMLESS.test(value) ? whole : `${name}${quote}${HIDDEN}`,
    )
    .replaceAll(SHAPED, (found) => (found === KEY_PLACEHOLDER ? found : HIDDEN))
    .replaceAll(IN_ADDRESS, `$1${HIDDEN}@`);
}
