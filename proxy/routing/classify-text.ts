/** Looks for words in a text: whole ones by a set, the rest by plain search. Linear, nothing backtracks. */
import type { WordGroup } from './classify-words.ts';

export interface ReadText {
  /** Lower case, each run of anything but letters and digits one space, a space at both ends. */
  readonly text: string;
  readonly set: ReadonlySet<string>;
}

export function readText(text: string): ReadText {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  return { text: ` ${plain} `, set: new Set(plain.split(' ')) };
}

export function has({ text, set }: ReadText, { words }: WordGroup): boolean {
  return words.whole.some((word) => set.has(word)) || words.within.some((word) => text.includes(word));
}

/** How many different ones. */
export function countOf({ text, set }: ReadText, { words }: WordGroup): number {
  const whole = words.whole.filter((word) => set.has(word)).length;
  return whole + words.within.filter((word) => text.includes(word)).length;
}
