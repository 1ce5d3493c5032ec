/** Who may import whom: DESIGN's room table as data, and the check that reads it. */
import type { SourceFile } from './source-file.ts';

/** Rooms of one level know nothing of each other's internals; each level sees all levels below it. */
const LEVELS: readonly (readonly string[])[] = [
  ['contract'],
  ['core'],
  ['storage'],
  [
    'access-keys',
    'alerts',
    'catalog',
    'config',
    'connect',
    'credentials',
    'discovery',
    'firewall',
    'ledger',
    'limits',
    'prompts',
    'protocols',
    'providers',
    'routing',
    'usage',
  ],
  ['pipeline'],
  ['control', 'http'],
  ['gateway'],
  ['cli', 'host'],
  ['main'],
];

/** The packages that a room may use where not every package is open to it. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  contract: /^(zod|@orpc\/contract)(\/|$)/,
  core: /^node:/,
};

/** `proxy/<room>/...`, or a file of that name directly in proxy/; `electron` and `renderer` are rooms of their own. */
export function roomOf(path: string): string | undefined {
  const [top, second, third] = path.split('/');
  if (top === 'electron' || top === 'renderer') return top;
  if (top !== 'proxy' || second === undefined) return undefined;
  return third === undefined ? second.replace(/\.tsx?$/, '') : second;
}

const levelOf = (room: string): number => LEVELS.findIndex((level) => level.includes(room));

/** Types cross where code may not: a room's `types.ts` is its face to its neighbours. */
const isFace = (path: string): boolean => path.endsWith('/types.ts');

function refuseNeighbour(from: string, to: string, target: string, typeOnly: boolean): string | undefined {
  if (from === to) return undefined;
  if (from === 'electron' || from === 'renderer') {
    if (to === 'contract') return undefined;
    return `${from}/ may import proxy/contract only`;
  }
  if (to === 'electron' || to === 'renderer') return `proxy/ may not import ${to}/`;
  const fromLevel = levelOf(from);
  const toLevel = levelOf(to);
  if (fromLevel < 0) return `proxy/${from} is in no level of the room table`;
  if (toLevel < 0) return `proxy/${to} is in no level of the room table`;
  if (toLevel > fromLevel) return `${from} lies below ${to}`;
  if (toLevel === fromLevel && !(isFace(target) || typeOnly))
    return `${from} may import only types of its neighbour ${to}`;
  return undefined;
}

function refusePackage(room: string, specifier: string): string | undefined {
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    return room === 'electron' ? undefined : 'only electron/ may import electron';
  }
  if (room === 'renderer' && specifier.startsWith('node:')) return 'the window has no Node';
  const allowed = PACKAGES[room];
  if (allowed === undefined || allowed.test(specifier)) return undefined;
  return `${room} may not import this package`;
}

/** Every import of `files` that breaks the table, as `file imports target: why`. */
export function brokenImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const from = roomOf(file.path);
    if (from === undefined) return [];
    return file.imports.flatMap(({ specifier, target, typeOnly }) => {
      const why = target === undefined ? refusePackage(from, specifier) : refusePath(from, target, typeOnly);
      return why === undefined ? [] : [`${file.path} imports ${target ?? specifier}: ${why}`];
    });
  });
}

function refusePath(from: string, target: string, typeOnly: boolean): string | undefined {
  // Facts about the program itself: version, catalog, icons.
  if (target === 'package.json' || target.startsWith('resources/')) return undefined;
  const to = roomOf(target);
  if (to === undefined) return 'it lies outside the rooms';
  return refuseNeighbour(from, to, target, typeOnly);
}
