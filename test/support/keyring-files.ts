/** Looks for a string in the bytes of every file below a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of the files that contain `needle`. */
export function filesContaining(folder: string, needle: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(needle));
}
