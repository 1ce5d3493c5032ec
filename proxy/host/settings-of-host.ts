/** What both hosts know of their surroundings: the release, and where the built window lies. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;

/** Beside the built gateway, or in dist/ when the source runs as it is. Undefined: not built. */
export function findRenderer(): string | undefined {
  for (const place of ['../renderer/', '../../renderer/', '../../dist/renderer/']) {
    const url = new URL(place, import.meta.url);
    if (existsSync(new URL('index.html', url)) && existsSync(new URL('assets', url))) return fileURLToPath(url);
  }
  return undefined;
}
