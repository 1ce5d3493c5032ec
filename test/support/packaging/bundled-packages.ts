/** Which packages a build contains, read from its source maps: another way than the one the build itself reports. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { filesBelow } from './packed.ts';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
}

const PACKAGE_DIR = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@]+)\//;

export function bundledPackages(root: string): BundledPackage[] {
  const dist = join(root, 'dist');
  const found = new Map<string, BundledPackage>();
  for (const map of filesBelow(dist).filter((path) => path.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(join(dist, map), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const dir = PACKAGE_DIR.exec(resolve(dirname(join(dist, map)), source))?.[1];
      if (dir === undefined || !existsSync(join(dir, 'package.json'))) continue;
      const { name, version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as BundledPackage;
      found.set(`${name}@${version}`, { name, version });
    }
  }
  return [...found.values()];
}
