/** Shown changes without secrets: the file may hold other keys right beside ours. */
import { KEY_PLACEHOLDER } from '../contract/connect.ts';

export const HIDDEN = '(hidden)';

/** `"apiKey": "..."`, `TOKEN=...`, `secret: ...`: in quotes to the closing one, else to what ends a value. Bounded: files may hold a long line. */
const NAMED =
  /(?<![\w.-])(["']?[\w.-]{0,80}(?:key|token|secret|passw(?:or)?d|credential|authorization|bearer)[\w-]{0,80}["']?[ \t]*[:=][ \t]*)(?:(["'`])((?:\\.|(?!\2)[^\r\n])+)|([^\s"'`,#}\]][^\r\n,}\]]*?)(?=[ \t]*(?:[,}\]\r\n]|#|$)))/gi;
/** Keys that give themselves away, whatever they are called. */
const SHAPED = /\b(?:gh_[\w-]{20,}|sk-[\w-]{8,}|(?:xai|gsk|hf|ghp|gho|github_pat|AIza)[-_]?[\w-]{16,})/g;
const IN_ADDRESS = /(:\/\/)[^/\s:@"']{1,200}:[^/\s@"']{1,200}@/g;
const BEARER = /\b(Bearer|Basic)[ \t]+[\w.~+/=-]{4,}/g;
/** Numbers, words of a format, addresses, and names of variables are no secrets. */
const HARMLESS =
  /^(?:[-+.\d_]+|\$\{.*|true|false|null|none|https?:\/\/\S*|\$?\{?(?:env:)?[A-Z][A-Z0-9_]*\}?|\{.*|\[.*)$/;

export function hideSecrets(text: string, ours: readonly string[]): string {
  const placed = ours
    .filter((secret) => secret !== '')
    .reduce((now, secret) => now.replaceAll(secret, KEY_PLACEHOLDER), text);
  return placed
    .replaceAll(BEARER, `$1 ${HIDDEN}`)
    .replaceAll(NAMED, (whole, name: string, quote: string | undefined, quoted: string | undefined, bare = '') => {
      const value: string = quoted ?? bare;
      const shown = value === KEY_PLACEHOLDER || value.endsWith(HIDDEN) || HARMLESS.test(value);
      return shown ? whole : `${name}${quote ?? ''}${HIDDEN}`;
    })
    .replaceAll(SHAPED, (found) => (found === KEY_PLACEHOLDER ? found : HIDDEN))
    .replaceAll(IN_ADDRESS, `$1${HIDDEN}@`);
}
