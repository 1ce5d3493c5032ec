/** How a value from a config is named in a message: enough to recognise it, never enough to leak it. */

/** Fields where people paste a secret although a reference belongs there. */
const SECRET_FIELD = /(key|secret|token|password|credential|value|auth)$/i;
/** Well-known beginnings of secrets, and long runs that mix letters and digits as only machines write them. */
const SECRET_START = /^(sk|pk|gh|gsk|xai|key|tok|AIza|AKIA|Bearer|eyJ|hf|r8|ghp|whsec|xox)[-_A-Za-z0-9]{6,}/;
const PLAIN = /^[\w ./:@+-]{0,40}$/;

/** e.g. `the text "on"`, `the number 1.5`, `a list`, `nothing`. The text itself is left out when it may be a secret. */
export function showValue(value: unknown, field = ''): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  switch (typeof value) {
    case 'object':
      return 'a map of fields';
    case 'number':
      return SECRET_FIELD.test(field) ? 'a number' : `the number ${value}`;
    case 'boolean':
      return String(value);
    case 'string':
      if (value === '') return 'an empty text';
      return SECRET_FIELD.test(field) || looksSecret(value) || !PLAIN.test(value) ? 'a text' : `the text "${value}"`;
    default:
      return 'a value of another type';
  }
}

/** A field name is shown unless it looks like a secret that slipped to the wrong side of the colon. */
export function showKey(key: string): string {
  return looksSecret(key) || key.length > 60 ? '(a long name, not shown)' : JSON.stringify(key);
}

export function looksSecret(text: string): boolean {
  if (/^(env|file|keychain):/.test(text)) return false;
  if (SECRET_START.test(text)) return true;
  return /[A-Za-z0-9+_-]{24,}/.test(text) && /[0-9]/.test(text) && /[A-Za-z]/.test(text);
}
