/**
 * electron-builder calls this when all packages are made: SHA256SUMS beside them, as `sha256sum --check` reads it, so that
 * whoever downloads one can compare.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface MadePackages {
  readonly outDir: string;
  /** Absolute. */
  readonly artifactPaths: readonly string[];
}

/** Returns the files it has written, for electron-builder to count among its own. */
export default async function writeChecksums({ outDir, artifactPaths }: MadePackages): Promise<string[]> {
  if (artifactPaths.length === 0) return [];
  const lines: string[] = [];
  for (const path of artifactPaths.toSorted()) lines.push(`${await sha256Of(path)}  ${basename(path)}\n`);
  const file = join(outDir, 'SHA256SUMS');
  await writeFile(file, lines.join(''));
  return [file];
}

/** Read in pieces: a package has hundreds of megabytes. */
async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
