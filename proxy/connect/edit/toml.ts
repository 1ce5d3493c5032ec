/** TOML, edited in place: values replaced, lines and tables put in and taken out. */
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import type { EntryPath, EntryValue } from '../types.ts';
import { breakBefore, isBlank, lineBreakOf, lineEnd, lineStart, nextLine, splice } from './lines.ts';
import { asRecord, pathText } from './paths.ts';
import { EditRefused } from './refused.ts';
import type { Syntax } from './syntax.ts';

export const toml: Syntax = {
  read(text) {
    return asRecord(getStaticTOMLValue(parsed(text))) ?? {};
  },
  set(text, path, value) {
    return put(text, names(path), printed(value));
  },
  copy(text, path, from) {
    const found = findValue(parsed(from), names(path));
    if (found === undefined) throw new EditRefused(`${pathText(path)} is not in the backup`);
    const [start, end] = found.value.range;
    return put(text, names(path), from.slice(start, end));
  },
  remove(text, path) {
    const program = parsed(text);
    const found = findValue(program, names(path));
    if (found !== undefined)
      return isOnly(program, found) ? withoutOnly(text, program, found) : withoutLine(text, found.range);
    const table = findTable(program, names(path));
    return table === undefined ? text : withoutTable(text, table);
  },
};

function put(text: string, path: readonly string[], source: string): string {
  const program = parsed(text);
  const found = findValue(program, path);
  if (found !== undefined) return splice(text, found.value.range[0], found.value.range[1], source);
  const parent = path.slice(0, -1);
  const line = `${keyText(path.slice(-1))} = ${source}`;
  if (parent.length === 0) return intoTop(text, program, line);
  const table = findTable(program, parent);
  if (table !== undefined) return behindLine(text, table.body.at(-1)?.range[1] ?? headerEnd(table), line);
  for (let depth = 1; depth <= parent.length; depth += 1) {
    if (findValue(program, parent.slice(0, depth)) !== undefined) {
      throw new EditRefused(`${parent.slice(0, depth).join('.')} is written as a value, where a table was expected`);
    }
  }
  return appended(text, `[${keyText(parent)}]${lineBreakOf(text)}${line}`);
}

/** Names before the first table: behind the last of them, else before that table and the comments that belong to it. */
function intoTop(text: string, program: AST.TOMLProgram, line: string): string {
  const { body } = program.body[0];
  const last = body.filter((node) => node.type === 'TOMLKeyValue').at(-1);
  if (last !== undefined) return behindLine(text, last.range[1], line);
  const table = body[0];
  const lineBreak = lineBreakOf(text);
  if (table === undefined) return appended(text, line);
  const at = commentsBefore(text, lineStart(text, table.range[0]));
  return splice(text, at, at, `${line}${lineBreak}${lineBreak}`);
}

/** The comments right above; a block that begins the file speaks of the whole of it. */
function commentsBefore(text: string, from: number): number {
  let at = from;
  while (at > 0) {
    const start = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(start, at))) return at;
    at = start;
  }
  return from;
}

function behindLine(text: string, at: number, line: string): string {
  const end = lineEnd(text, at);
  return splice(text, end, end, lineBreakOf(text) + line);
}

/** At the end, a blank line between; the last line keeps or keeps lacking its break. */
function appended(text: string, block: string): string {
  const lineBreak = lineBreakOf(text);
  if (text === '') return block + lineBreak;
  return text.endsWith('\n') ? `${text}${lineBreak}${block}${lineBreak}` : `${text}${lineBreak}${lineBreak}${block}`;
}

/** A comment behind it stays. */
function withoutLine(text: string, [start, end]: AST.Range): string {
  if (!isBlank(text.slice(end, lineEnd(text, end)))) {
    const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    return splice(text, start, end + blanks, '');
  }
  if (!isBlank(text.slice(lineStart(text, start), start))) return withoutInline(text, start, end);
  return withoutLines(text, lineStart(text, start), end);
}

function isOnly(program: AST.TOMLProgram, node: AST.TOMLKeyValue): boolean {
  const [top] = program.body;
  return node.parent === top && top.body.filter(({ type }) => type === 'TOMLKeyValue').length === 1;
}

/** The only name before the tables goes with the blank line that came with it: behind it, or above it where nothing follows. */
function withoutOnly(text: string, program: AST.TOMLProgram, { range }: AST.TOMLKeyValue): string {
  const [start, end] = range;
  const line = lineStart(text, start);
  if (!isBlank(text.slice(end, lineEnd(text, end)))) return withoutLine(text, range);
  const next = nextLine(text, end);
  if (program.body[0].body.length > 1) {
    const behind = next < text.length && isBlank(text.slice(next, nextLine(text, next)));
    return splice(text, line, behind ? nextLine(text, next) : next, '');
  }
  const above = line === 0 ? 0 : lineStart(text, line - 1);
  return withoutLines(text, line > 0 && isBlank(text.slice(above, line)) ? above : line, end);
}

/** Of an inline table. */
function withoutInline(text: string, start: number, end: number): string {
  const behind = /^\s*,[ \t]*/.exec(text.slice(end));
  if (behind !== null) return splice(text, start, end + behind[0].length, '');
  const before = /,\s*$/.exec(text.slice(0, start));
  return splice(text, before === null ? start : before.index, end, '');
}

function withoutTable(text: string, table: AST.TOMLTable): string {
  if (table.body.length > 0) throw new EditRefused(`the table ${keyText(keysOf(table.key))} is not empty`);
  const [start, end] = table.range;
  const line = lineStart(text, start);
  if (!isBlank(text.slice(end, lineEnd(text, end)))) return splice(text, start, end, '');
  const above = line === 0 ? 0 : lineStart(text, line - 1);
  return withoutLines(text, line > 0 && isBlank(text.slice(above, line)) ? above : line, end);
}

function withoutLines(text: string, start: number, end: number): string {
  const next = nextLine(text, end);
  const last = next === text.length && !text.endsWith('\n');
  return splice(text, last ? breakBefore(text, start) : start, next, '');
}

function parsed(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch (error) {
    // Its message says what is wrong and may quote a name; the line is enough to find it.
    const line = error instanceof SyntaxError && 'lineNumber' in error ? ` (line ${String(error.lineNumber)})` : '';
    throw new EditRefused(`it is not valid TOML${line}`);
  }
}

function findTable(program: AST.TOMLProgram, path: readonly string[]): AST.TOMLTable | undefined {
  return program.body[0].body
    .filter((node) => node.type === 'TOMLTable')
    .find((table) => table.kind === 'standard' && isSame(keysOf(table.key), path));
}

function findValue(program: AST.TOMLProgram, path: readonly string[]): AST.TOMLKeyValue | undefined {
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      const found = within(node, path);
      if (found !== undefined) return found;
    } else if (node.kind === 'standard' && startsWith(path, keysOf(node.key))) {
      const rest = path.slice(node.key.keys.length);
      for (const inner of node.body) {
        const found = within(inner, rest);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function within(node: AST.TOMLKeyValue, path: readonly string[]): AST.TOMLKeyValue | undefined {
  const keys = keysOf(node.key);
  if (isSame(keys, path)) return node;
  if (!startsWith(path, keys) || node.value.type !== 'TOMLInlineTable') return undefined;
  for (const inner of node.value.body) {
    const found = within(inner, path.slice(keys.length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function headerEnd({ key }: AST.TOMLTable): number {
  return key.range[1] + 1;
}

function keysOf({ keys }: AST.TOMLKey): string[] {
  return keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}

function keyText(keys: readonly string[]): string {
  return keys.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, index) => key === path[index]);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && startsWith(one, other);
}

/** Escapes of JSON are escapes of TOML's basic strings too. */
function printed(value: EntryValue): string {
  if (typeof value === 'object') throw new EditRefused('only plain values are written to TOML');
  return JSON.stringify(value);
}

function names(path: EntryPath): string[] {
  return path.map((step) => {
    if (typeof step !== 'string') throw new EditRefused('lists in TOML are not edited');
    return step;
  });
}
