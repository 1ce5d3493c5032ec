/** What package-lock.json says of one installed package: the ground on which notices and SBOM stand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** The folder it is installed in, absolute. */
  readonly dir: string;
  /** SHA-512 of the archive in the registry, in hex. */
  readonly sha512: string;
}

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
}

const FOLDER = 'node_modules/';

function toPackage(root: string, path: string, entry: LockEntry): LockedPackage {
  const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
  const digest = /^sha512-(\S+)$/.exec(entry.integrity ?? '')?.[1];
  if (entry.version === undefined || digest === undefined) {
    throw new Error(`package-lock.json gives no version or no SHA-512 of ${path}: run npm install with this npm`);
  }
  return {
    name,
    version: entry.version,
    dir: join(root, path),
    sha512: Buffer.from(digest, 'base64').toString('hex'),
  };
}

export interface Lockfile {
  /** By name and version, wherever npm put it. Throws where it is not locked: what ships must be pinned. */
  find(name: string, version: string): LockedPackage;
  /** The package that `from` (a folder below node_modules, or '' for the project) gets when it requires `name`. */
  resolve(name: string, from?: string): LockedPackage;
}

export function readLockfile(root: string): Lockfile {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return {
    find(name, version) {
      const found = Object.entries(packages).find(
        ([path, entry]) => entry.version === version && (path === FOLDER + name || path.endsWith(`/${FOLDER}${name}`)),
      );
      if (found === undefined) throw new Error(`${name} ${version} is in the build but not in package-lock.json`);
      return toPackage(root, ...found);
    },
    resolve(name, from = '') {
      for (const base of from === '' ? [''] : [`${FOLDER}${from}/`, '']) {
        const path = `${base}${FOLDER}${name}`;
        const entry = packages[path];
        if (entry !== undefined) return toPackage(root, path, entry);
      }
      throw new Error(`${name} is not in package-lock.json`);
    },
  };
}
