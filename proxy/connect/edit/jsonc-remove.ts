/** A property taken out of an object of JSON with comments: the way back from jsonc-insert. */
import type { Node } from 'jsonc-parser';
import { endOf } from './jsonc-insert.ts';
import { breakBefore, isBlank, lineEnd, lineStart, nextLine, splice } from './lines.ts';

export function removeProperty(text: string, property: Node): string {
  const siblings = property.parent?.children ?? [];
  const index = siblings.indexOf(property);
  const previous = siblings[index - 1];
  const { end, comma } = endOf(text, property);
  if (comma !== undefined) return withoutPiece(text, property.offset, comma + 1);
  if (previous === undefined) return collapsed(withoutPiece(text, property.offset, end), property);
  const before = endOf(text, previous);
  // A comment behind it keeps the line.
  const start = isAlone(text, property.offset, end) ? breakBefore(text, property.offset) : property.offset;
  const behind = (before.comma ?? before.end) + 1;
  const blanks = /^[ \t]*$/.test(text.slice(behind, start));
  const rest = splice(text, blanks ? behind : start, end, '');
  return before.comma === undefined ? rest : splice(rest, before.comma, before.comma + 1, '');
}

/** With its line where it had one to itself, else with the blanks behind it. */
function withoutPiece(text: string, start: number, end: number): string {
  if (isAlone(text, start, end) && lineStart(text, start) > 0)
    return splice(text, lineStart(text, start), nextLine(text, end), '');
  const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  return splice(text, start, end + blanks, '');
}

function isAlone(text: string, start: number, end: number): boolean {
  return isBlank(text.slice(lineStart(text, start), start)) && isBlank(text.slice(end, lineEnd(text, end)));
}

/** `{` and `}` with nothing but blanks between them come together. */
function collapsed(text: string, { parent }: Node): string {
  if (parent === undefined) return text;
  const inner = /^\{(\s*)\}/.exec(text.slice(parent.offset));
  return inner === null ? text : splice(text, parent.offset, parent.offset + inner[0].length, '{}');
}
