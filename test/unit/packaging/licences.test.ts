import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAllowed, readLicence } from '../../../scripts/package/licences.ts';
import { readLockfile } from '../../../scripts/package/lockfile.ts';

describe('which licences may ship', () => {
  test.each(['MIT', 'ISC', '(MIT OR GPL-3.0-only)', 'MIT AND ISC AND BSD-3-Clause', '(MIT AND ISC)'])(
    '%s',
    (expression) => {
      expect(isAllowed(expression)).toBe(true);
    },
  );

  test.each([
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'MIT AND GPL-2.0-only',
    'SEE LICENSE IN LICENSE.txt',
    'UNLICENSED',
    'MIT OR (ISC AND GPL-2.0-only)',
    'MIT OR ISC AND GPL-2.0-only',
    '',
  ])('not %j', (expression) => {
    expect(isAllowed(expression)).toBe(false);
  });
});

describe('the licence of a package', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'gatehouse-licence-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const put = (name: string, text: string) => writeFileSync(join(dir, name), text);
  const declare = (fields: object) => put('package.json', JSON.stringify(fields));

  test('is read from its files, notices with it', () => {
    declare({ license: 'Apache-2.0' });
    put('LICENSE.md', 'The words\r\nof the licence\n');
    put('NOTICE', 'Copyright of somebody');
    put('licensing.js', 'no licence');
    expect(readLicence(dir)).toEqual({
      expression: 'Apache-2.0',
      text: 'The words\nof the licence\n\nCopyright of somebody',
    });
  });

  test('is given in its standard words, with the author, where the package has no file of it', () => {
    declare({ license: 'MIT', author: { name: 'Jo Doe' } });
    expect(readLicence(dir).text).toMatch(/^MIT License\n\nCopyright \(c\) Jo Doe\n\nPermission is hereby granted/);
  });

  test.each([
    ['none is named', {}, 'names no licence'],
    ['it is not allowed', { license: 'GPL-3.0-only' }, 'is under GPL-3.0-only, which is not allowed'],
    ['nobody grants it', { license: 'MIT' }, 'has no licence file'],
    ['its words are not here', { license: 'BSD-3-Clause', author: 'Jo' }, 'has no licence file'],
  ])('stops the packing where %s', (_what, fields, words) => {
    declare(fields);
    expect(() => readLicence(dir)).toThrow(words);
  });
});

describe('the lockfile', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'));
    const integrity = `sha512-${Buffer.alloc(64, 0xab).toString('base64')}`;
    const packages = {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '2.0.0', integrity },
      'node_modules/@s/a': { version: '2.0.0', integrity },
      'node_modules/b/node_modules/a': { version: '1.0.0', integrity },
      'node_modules/bare': { version: '1.0.0' },
    };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('finds a package by name and version, wherever npm put it', () => {
    const lockfile = readLockfile(root);
    expect(lockfile.find('a', '1.0.0')).toMatchObject({ name: 'a', dir: join(root, 'node_modules/b/node_modules/a') });
    expect(lockfile.find('a', '2.0.0').dir).toBe(join(root, 'node_modules/a'));
    expect(lockfile.find('@s/a', '2.0.0')).toMatchObject({ name: '@s/a', sha512: 'ab'.repeat(64) });
  });

  test('resolves as Node does: beside the one that asks, then at the top', () => {
    const lockfile = readLockfile(root);
    expect(lockfile.resolve('a', 'b').version).toBe('1.0.0');
    expect(lockfile.resolve('a').version).toBe('2.0.0');
  });

  test('refuses what is not pinned', () => {
    const lockfile = readLockfile(root);
    expect(() => lockfile.find('a', '3.0.0')).toThrow('a 3.0.0 is in the build but not in package-lock.json');
    expect(() => lockfile.find('bare', '1.0.0')).toThrow('no SHA-512');
    expect(() => lockfile.resolve('c')).toThrow('c is not in package-lock.json');
  });
});
