/**
 * The simulator's tokens. Output: as many whole characters as fit into four bytes make one token, and each token is one
 * chunk of the stream. Input: one token for every four bytes, rounded up. Simple enough to check a bill by hand.
 */

export const BYTES_PER_TOKEN = 4;

export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

/** Joined again they are the text. */
export function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  let token = '';
  let bytes = 0;
  for (const char of text) {
    const size = Buffer.byteLength(char);
    if (bytes + size > BYTES_PER_TOKEN) {
      tokens.push(token);
      token = '';
      bytes = 0;
    }
    token += char;
    bytes += size;
  }
  if (token !== '') tokens.push(token);
  return tokens;
}
