import type { SourceFile } from './source-file.ts';

/**
 * The packages that loading these files loads too, sorted, by the names they are imported under. What is imported with
 * `import()` comes later, or never; Node's own modules do not count.
 */
export function packagesLoadedBy(entries: readonly string[], files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const packages = new Set<string>();

  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { specifier, target, typeOnly, lazy } of byPath.get(path)?.imports ?? []) {
      if (typeOnly || lazy) continue;
      if (target !== undefined) walk(target);
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  for (const entry of entries) walk(entry);
  return [...packages].sort();
}
