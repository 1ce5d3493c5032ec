/** A property put into an object of JSON with comments: behind the last one, in the manner of what is there. */
import type { Node } from 'jsonc-parser';
import type { EntryValue } from '../types.ts';
import { afterTrivia, sameLineTrivia } from './jsonc-trivia.ts';
import { indentAt, lineBreakOf, lineStart, splice } from './lines.ts';

/** Two blanks, unless the first indented line says otherwise. */
function unitOf(text: string): string {
  return /\n([ \t]+)["}]/.exec(text)?.[1] ?? '  ';
}

/** The blanks of the line where a property begins; undefined: it stands on a line with others. */
function ownIndent(text: string, { offset }: Node): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** The indent of what belongs to this property. */
export function indentOf(text: string, property: Node): string {
  return ownIndent(text, property) ?? indentAt(text, property.offset);
}

export function printed(value: EntryValue, text: string, indent: string): string {
  const lines = JSON.stringify(value, undefined, unitOf(text)).split('\n');
  return lines.join(lineBreakOf(text) + indent);
}

/** `names`: the property's, and those of the objects that are still missing inside it. */
export function insertProperty(
  text: string,
  object: Node,
  names: readonly string[],
  print: (indent: string, text: string) => string,
): string {
  const children = object.children ?? [];
  const last = children.at(-1);
  const inner = text.slice(object.offset, object.offset + object.length);
  const oneLine =
    !inner.includes('\n') && (last !== undefined || object.parent !== undefined) && !ownLine(text, object);
  if (oneLine) {
    const property = inlineProperty(names, print, text);
    if (last === undefined) return splice(text, object.offset + 1, object.offset + 1, property);
    const { end, comma } = endOf(text, last);
    return splice(
      text,
      comma ?? end,
      comma === undefined ? end : comma + 1,
      `, ${property}${comma === undefined ? '' : ','}`,
    );
  }
  const lineBreak = lineBreakOf(text);
  const outer = indentAt(text, object.offset);
  const indent = (last === undefined ? undefined : ownIndent(text, last)) ?? outer + unitOf(text);
  const property = blockProperty(names, print, text, indent);
  if (last === undefined) {
    const close = object.offset + object.length - 1;
    const closesOwnLine = /\n[ \t]*$/.test(text.slice(object.offset, close));
    const at = closesOwnLine ? lineStart(text, close) : close;
    return closesOwnLine
      ? splice(text, at, at, `${indent}${property}${lineBreak}`)
      : splice(text, at, at, `${lineBreak}${indent}${property}${lineBreak}${outer}`);
  }
  const { end, comma } = endOf(text, last);
  const at = sameLineTrivia(text, comma === undefined ? end : comma + 1);
  const tail = `${lineBreak}${indent}${property}${comma === undefined ? '' : ','}`;
  return comma === undefined
    ? `${text.slice(0, end)},${text.slice(end, at)}${tail}${text.slice(at)}`
    : splice(text, at, at, tail);
}

/** An empty object on a line with nothing but its own name may grow; one inside `{"a":{}}` stays where it is. */
function ownLine(text: string, { parent, children }: Node): boolean {
  return (children?.length ?? 0) === 0 && parent !== undefined && ownIndent(text, parent) !== undefined;
}

/** The comma is that behind it, if there is one. */
export function endOf(text: string, { offset, length }: Node): { end: number; comma: number | undefined } {
  const end = offset + length;
  const next = afterTrivia(text, end);
  return { end, comma: text[next] === ',' ? next : undefined };
}

function inlineProperty(
  [name = '', ...rest]: readonly string[],
  print: (indent: string, text: string) => string,
  text: string,
): string {
  if (rest.length > 0) return `${JSON.stringify(name)}: {${inlineProperty(rest, print, text)}}`;
  return `${JSON.stringify(name)}: ${compact(print('', text))}`;
}

/** A value with comments keeps its lines: a comment would swallow what follows it. */
function compact(source: string): string {
  try {
    return JSON.stringify(JSON.parse(source));
  } catch {
    return source;
  }
}

function blockProperty(
  [name = '', ...rest]: readonly string[],
  print: (indent: string, text: string) => string,
  text: string,
  indent: string,
): string {
  if (rest.length === 0) return `${JSON.stringify(name)}: ${print(indent, text)}`;
  const deeper = indent + unitOf(text);
  const lineBreak = lineBreakOf(text);
  return `${JSON.stringify(name)}: {${lineBreak}${deeper}${blockProperty(rest, print, text, deeper)}${lineBreak}${indent}}`;
}
