/** Looks for words in a text: whole ones by a set, the rest by plain search where a word begins like it. Nothing backtracks. */
import { START_LENGTH, type WordGroup, type WordList } from './classify-words.ts';

export interface ReadText {
  /** Lower case, each run of anything but letters and digits one space, a space at both ends. */
  readonly text: string;
  readonly words: ReadonlySet<string>;
  /** How its words begin. */
  readonly starts: ReadonlySet<string>;
  /** Some of it is Chinese or Japanese. */
  readonly unspaced: boolean;
}

export function readText(text: string): ReadText {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  const words = new Set(plain.split(' '));
  const starts = new Set([...words].map((word) => word.slice(0, START_LENGTH)));
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(plain);
  return { text: ` ${plain} `, words, starts, unspaced };
}

export function has(read: ReadText, { words }: WordGroup): boolean {
  return (
    words.whole.some((word) => read.words.has(word)) ||
    words.within.some((phrase) => holds(read, phrase)) ||
    (read.unspaced && words.unspaced.some((word) => read.text.includes(word)))
  );
}

/** How many different ones. */
export function countOf(read: ReadText, { words }: WordGroup): number {
  const whole = words.whole.filter((word) => read.words.has(word)).length;
  const within = words.within.filter((phrase) => holds(read, phrase)).length;
  const unspaced = read.unspaced ? words.unspaced.filter((word) => read.text.includes(word)).length : 0;
  return whole + within + unspaced;
}

function holds({ text, starts }: ReadText, phrase: WordList['within'][number]): boolean {
  return starts.has(phrase.start) && text.includes(phrase.text);
}
