import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importCircles } from './checks/circles.ts';
import { brokenHabits } from './checks/habits.ts';
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

test('dependencies are pinned exactly and only two may run install scripts', () => {
  expect(brokenPackageJson(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))).toEqual([]);
});

test('the lockfile names no registry host', () => {
  expect(brokenLockfile(readFileSync(join(root, 'package-lock.json'), 'utf8'))).toEqual([]);
});
