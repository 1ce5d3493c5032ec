/** YAML, edited in place: names of the top level, and items of the lists there. */
import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap } from 'yaml';
import type { EntryPath, EntryValue, Step } from '../types.ts';
import { indentAt, isBlank, lineBreakOf, lineEnd, lineStart, splice } from './lines.ts';
import { asRecord, pathText } from './paths.ts';
import { EditRefused } from './refused.ts';
import type { Syntax } from './syntax.ts';
import { appendItem, findItem, removeItem, replaceItem } from './yaml-list.ts';
import { endOf, pairOf, rangeOf, withoutLines } from './yaml-nodes.ts';

export const yaml: Syntax = {
  read(text) {
    return asRecord(documentOf(text).toJS({ maxAliasCount: 100 })) ?? {};
  },
  set(text, path, value) {
    const { name, item } = split(path);
    return item === undefined ? putPair(text, name, printed(value)) : putItem(text, name, item, linesOf(value));
  },
  copy(text, path, from) {
    const { name, item } = split(path);
    const value = pairOf(topLevel(from), name)?.value;
    if (item === undefined) {
      const [start, end] = rangeOf(value);
      return putPair(text, name, from.slice(start, end));
    }
    const found = isSeq(value) ? findItem(value, item) : undefined;
    if (found === undefined) throw new EditRefused(`${pathText(path)} is not in the backup`);
    const lines = from.slice(rangeOf(found)[0], endOf(from, found)).split(/\r?\n/);
    const column = rangeOf(found)[0] - lineStart(from, rangeOf(found)[0]);
    return putItem(
      text,
      name,
      item,
      lines.map((line, index) => (index === 0 ? line : line.slice(column))),
    );
  },
  remove(text, path) {
    const { name, item } = split(path);
    const pair = pairOf(topLevel(text), name);
    if (pair === undefined) return text;
    if (item === undefined)
      return withoutLines(text, rangeOf(pair.key)[0], Math.max(rangeOf(pair.key)[1] + 1, endOf(text, pair.value)));
    if (!isSeq(pair.value)) return text;
    const found = findItem(pair.value, item);
    return found === undefined ? text : removeItem(text, pair.value, found);
  },
};

function putPair(text: string, name: string, source: string): string {
  const map = topLevel(text);
  const pair = pairOf(map, name);
  if (pair === undefined) return appendLines(text, map, [`${name}: ${source}`]);
  const [start, end] = rangeOf(pair.value);
  if (isMap(pair.value) || isSeq(pair.value) || text.slice(start, end).includes('\n')) {
    throw new EditRefused(`${name} has more than one line, where one value was expected`);
  }
  if (source === '') return splice(text, rangeOf(pair.key)[1] + 1, end, '');
  return splice(text, start, end, text[start - 1] === ':' ? ` ${source}` : source);
}

function putItem(text: string, name: string, item: Exclude<Step, string>, lines: readonly string[]): string {
  const map = topLevel(text);
  const pair = pairOf(map, name);
  if (pair === undefined) return appendLines(text, map, [`${name}:`, ...asItem(lines).map((line) => `  ${line}`)]);
  const { value } = pair;
  const lineBreak = lineBreakOf(text);
  if (isSeq(value) && value.items.length > 0) {
    if (value.flow === true)
      throw new EditRefused(`${name} is written in brackets, where a list of lines was expected`);
    const found = findItem(value, item);
    return found === undefined ? appendItem(text, value, asItem(lines)) : replaceItem(text, found, lines);
  }
  const indent = `${lineBreak}${indentAt(text, rangeOf(pair.key)[0])}  `;
  const list = indent + asItem(lines).join(indent);
  const [start, end] = rangeOf(value);
  const nothing = isSeq(value) || isBlank(text.slice(start, end)) || /^(null|~)$/.test(text.slice(start, end));
  if (!nothing) throw new EditRefused(`${name} is one value, where a list was expected`);
  const colon = rangeOf(pair.key)[1] + 1;
  const emptied = isSeq(value) || !isBlank(text.slice(start, end)) ? splice(text, colon, end, '') : text;
  const at = lineEnd(emptied, colon);
  return splice(emptied, at, at, list);
}

/** Behind the last name; a file without any gets its first. */
function appendLines(text: string, map: YAMLMap | undefined, lines: readonly string[]): string {
  const lineBreak = lineBreakOf(text);
  const last = map?.items.at(-1);
  if (map === undefined || last === undefined) {
    if (text === '') return lines.join(lineBreak) + lineBreak;
    return text.endsWith('\n') ? text + lines.join(lineBreak) + lineBreak : text + lineBreak + lines.join(lineBreak);
  }
  const indent = indentAt(text, rangeOf(last.key)[0]);
  const end = Math.max(rangeOf(last.key)[1] + 1, endOf(text, last.value));
  const at = lineEnd(text, end);
  return splice(text, at, at, lines.map((line) => `${lineBreak}${indent}${line}`).join(''));
}

function topLevel(text: string): YAMLMap | undefined {
  const { contents } = documentOf(text);
  if (contents === null) return undefined;
  if (!isMap(contents) || contents.flow === true) {
    throw new EditRefused('its top level is not written as lines of names and values');
  }
  return contents;
}

function documentOf(text: string): Document.Parsed {
  // Silent, it would pass over a second document.
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) throw new EditRefused(`it is not valid YAML (line ${error.linePos?.[0].line ?? 1})`);
  return document;
}

function split(path: EntryPath): { name: string; item: Exclude<Step, string> | undefined } {
  const [name, item, ...deeper] = path;
  if (typeof name !== 'string' || typeof item === 'string' || deeper.length > 0) {
    throw new EditRefused(`${pathText(path)} lies too deep to be edited`);
  }
  return { name, item };
}

function asItem(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? `- ${line}` : line === '' ? line : `  ${line}`));
}

function linesOf(value: EntryValue): string[] {
  return stringify(value, { lineWidth: 0 }).trimEnd().split('\n');
}

function printed(value: EntryValue): string {
  if (typeof value === 'object') throw new EditRefused('only plain values are written there');
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
