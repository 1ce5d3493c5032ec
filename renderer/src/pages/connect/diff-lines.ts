/** A unified diff, line by line, as it is drawn. Pure. */

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same' | 'gap';
  /** Without the sign; of a gap, the place it names. */
  readonly text: string;
  /** Numbers of the line before and after; left out where it is not. */
  readonly before?: number;
  readonly after?: number;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Headers of files are left out: who shows the diff says which file it is. */
export function diffLines(diff: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk !== null) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      if (inHunk) lines.push({ kind: 'gap', text: `line ${after}` });
      inHunk = true;
    } else if (inHunk && line.startsWith('+')) {
      lines.push({ kind: 'added', text: line.slice(1), after: after++ });
    } else if (inHunk && line.startsWith('-')) {
      lines.push({ kind: 'removed', text: line.slice(1), before: before++ });
    } else if (inHunk && line.startsWith(' ')) {
      lines.push({ kind: 'same', text: line.slice(1), before: before++, after: after++ });
    }
  }
  return lines;
}
