/** How well typed words fit a text. Pure. */

const EXACT = 100;
const AT_START = 80;
const AT_WORD = 60;
const INSIDE = 40;
const SCATTERED = 20;
/** A single scattered letter is in nearly every text. */
const SCATTERED_LETTERS_MIN = 2;

/** Of one typed word, in lower case; undefined: the text does not have it. */
export function wordScore(word: string, text: string): number | undefined {
  const lower = text.toLowerCase();
  if (lower === word) return EXACT;
  const at = lower.indexOf(word);
  if (at === 0) return AT_START;
  if (at > 0) return startsWord(lower, word) ? AT_WORD : INSIDE;
  if (word.length < SCATTERED_LETTERS_MIN) return undefined;
  const gaps = scatteredGaps(word, lower);
  // Letters far apart are there by chance.
  return gaps === undefined || gaps > word.length * 2 ? undefined : SCATTERED - Math.min(gaps, SCATTERED - 1);
}

/** Typed words, in lower case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function startsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** Letters passed over between the first and the last letter that fit; undefined: they do not all come in order. */
function scatteredGaps(word: string, text: string): number | undefined {
  let gaps = 0;
  let last: number | undefined;
  for (const letter of word) {
    const at = text.indexOf(letter, last === undefined ? 0 : last + 1);
    if (at < 0) return undefined;
    if (last !== undefined) gaps += at - last - 1;
    last = at;
  }
  return gaps;
}
