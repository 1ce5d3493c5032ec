import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importCircles } from './checks/circles.ts';
import { brokenHabits } from './checks/habits.ts';
import { packagesLoadedBy } from './checks/loaded-at-start.ts';
import { brokenLockfile, brokenPackageJson } from './checks/packages.ts';
import { root, sourcesBelow } from './checks/repository.ts';
import { brokenImports } from './checks/room-table.ts';

const product = sourcesBelow(['proxy', 'electron', 'renderer']);
const everything = [...product, ...sourcesBelow(['test', 'scripts'])];

test('every room imports only what the room table allows', () => {
  expect(product.length).toBeGreaterThan(100);
  expect(brokenImports(product)).toEqual([]);
});

test('there are no import circles', () => {
  expect(importCircles(everything)).toEqual([]);
});

test('no file is too long, silences a tool, loosens a type or postpones work', () => {
  expect(brokenHabits(everything)).toEqual([]);
});

test('an idle gateway carries only what every call needs', () => {
  // A megabyte of source is three of memory, and the goal is less than 100 in all. Whatever else a room needs, it loads
  // with import() when it is asked to do something.
  const always = ['proxy/main.ts', 'proxy/cli/run-cli.ts', 'proxy/host/headless.ts', 'proxy/host/electron-host.ts'];
  expect(packagesLoadedBy(always, product)).toEqual([
    '@orpc/client',
    '@orpc/client/fetch',
    '@orpc/contract',
    '@orpc/contract/plugins',
    '@orpc/server',
    '@orpc/server/fastify',
    '@orpc/server/message-port',
    '@smithy/eventstream-codec',
    'better-sqlite3',
    'commander',
    'env-paths',
    'eventsource-parser',
    'fastify',
    'pino',
    'undici/lib/api/api-connect.js',
    'undici/lib/dispatcher/agent.js',
    'undici/lib/dispatcher/dispatcher.js',
    'undici/lib/dispatcher/proxy-agent.js',
    'yaml',
    'zod',
  ]);
});

test('dependencies are pinned exactly and only two may run install scripts', () => {
  expect(brokenPackageJson(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))).toEqual([]);
});

test('the lockfile names no registry host', () => {
  expect(brokenLockfile(readFileSync(join(root, 'package-lock.json'), 'utf8'))).toEqual([]);
});
