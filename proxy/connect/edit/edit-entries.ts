/** Our entries put into a text, and taken out of it again. Every step is checked against the data it should make. */
import type { FileFormat } from '../../contract/connect.ts';
import type { Entry, EntryPath } from '../types.ts';
import { dotenv } from './dotenv.ts';
import { jsonc } from './jsonc.ts';
import { asRecord, isSame, pathText, valueAt, withEntry } from './paths.ts';
import { EditRefused } from './refused.ts';
import type { Syntax } from './syntax.ts';
import { toml } from './toml.ts';
import { yaml } from './yaml.ts';

const SYNTAXES: Readonly<Record<FileFormat, Syntax>> = { jsonc, toml, yaml, dotenv };
const MARK = '\uFEFF';

/** The file as data. Throws EditRefused. */
export function readEntries(text: string, format: FileFormat): Readonly<Record<string, unknown>> {
  return SYNTAXES[format].read(unmarked(text));
}

/** Throws EditRefused when the file cannot take one of them. What is there already stays as it is written. */
export function putEntries(text: string, format: FileFormat, entries: readonly Entry[]): string {
  const syntax = SYNTAXES[format];
  return marked(text, (body) =>
    entries.reduce((now, { path, value, ifMissing }) => {
      const before = syntax.read(now);
      if (ifMissing === true && valueAt(before, path) !== undefined) return now;
      if (isSame(valueAt(before, path), value)) return now;
      const after = value === undefined ? syntax.remove(now, path) : syntax.set(now, path, value);
      expectData(syntax, after, withEntry(before, path, value), path);
      return after;
    }, body),
  );
}

/** Each path as `earlier` has it, byte for byte; gone where `earlier` has nothing, with what was only made for it. */
export function restoreEntries(text: string, format: FileFormat, paths: readonly EntryPath[], earlier: string): string {
  const syntax = SYNTAXES[format];
  const from = unmarked(earlier);
  const old = syntax.read(from);
  return marked(text, (body) =>
    paths.toReversed().reduce((now, path) => {
      const before = syntax.read(now);
      if (valueAt(old, path) !== undefined) {
        if (isSame(valueAt(before, path), valueAt(old, path))) return now;
        const after = syntax.copy(now, path, from);
        expectSame(readBack(syntax, after), path, valueAt(old, path));
        return after;
      }
      const after = valueAt(before, path) === undefined ? now : syntax.remove(now, path);
      expectData(syntax, after, withEntry(before, path, undefined), path);
      return withoutEmptied(syntax, after, path, from);
    }, body),
  );
}

/** What was made on the way to an entry goes with it, once nothing else is in it; what was empty is so in its own way. */
function withoutEmptied(syntax: Syntax, text: string, path: EntryPath, from: string): string {
  const old = syntax.read(from);
  let now = text;
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const way = path.slice(0, depth);
    if (!isEmpty(valueAt(syntax.read(now), way))) return now;
    if (valueAt(old, way) !== undefined) {
      return syntax === jsonc && isEmpty(valueAt(old, way)) ? syntax.copy(now, way, from) : now;
    }
    now = syntax.remove(now, way);
  }
  return now;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const record = asRecord(value);
  return record !== undefined && Object.keys(record).length === 0;
}

/** An edit that did more or less than it should, or broke the file, is never written. */
function expectData(syntax: Syntax, text: string, expected: unknown, path: EntryPath): void {
  if (!isSame(readBack(syntax, text), expected)) {
    throw new EditRefused(`${pathText(path)} is written in a way that Gatehouse does not edit`);
  }
}

/** Undefined: what came out does not parse, for the place was one that the editor does not know. */
function readBack(syntax: Syntax, text: string): unknown {
  try {
    return syntax.read(text);
  } catch (error) {
    if (error instanceof EditRefused) return undefined;
    throw error;
  }
}

function expectSame(data: unknown, path: EntryPath, expected: unknown): void {
  if (!isSame(valueAt(data, path), expected)) {
    throw new EditRefused(`${pathText(path)} cannot be put back as it was`);
  }
}

function marked(text: string, edit: (body: string) => string): string {
  const body = unmarked(text);
  const edited = edit(body);
  return text === body ? edited : MARK + edited;
}

function unmarked(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}
