/** Items of a YAML list that has a line for each. */
import { isMap, type YAMLSeq } from 'yaml';
import type { Step } from '../types.ts';
import { breakBefore, lineBreakOf, lineEnd, lineStart, splice } from './lines.ts';
import { endOf, rangeOf, withoutLines } from './yaml-nodes.ts';

export function findItem(list: YAMLSeq, { where, is }: Exclude<Step, string>): unknown {
  return list.items.find((item) => isMap(item) && item.get(where) === is);
}

export function appendItem(text: string, list: YAMLSeq, lines: readonly string[]): string {
  const at = lineEnd(text, endOf(text, list.items.at(-1)));
  const dash = rangeOf(list)[0];
  const lineBreak = lineBreakOf(text) + ' '.repeat(dash - lineStart(text, dash));
  return splice(text, at, at, lines.map((line) => lineBreak + line).join(''));
}

export function replaceItem(text: string, item: unknown, lines: readonly string[]): string {
  const [start] = rangeOf(item);
  const lineBreak = lineBreakOf(text) + ' '.repeat(start - lineStart(text, start));
  return splice(text, start, endOf(text, item), lines.join(lineBreak));
}

/** The last one leaves `[]`, for a name with nothing behind it is no list. */
export function removeItem(text: string, list: YAMLSeq, item: unknown): string {
  const dash = text.lastIndexOf('-', rangeOf(item)[0]);
  const end = endOf(text, item);
  if (list.items.length > 1) return withoutLines(text, dash, end);
  return splice(text, breakBefore(text, dash), end, ' []');
}
