/** What no file may contain, whichever room it is in. */
import type { SourceFile } from './source-file.ts';

export const lineCountMax = 400;

/** Split, so that this file does not find itself. */
const SUPPRESSIONS = [
  new RegExp(`@ts-${'ignore'}`),
  new RegExp(`@ts-${'nocheck'}`),
  new RegExp(`@ts-${'expect-error'}`),
  new RegExp(`biome-${'ignore'}`),
];
const POSTPONED = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`);

export function brokenHabits(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const problems: string[] = [];
    if (file.lineCount > lineCountMax) problems.push(`has ${file.lineCount} lines (at most ${lineCountMax})`);
    if (file.anyCount > 0) problems.push(`uses the type any ${file.anyCount} times`);
    for (const comment of file.comments) {
      if (SUPPRESSIONS.some((pattern) => pattern.test(comment))) problems.push(`silences a tool: ${comment.trim()}`);
      if (POSTPONED.test(comment)) problems.push(`postpones work: ${comment.trim()}`);
    }
    return problems.map((problem) => `${file.path} ${problem}`);
  });
}
