/** Where nodes of a YAML document begin and end in the text. */
import { isMap, isNode, isPair, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { breakBefore, lineStart, nextLine, splice } from './lines.ts';
import { EditRefused } from './refused.ts';

export function pairOf(map: YAMLMap | undefined, name: string): Pair | undefined {
  return map?.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** Of the value itself, without what follows it. */
export function rangeOf(node: unknown): readonly [number, number] {
  const range = isNode(node) ? node.range : undefined;
  if (range === null || range === undefined) throw new EditRefused('a part of it cannot be told apart');
  return [range[0], range[1]];
}

/** The end of the last character that belongs to it, before a line break. Ranges of blocks reach into the next line. */
export function endOf(text: string, node: unknown): number {
  if (isPair(node)) return Math.max(rangeOf(node.key)[1] + 1, endOf(text, node.value));
  const last = (isMap(node) || isSeq(node)) && node.flow !== true ? node.items.at(-1) : undefined;
  if (last !== undefined) return endOf(text, last);
  const [start, end] = rangeOf(node);
  return start + text.slice(start, end).trimEnd().length;
}

/** The whole lines from that of `start` to that of `end`. */
export function withoutLines(text: string, start: number, end: number): string {
  const next = nextLine(text, end);
  const last = next === text.length && !text.endsWith('\n');
  return splice(text, last ? breakBefore(text, start) : lineStart(text, start), next, '');
}
