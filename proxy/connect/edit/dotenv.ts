/** `.env` files: one variable a line, the last of a name counts. */
import type { EntryPath, EntryValue } from '../types.ts';
import { breakBefore, isBlank, lineBreakOf, nextLine, splice } from './lines.ts';
import { EditRefused } from './refused.ts';
import type { Syntax } from './syntax.ts';

interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Of the line, without its break. */
  readonly start: number;
  readonly end: number;
  /** Of the value with its quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** As dotenv reads it: `export` before the name, quotes in which line breaks may stand, a comment behind. */
const LINE =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^#\r\n]*?)[ \t]*(?:#[^\r\n]*)?$/gm;

export const dotenv: Syntax = {
  read(text) {
    return Object.fromEntries(assignments(text).map(({ name, value }) => [name, value]));
  },
  set(text, path, value) {
    return put(text, nameOf(path), printed(value));
  },
  copy(text, path, from) {
    const found = last(from, nameOf(path));
    if (found === undefined) throw new EditRefused(`${nameOf(path)} is not in the backup`);
    return put(text, nameOf(path), from.slice(found.valueStart, found.valueEnd));
  },
  remove(text, path) {
    let now = text;
    for (let found = last(now, nameOf(path)); found !== undefined; found = last(now, nameOf(path))) {
      const next = nextLine(now, found.end);
      const noBreak = next === now.length && !now.endsWith('\n');
      now = splice(now, noBreak ? breakBefore(now, found.start) : found.start, next, '');
    }
    return now;
  },
};

function put(text: string, name: string, source: string): string {
  const found = last(text, name);
  if (found !== undefined) return splice(text, found.valueStart, found.valueEnd, source);
  const line = `${name}=${source}`;
  const lineBreak = lineBreakOf(text);
  if (text === '' || isBlank(text)) return `${text}${line}${lineBreak}`;
  return text.endsWith('\n') ? `${text}${line}${lineBreak}` : `${text}${lineBreak}${line}`;
}

function last(text: string, name: string): Assignment | undefined {
  return assignments(text).findLast((found) => found.name === name);
}

function assignments(text: string): Assignment[] {
  return [...text.matchAll(LINE)].map((match) => {
    const [whole, name = '', source = ''] = match;
    const before = /=[ \t]*/.exec(whole);
    const valueStart = match.index + (before === null ? 0 : before.index + before[0].length);
    const end = match.index + whole.replace(/\r$/, '').length;
    return { name, value: unquoted(source), start: match.index, end, valueStart, valueEnd: valueStart + source.length };
  });
}

function unquoted(source: string): string {
  const [quote = ''] = source;
  if (source.length < 2 || !['"', "'", '`'].includes(quote) || !source.endsWith(quote)) return source;
  const inner = source.slice(1, -1);
  return quote === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}

/** What Gatehouse writes is an address, a key or a model's name. */
function printed(value: EntryValue): string {
  if (typeof value !== 'string' || /[\r\n'"`\\]/.test(value)) throw new EditRefused('only plain text is written to it');
  return /[\s#$]/.test(value) ? `'${value}'` : value;
}

function nameOf(path: EntryPath): string {
  const [name] = path;
  if (path.length !== 1 || typeof name !== 'string') throw new EditRefused('a .env file has no levels');
  return name;
}
