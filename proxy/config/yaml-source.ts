/** YAML text to plain data, with the position of every path, so that a problem can point into the file. */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ConfigProblem, PathSegment } from './problem.ts';
import { showKey } from './show-value.ts';
import { syntaxMessage } from './syntax-message.ts';

/** A config is a few kilobytes; past this it is another file taken by mistake. */
export const CONFIG_BYTES_MAX = 256 * 1024;
/** Anchors are welcome, bombs are not. */
const ALIASES_MAX = 100;

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface YamlSource {
  readonly data: unknown;
  /** Of the key at this path if it stands in the file, else of the nearest thing around it. */
  position(path: readonly PathSegment[]): Position | undefined;
}

export type YamlOutcome =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export function readYaml(text: string): YamlOutcome {
  const bytes = Buffer.byteLength(text);
  if (bytes > CONFIG_BYTES_MAX) {
    return failed(`the file has ${bytes} bytes; a config has ${CONFIG_BYTES_MAX} at most. Is it the right file?`);
  }
  if (text.includes('\u0000')) return failed('the file is not text (it holds NUL bytes); expected YAML in UTF-8');
  const lines = new LineCounter();
  // prettyErrors would quote the source line, which may hold a secret.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
    logLevel: 'error',
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const found = [...document.errors, ...document.warnings];
  if (found.length > 0) {
    // After a slip of indentation the parser reports its own confusion; only doubled keys are independent of each other.
    const doubled = found.filter((error) => error.code === 'DUPLICATE_KEY');
    const reported = doubled.length === found.length ? found : found.slice(0, 1);
    return {
      ok: false,
      problems: reported.map((error) => ({ path: '', message: syntaxMessage(error.code), ...at(error.pos[0]) })),
    };
  }
  const key = oddKey(document.contents);
  if (key !== undefined) {
    return {
      ok: false,
      problems: [{ path: '', message: 'a field name must be plain text', ...at(key.range?.[0] ?? 0) }],
    };
  }
  const data = toData(document);
  if (!data.ok) return failed(data.message);
  return { ok: true, source: { data: data.value, position: (path) => position(document, path, at) } };
}

function failed(message: string): YamlOutcome {
  return { ok: false, problems: [{ path: '', message }] };
}

function toData(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: ALIASES_MAX }) };
  } catch (error) {
    // The library throws ReferenceError for an alias without an anchor and for too many aliases; nothing else is expected.
    if (!(error instanceof ReferenceError)) throw error;
    const missing = /Unresolved alias .*: (.+)$/.exec(error.message)?.[1];
    const message =
      missing === undefined
        ? `there are more than ${ALIASES_MAX} aliases (*name); write the values out`
        : `the alias ${showKey(`*${missing}`)} has no anchor (&${missing}) above it; a text that begins with * needs quotes`;
    return { ok: false, message };
  }
}

/** The first key that is a list or a map: those would silently be turned into text. */
function oddKey(node: unknown): Node | undefined {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (isNode(key) && !isScalar(key)) return key;
      const inner = oddKey(value);
      if (inner !== undefined) return inner;
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      const inner = oddKey(item);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function position(
  document: Document,
  path: readonly PathSegment[],
  at: (offset: number) => Position,
): Position | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment));
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset === undefined ? undefined : at(offset);
}
