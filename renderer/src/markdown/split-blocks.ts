/**
 * An answer's Markdown cut into pieces that can be drawn by themselves. While an answer streams only its last piece changes,
 * so everything before it is drawn once. Pure.
 */

/** A definition may be used anywhere, so such a text has to be read as a whole. */
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
/** Continues the list, quote or indented code above it, even after an empty line. */
const CONTINUES = /^(\s|[-+*] |\d{1,9}[.)] |>)/;
const ITEM = /^([-+*]|\d{1,9}[.)]) /;
/** A list goes on in a block of its own after so many characters; numbers and marks of its items stay what they are. */
const LIST_CHARACTERS_MAX = 2_500;

/** The pieces in order; joined by nothing they are the text again. */
export function splitBlocks(text: string): readonly string[] {
  if (DEFINITION.test(text)) return [text];
  const blocks: string[] = [];
  let block = '';
  let fence: string | undefined;
  let afterGap = false;
  for (const line of linesOf(text)) {
    const blank = line.trim() === '';
    const begins = afterGap && !blank && !CONTINUES.test(line);
    if (fence === undefined && (begins || outgrows(block, line))) {
      blocks.push(block);
      block = '';
    }
    block += line;
    fence = fenceAfter(fence, line);
    afterGap = fence === undefined && (blank || (afterGap && block.trim() === ''));
  }
  return block === '' ? blocks : [...blocks, block];
}

function outgrows(list: string, line: string): boolean {
  return list.length > LIST_CHARACTERS_MAX && ITEM.test(line) && ITEM.test(list);
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The marks of the code fence that is open after this line. */
function fenceAfter(open: string | undefined, line: string): string | undefined {
  const [, marks, rest = ''] = FENCE.exec(line.trimEnd()) ?? [];
  if (marks === undefined) return open;
  if (open === undefined) return marks.startsWith('`') && rest.includes('`') ? undefined : marks;
  const closes = rest.trim() === '' && marks.startsWith(open.charAt(0)) && marks.length >= open.length;
  return closes ? undefined : open;
}
