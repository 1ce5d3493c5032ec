/**
 * What of other people is inside a package: the packages that Vite put into the four programs (each build writes the list,
 * see vite.config.ts), the two native modules, and Electron. Development tools are not among them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Licence, readLicence } from './licences.ts';
import { type LockedPackage, readLockfile } from './lockfile.ts';

/** How it gets there. */
export type ShippedAs = 'bundled' | 'native' | 'compiled-in' | 'runtime';

export interface ShippedPackage extends LockedPackage {
  readonly licence: Licence;
  readonly as: ShippedAs;
  /** The programs it is part of, in the words of architecture.md; none for the runtime, which they run on. */
  readonly programs: readonly string[];
}

const PROGRAMS = [
  { program: 'window', file: 'dist/renderer/.vite/licences-window.json' },
  { program: 'preload', file: 'dist/electron/.vite/licences-preload.json' },
  { program: 'shell', file: 'dist/electron/.vite/licences-main.json' },
  { program: 'gateway', file: 'dist/proxy/.vite/licences-main.json' },
] as const;

/** Left out of the bundles; the headers of node-addon-api are compiled into both. */
export const NATIVE_MODULES = ['better-sqlite3', 'keytar'] as const;

interface BundledPackage {
  readonly name: string;
  readonly version: string;
}

function bundledIn(root: string, file: string): BundledPackage[] {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`${file} is missing: run npm run build`);
  return JSON.parse(readFileSync(path, 'utf8')) as BundledPackage[];
}

/** Sorted by name and version, each once. Throws where a licence is unknown, not allowed, or something is not locked. */
export function readShipped(root: string): ShippedPackage[] {
  const lockfile = readLockfile(root);
  const found = new Map<string, { locked: LockedPackage; as: ShippedAs; programs: string[] }>();
  const add = (locked: LockedPackage, as: ShippedAs, programs: string[]): void => {
    const key = `${locked.name}@${locked.version}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { locked, as, programs });
    else known.programs.push(...programs);
  };

  for (const { program, file } of PROGRAMS) {
    for (const { name, version } of bundledIn(root, file)) add(lockfile.find(name, version), 'bundled', [program]);
  }
  for (const name of NATIVE_MODULES) {
    add(lockfile.resolve(name), 'native', ['gateway']);
    add(lockfile.resolve('node-addon-api', name), 'compiled-in', ['gateway']);
  }
  add(lockfile.resolve('electron'), 'runtime', []);

  return [...found.values()]
    .map(({ locked, as, programs }) => ({ ...locked, as, programs, licence: readLicence(locked.dir) }))
    .sort((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

/** By code unit: the same order on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
