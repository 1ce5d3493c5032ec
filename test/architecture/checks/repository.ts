import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readSource, type SourceFile } from './source-file.ts';

export const root = join(import.meta.dirname, '..', '..', '..');

/** Every TypeScript and JavaScript file below the given folders, parsed. */
export function sourcesBelow(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => {
        const full = join(entry.parentPath, entry.name);
        return readSource(relative(root, full).split(sep).join('/'), readFileSync(full, 'utf8'));
      }),
  );
}
