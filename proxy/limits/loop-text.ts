/**
 * A number that near-identical texts share: white space, numbers, timestamps and ids are left out. Keyed with a random
 * seed, kept in memory only and 64 bits wide; it cannot be turned back into a text.
 */

/** Of a longer text only this many characters at its beginning and at its end are read: a conversation is checked in microseconds. */
export const TEXT_SIDE_MAX = 2_048;

const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca6b;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const JOINS_DIGITS: ReadonlySet<number> = new Set([...'.:/,+'].map((sign) => sign.charCodeAt(0)));

/** Two 32-bit lanes; every value that is mixed in changes both. */
export class LoopHash {
  #a: number;
  #b: number;

  constructor(seedA: number, seedB: number) {
    this.#a = seedA | 0;
    this.#b = seedB | 0;
  }

  mix(value: number): void {
    this.#a = Math.imul(this.#a ^ value, PRIME_A);
    this.#a ^= this.#a >>> 15;
    this.#b = Math.imul(this.#b ^ value, PRIME_B);
    this.#b ^= this.#b >>> 13;
  }

  /** Exactly as it is: for roles and names. */
  word(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.mix(text.charCodeAt(at));
    this.mix(-1);
  }

  /** The beginning of a text, in the same way. */
  beginning(text: string, characters: number): void {
    this.#words(text, 0, Math.min(text.length, characters));
  }

  /** Without what near-identical texts differ in. Returns how many characters were read. */
  text(text: string): number {
    if (text.length <= 2 * TEXT_SIDE_MAX) return this.#words(text, 0, text.length);
    // How long it is, to an eighth of a power of two: texts that differ in their middle mostly differ in that too.
    this.mix(Math.round(Math.log2(text.length) * 8));
    return this.#words(text, 0, TEXT_SIDE_MAX) + this.#words(text, text.length - TEXT_SIDE_MAX, text.length);
  }

  /** As a key of a map. */
  digest(): string {
    return `${(this.#a >>> 0).toString(36)}.${(this.#b >>> 0).toString(36)}`;
  }

  /** Words are mixed in when they end, so that one with a digit in it (an id, a time, a count) can be left out whole. */
  #words(text: string, from: number, to: number): number {
    let word = 0;
    let length = 0;
    let digits = false;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      // 12:00:01.123, 2026/11/20 and 1,024 are one number each.
      if (isWord(code) || (digits && isDigit(text.charCodeAt(at + 1)) && JOINS_DIGITS.has(code))) {
        if (isDigit(code)) digits = true;
        word = Math.imul(word ^ code, PRIME_A);
        word ^= word >>> 15;
        length += 1;
        continue;
      }
      if (length > 0 && !digits) this.mix(word);
      word = 0;
      length = 0;
      digits = false;
      // Punctuation counts, white space does not.
      if (code > 0x20) this.mix(code);
    }
    if (length > 0 && !digits) this.mix(word);
    return to - from;
  }
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

/** Letters, digits, `_`, `-` (uuids) and everything beyond ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    isDigit(code) ||
    code === 0x5f ||
    code === 0x2d ||
    code > 0x7f
  );
}
