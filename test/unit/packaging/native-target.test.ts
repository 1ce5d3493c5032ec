import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nativeFiles } from '../../../scripts/package/native-files.ts';
import { nativeTargets } from '../../../scripts/package/native-target.ts';

const prebuilds = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'better-sqlite3', 'prebuilds');
const prebuilt = (name: string) => readFileSync(join(prebuilds, `${name}.node`));

describe('what a compiled module is made for', () => {
  test.each([
    ['linux-x64', 'linux', 'x64'],
    ['linux-arm64', 'linux', 'arm64'],
    ['darwin-x64', 'darwin', 'x64'],
    ['darwin-arm64', 'darwin', 'arm64'],
    ['win32-x64', 'win32', 'x64'],
    ['win32-arm64', 'win32', 'arm64'],
  ])('%s', (name, platform, arch) => {
    expect(nativeTargets(prebuilt(name))).toEqual([{ platform, arch }]);
  });

  test('a universal one of macOS serves both processors', () => {
    const fat = Buffer.alloc(128);
    fat.writeUInt32BE(0xcafebabe, 0);
    fat.writeUInt32BE(2, 4);
    fat.writeUInt32BE(0x01000007, 8);
    fat.writeUInt32BE(0x0100000c, 28);
    expect(nativeTargets(fat)).toEqual([
      { platform: 'darwin', arch: 'x64' },
      { platform: 'darwin', arch: 'arm64' },
    ]);
  });

  test.each([
    ['text', Buffer.from('no program at all'.repeat(8))],
    ['nothing', Buffer.alloc(0)],
    ['a program cut short', prebuilt('win32-x64').subarray(0, 70)],
    [
      'a 32-bit processor',
      Buffer.concat([prebuilt('linux-x64').subarray(0, 18), Buffer.from([3, 0]), Buffer.alloc(64)]),
    ],
  ])('%s is made for nothing we pack for', (_what, file) => {
    expect(nativeTargets(file)).toEqual([]);
  });
});

describe('the compiled modules of a package', () => {
  const target = { platform: 'linux', arch: 'x64' } as const;
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'gatehouse-native-'));
    put('better-sqlite3/prebuilds/linux-x64.node', 'linux-x64');
    put('keytar/build/Release/keytar.node', 'linux-x64');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function put(path: string, binary: string): void {
    const file = join(dir, 'app.asar.unpacked', 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, prebuilt(binary));
  }

  test('are found, one of each', () => {
    expect(nativeFiles(dir, target)).toEqual([
      { module: 'better-sqlite3', path: 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node' },
      { module: 'keytar', path: 'app.asar.unpacked/node_modules/keytar/build/Release/keytar.node' },
    ]);
  });

  test('must fit the system', () => {
    put('keytar/build/Release/keytar.node', 'darwin-arm64');
    expect(() => nativeFiles(dir, target)).toThrow(
      'keytar is compiled for darwin arm64, and this package is for linux x64: pack on a machine of that kind',
    );
  });

  test('must be there', () => {
    rmSync(join(dir, 'app.asar.unpacked', 'node_modules', 'keytar'), { recursive: true });
    expect(() => nativeFiles(dir, target)).toThrow('keytar has no compiled module for linux x64');
  });

  test('must not bring those of other systems', () => {
    put('better-sqlite3/prebuilds/win32-x64.node', 'win32-x64');
    expect(() => nativeFiles(dir, target)).toThrow('better-sqlite3 brings 2 compiled modules');
  });
});
