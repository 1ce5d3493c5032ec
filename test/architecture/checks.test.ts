/** The checks themselves: each must see a planted violation, or a green architecture test means nothing. */
import { describe, expect, test } from 'vitest';
import { importCircles } from './checks/circles.ts';
import { brokenHabits, lineCountMax } from './checks/habits.ts';
import { packagesLoadedBy } from './checks/loaded-at-start.ts';
import { brokenLockfile, brokenPackageJson } from './checks/packages.ts';
import { brokenImports } from './checks/room-table.ts';
import { readSource } from './checks/source-file.ts';

const file = (path: string, text: string) => readSource(path, text);
const importsOf = (path: string, text: string) => brokenImports([file(path, text)]);

describe('reading a source file', () => {
  test('finds every way to import, and which of them are types only', () => {
    const source = file(
      'proxy/core/a.ts',
      `import type { A } from './type.ts';
       import { type B } from './inline-type.ts';
       import C, { type D } from './mixed.ts';
       import './effect.ts';
       export { e } from './again.ts';
       export type { F } from './type-again.ts';
       export * from './all.ts';
       type G = import('./in-type.ts').G;
       const h = await import('./lazy.ts');
       const local = 1;
       export { local };`,
    );
    const seen = Object.fromEntries(source.imports.map(({ target, typeOnly }) => [target, typeOnly]));
    expect(seen).toEqual({
      'proxy/core/type.ts': true,
      'proxy/core/inline-type.ts': true,
      'proxy/core/mixed.ts': false,
      'proxy/core/effect.ts': false,
      'proxy/core/again.ts': false,
      'proxy/core/type-again.ts': true,
      'proxy/core/all.ts': false,
      'proxy/core/in-type.ts': true,
      'proxy/core/lazy.ts': false,
    });
  });

  test('refuses what it cannot parse instead of passing it', () => {
    expect(() => file('proxy/core/a.ts', 'import {')).toThrow('proxy/core/a.ts');
  });
});

describe('the room table', () => {
  test.each([
    ['a lower room reaches up', 'proxy/core/a.ts', "import { x } from '../ledger/x.ts';"],
    ['a type reaches up', 'proxy/core/a.ts', "import type { X } from '../ledger/types.ts';"],
    ['a feature room uses a neighbour', 'proxy/ledger/a.ts', "import { x } from '../limits/x.ts';"],
    ['the pipeline uses the server', 'proxy/pipeline/a.ts', "import { x } from '../http/x.ts';"],
    ['the server uses the composition root', 'proxy/http/a.ts', "import { x } from '../gateway.ts';"],
    ['a lazy import reaches up', 'proxy/usage/a.ts', "await import('../pipeline/x.ts');"],
    ['the window uses the gateway', 'renderer/src/a.tsx', "import { x } from '../../proxy/core/x.ts';"],
    ['the window uses the shell', 'renderer/src/a.tsx', "import type { X } from '../../electron/channels.ts';"],
    ['the window uses Node', 'renderer/src/a.tsx', "import { readFile } from 'node:fs/promises';"],
    ['the shell uses the gateway', 'electron/a.ts', "import { x } from '../proxy/ledger/x.ts';"],
    ['the gateway uses Electron', 'proxy/host/a.ts', "import { app } from 'electron';"],
    ['a type of Electron in the gateway', 'proxy/host/a.ts', "import type { App } from 'electron';"],
    ['the gateway uses the shell', 'proxy/host/a.ts', "import { x } from '../../electron/x.ts';"],
    ['the contract uses a package', 'proxy/contract/a.ts', "import fastify from 'fastify';"],
    ['the contract uses Node', 'proxy/contract/a.ts', "import { join } from 'node:path';"],
    ['product code uses a test helper', 'proxy/core/a.ts', "import { x } from '../../test/support/x.ts';"],
    ['a room that nobody placed', 'proxy/attic/a.ts', "import { x } from '../core/x.ts';"],
  ])('sees that %s', (_what, path, text) => {
    expect(importsOf(path, text)).toHaveLength(1);
  });

  test.each([
    ['a room uses itself', 'proxy/ledger/a.ts', "import { x } from './deep/x.ts';"],
    ['a room uses what lies below', 'proxy/pipeline/a.ts', "import { x } from '../ledger/x.ts';"],
    ['a room keeps rows', 'proxy/usage/a.ts', "import { x } from '../storage/x.ts';"],
    ["a neighbour's face", 'proxy/limits/a.ts', "import { x } from '../ledger/types.ts';"],
    ["a neighbour's type", 'proxy/http/a.ts', "import type { X } from '../control/router.ts';"],
    ['the window speaks the contract', 'renderer/src/a.ts', "import { x } from '../../proxy/contract/views.ts';"],
    ['the shell uses Electron', 'electron/window/a.ts', "import { app } from 'electron';"],
    ['the version', 'proxy/host/a.ts', "import pkg from '../../package.json' with { type: 'json' };"],
    ['the contract uses zod', 'proxy/contract/a.ts', "import { z } from 'zod';"],
  ])('allows that %s', (_what, path, text) => {
    expect(importsOf(path, text)).toEqual([]);
  });
});

describe('circles', () => {
  test('a circle over three files is told once', () => {
    const circles = importCircles([
      file('proxy/core/a.ts', "import './b.ts';"),
      file('proxy/core/b.ts', "export * from './c.ts';"),
      file('proxy/core/c.ts', "await import('./a.ts');"),
    ]);
    expect(circles).toEqual(['proxy/core/a.ts -> proxy/core/b.ts -> proxy/core/c.ts -> proxy/core/a.ts']);
  });

  test('a circle that starts behind a shared file is found', () => {
    const circles = importCircles([
      file('proxy/core/start.ts', "import './a.ts'; import './b.ts';"),
      file('proxy/core/a.ts', "import './b.ts';"),
      file('proxy/core/b.ts', "import './a.ts';"),
    ]);
    expect(circles).toHaveLength(1);
  });

  test('a diamond, and types both ways, are no circle', () => {
    const circles = importCircles([
      file('proxy/core/a.ts', "import './b.ts'; import './c.ts';"),
      file('proxy/core/b.ts', "import './d.ts';"),
      file('proxy/core/c.ts', "import './d.ts';"),
      file('proxy/core/d.ts', "import type { A } from './a.ts';"),
    ]);
    expect(circles).toEqual([]);
  });
});

describe('habits', () => {
  test.each([
    ['a long file', 'const x = 1;\n'.repeat(lineCountMax + 1).replaceAll('const', 'var')],
    ['a loose type', 'let x: any;'],
    ['a loose type in a generic', 'const x = new Map<string, Array<any>>();'],
    ['a silenced compiler', `// @ts-${'ignore'}\nlet x = 1;`],
    ['a silenced linter', `/* biome-${'ignore'} lint: reasons */\nlet x = 1;`],
    ['postponed work', `// ${'TO'}${'DO'} later\nlet x = 1;`],
  ])('sees %s', (_what, text) => {
    expect(brokenHabits([file('proxy/core/a.ts', text)])).toHaveLength(1);
  });

  test('a file at the limit, and the words inside a string, are fine', () => {
    expect(brokenHabits([file('proxy/core/a.ts', 'f();\n'.repeat(lineCountMax))])).toEqual([]);
    expect(brokenHabits([file('proxy/core/a.ts', `const any = '@ts-${'ignore'} ${'TO'}${'DO'}';`)])).toEqual([]);
  });
});

test('what loading a file loads: packages met on the way, not those of types or of later', () => {
  const files = [
    file(
      'proxy/main.ts',
      `import 'fastify'; import './b.ts'; import type { A } from './c.ts'; await import('./d.ts');`,
    ),
    file('proxy/b.ts', `import { join } from 'node:path'; export { z } from 'zod'; import './main.ts';`),
    file('proxy/c.ts', `import 'only-types-are-taken-from-here';`),
    file('proxy/d.ts', `import 'later';`),
  ];
  expect(packagesLoadedBy(['proxy/main.ts'], files)).toEqual(['fastify', 'zod']);
  expect(packagesLoadedBy(['proxy/main.ts', 'proxy/d.ts'], files)).toEqual(['fastify', 'later', 'zod']);
});

describe('packages', () => {
  test.each(['^1.0.0', '~1.0.0', '1.x', 'latest', '*', 'file:../x', 'https://example.com/x.tgz'])(
    'sees the loose version %s',
    (version) => {
      expect(brokenPackageJson({ optionalDependencies: { a: version }, devDependencies: { b: '1.2.3' } })).toHaveLength(
        1,
      );
    },
  );

  test('sees an install script that nobody decided on', () => {
    expect(
      brokenPackageJson({ allowScripts: { node: true, keytar: true, evil: true, 'better-sqlite3': false } }),
    ).toEqual(['evil may run an install script']);
  });

  test('sees a registry host', () => {
    expect(brokenLockfile('{\n  "resolved": "https://registry.example/a/-/a-1.0.0.tgz"\n}')).toHaveLength(1);
    expect(brokenLockfile('{\n  "version": "1.0.0",\n  "funding": "https://example.com"\n}')).toEqual([]);
  });
});
