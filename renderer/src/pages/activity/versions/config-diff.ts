/** What differs between two configs as YAML, line by line, with what is the same folded away. Pure. */
import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Counts from 1, in the file the line stands in: the later one, for a removed line the earlier. */
  readonly number: number;
}

export type DiffPart =
  | { readonly kind: 'shown'; readonly lines: readonly DiffLine[] }
  /** `within`: the part of the config that the next shown line belongs to, such as `budgets`. */
  | { readonly kind: 'folded'; readonly lines: readonly DiffLine[]; readonly within: string | undefined };

export interface ConfigDiff {
  readonly parts: readonly DiffPart[];
  readonly added: number;
  readonly removed: number;
}

/** Unchanged lines left standing around a change. */
const CONTEXT_LINES = 3;
/** Folding fewer saves nothing: the fold takes a line of its own. */
const FOLDED_LINES_MIN = 3;

export function diffConfigs(earlier: string, later: string): ConfigDiff {
  const lines = linesOf(earlier, later);
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { parts: fold(lines), added: count('added'), removed: count('removed') };
}

function linesOf(earlier: string, later: string): DiffLine[] {
  let earlierAt = 0;
  let laterAt = 0;
  return diffLines(earlier, later).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => {
        if (!added) earlierAt += 1;
        if (!removed) laterAt += 1;
        const kind = added ? 'added' : removed ? 'removed' : 'same';
        return { kind, text, number: removed ? earlierAt : laterAt };
      }),
  );
}

function fold(lines: readonly DiffLine[]): DiffPart[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ kind }) => kind !== 'same'),
  );
  const parts: DiffPart[] = [];
  let start = 0;
  while (start < lines.length) {
    const shown = near[start] === true;
    let end = start + 1;
    while (end < lines.length && (near[end] === true) === shown) end += 1;
    const part = lines.slice(start, end);
    if (shown || part.length < FOLDED_LINES_MIN) parts.push({ kind: 'shown', lines: part });
    else parts.push({ kind: 'folded', lines: part, within: sectionAt(lines, end) });
    start = end;
  }
  return parts;
}

/** The top-level name above the line at `index`; undefined where that line is one itself, or none follows. */
function sectionAt(lines: readonly DiffLine[], index: number): string | undefined {
  const next = lines[index];
  if (next === undefined || isTopLevel(next)) return undefined;
  const head = lines.slice(0, index).findLast(isTopLevel);
  return head?.text.replace(/:.*$/, '');
}

function isTopLevel({ text }: DiffLine): boolean {
  return /^[^\s#-]/.test(text);
}
