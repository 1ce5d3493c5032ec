/** Ids of tool calls in the letters and lengths that a provider takes; the same id becomes the same one in every request. */
import { createHash } from 'node:crypto';

const LENGTH_MAX = 64;
const NINE = 9;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function callIdFor(id: string, nineLetters: boolean): string {
  if (nineLetters) return /^[A-Za-z0-9]{9}$/.test(id) ? id : hashed(id, NINE);
  return id.length > LENGTH_MAX || id === '' ? `call_${hashed(id, 24)}` : id;
}

function hashed(id: string, length: number): string {
  const digest = createHash('sha256').update(id).digest();
  return Array.from({ length }, (_, place) => LETTERS[(digest[place] ?? 0) % LETTERS.length]).join('');
}
