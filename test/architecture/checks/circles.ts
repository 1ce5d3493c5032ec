import type { SourceFile } from './source-file.ts';

/**
 * Every import circle, as the chain of files that closes it. Type-only imports are left out: they are gone at run time.
 * Each circle is told once, from the file where the walk met it first.
 */
export function importCircles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circles: string[] = [];

  const walk = (path: string, chain: readonly string[]): void => {
    const start = chain.indexOf(path);
    if (start >= 0) {
      circles.push([...chain.slice(start), path].join(' -> '));
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const { target, typeOnly } of file.imports) {
      if (target !== undefined && !typeOnly) walk(target, [...chain, path]);
    }
    done.add(path);
  };
  for (const file of files) walk(file.path, []);
  return circles;
}
