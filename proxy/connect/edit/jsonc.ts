/** JSON with comments and trailing commas, edited in place. */
import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { EntryPath } from '../types.ts';
import { indentOf, insertProperty, printed } from './jsonc-insert.ts';
import { removeProperty } from './jsonc-remove.ts';
import { isBlank, lineBreakOf, splice } from './lines.ts';
import { asRecord, pathText } from './paths.ts';
import { EditRefused } from './refused.ts';
import type { Syntax } from './syntax.ts';

export const jsonc: Syntax = {
  read(text) {
    return isBlank(text) ? {} : (asRecord(getNodeValue(rootOf(text))) ?? {});
  },
  set(text, path, value) {
    return put(text, path, (indent, context) => printed(value, context, indent));
  },
  copy(text, path, from) {
    const node = valueNode(rootOf(from), path);
    if (node === undefined) throw new EditRefused(`${pathText(path)} is not in the backup`);
    const source = from.slice(node.offset, node.offset + node.length);
    return put(text, path, () => source);
  },
  remove(text, path) {
    if (isBlank(text)) return text;
    const node = valueNode(rootOf(text), path);
    return node?.parent === undefined ? text : removeProperty(text, node.parent);
  },
};

type Print = (indent: string, text: string) => string;

function put(text: string, path: EntryPath, print: Print): string {
  const source = isBlank(text) ? `{}${lineBreakOf(text)}` : text;
  const root = rootOf(source);
  let at = root;
  for (const [depth, step] of names(path).entries()) {
    const property = propertyOf(at, step, path.slice(0, depth + 1));
    if (property === undefined) return insertProperty(source, at, names(path).slice(depth), print);
    const value = contentOf(property);
    if (depth === path.length - 1) {
      const indent = indentOf(source, property);
      return splice(source, value.offset, value.offset + value.length, print(indent, source));
    }
    if (value.type !== 'object') {
      throw new EditRefused(
        `${pathText(path.slice(0, depth + 1))} holds a value of type ${value.type}, where an object was expected`,
      );
    }
    at = value;
  }
  return source;
}

function rootOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (root === undefined || first !== undefined) {
    throw new EditRefused(`it is not valid JSON (line ${text.slice(0, first?.offset ?? 0).split('\n').length})`);
  }
  if (root.type !== 'object')
    throw new EditRefused(`it holds a value of type ${root.type}, where an object was expected`);
  return root;
}

function valueNode(root: Node, path: EntryPath): Node | undefined {
  let at: Node | undefined = root;
  for (const [depth, step] of names(path).entries()) {
    if (at?.type !== 'object') return undefined;
    const property = propertyOf(at, step, path.slice(0, depth + 1));
    at = property === undefined ? undefined : contentOf(property);
  }
  return at;
}

/** Which of two the tool takes is not ours to guess. */
function propertyOf(object: Node, name: string, path: EntryPath): Node | undefined {
  const found = (object.children ?? []).filter((property) => property.children?.[0]?.value === name);
  if (found.length > 1) throw new EditRefused(`${pathText(path)} stands in it twice`);
  return found[0];
}

function contentOf(property: Node): Node {
  const value = property.children?.[1];
  if (value === undefined) throw new EditRefused('a name in it has no value');
  return value;
}

function names(path: EntryPath): string[] {
  return path.map((step) => {
    if (typeof step !== 'string') throw new EditRefused('lists in JSON are not edited');
    return step;
  });
}
