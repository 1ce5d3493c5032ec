/** The masked form of a secret, to recognise it by. */
const SECRET_CHARS_MIN = 16;

/** `sk-…x4Qf`: the first 3 and last 4 characters. Undefined for short secrets, where that would give too much away. */
export function hintOf(secret: string): string | undefined {
  if (secret.length < SECRET_CHARS_MIN) return undefined;
  return `${secret.slice(0, 3)}…${secret.slice(-4)}`;
}
