/** What is in a package: everything it needs, and nothing that nobody listed. */
import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { parseSync } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesBelow, type Packing, packApp, tryToPack } from '../../support/packaging/packed.ts';
import { readFuses } from '../../support/packaging/placeholder-electron.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BYTES_PER_MB = 1024 * 1024;
/** Ours alone, without Electron (about 250 MB): what an update brings. */
const ARCHIVE_MB_MAX = 9;
const RESOURCES_MB_MAX = 13;

const PRODUCT = [
  /^package\.json$/,
  /^dist\/electron\/(main\.js|preload\.cjs)$/,
  /^dist\/electron\/chunks\/[\w.-]+-[\w-]{8}\.js$/,
  /^dist\/proxy\/main\.js$/,
  /^dist\/proxy\/chunks\/[\w.-]+-[\w-]{8}\.js$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css|svg|png|webp|woff2)$/,
  /^resources\/icons\/(app-512|tray-[\w-]+(@1\.5x|@2x)?)\.png$/,
];

const binary = `${process.platform}-${process.arch}.node`;
const NATIVE = [
  ...['LICENSE', 'package.json', `prebuilds/${binary}`].map((file) => `better-sqlite3/${file}`),
  ...['binding', 'database', 'index', 'sqlite-error', 'util'].map((name) => `better-sqlite3/lib/${name}.js`),
  ...[
    'aggregate',
    'backup',
    'explain',
    'function',
    'inspect',
    'pragma',
    'serialize',
    'table',
    'transaction',
    'wrappers',
  ].map((name) => `better-sqlite3/lib/methods/${name}.js`),
  ...['LICENSE.md', 'package.json', 'build/Release/keytar.node', 'lib/keytar.js'].map((file) => `keytar/${file}`),
].map((file) => `node_modules/${file}`);

/** Shapes of keys, as providers and Gatehouse issue them, with enough behind the prefix to be one. */
const SECRETS = [/\bgh_[A-Za-z0-9]{32,}/, /\bsk-[A-Za-z0-9_-]{32,}/, /\bAKIA[A-Z0-9]{16}\b/, /\bghp_[A-Za-z0-9]{36}/];

/** What a program loads by a name that is written out. */
function importsOf(path: string, code: string): string[] {
  const { module, errors } = parseSync(path, code);
  expect(errors, path).toEqual([]);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => code.slice(start, end));
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...dynamic.flatMap((request) => /^["'`]([^"'`$]+)["'`]$/.exec(request)?.[1] ?? []),
    // What Rolldown leaves of a CommonJS require; a plain one may be text that a library generates.
    ...[...code.matchAll(/\b__require\(["'`]([^"'`$]+)["'`]\)/g)].flatMap(([, name]) => name ?? []),
  ];
}

const reason = process.platform === 'linux' ? '' : ' (skipped: packs with the native modules of a Linux machine)';

describe.skipIf(process.platform !== 'linux')(`the packed app${reason}`, () => {
  let packing: Packing;
  beforeAll(async () => {
    packing = await packApp();
  });
  afterAll(() => packing?.remove());

  const read = (path: string) => readFileSync(join(packing.app.extractedDir, path), 'utf8');
  const scripts = () => packing.app.archived.filter((path) => /^dist\/.*\.c?js$/.test(path));

  test('holds what is on the list, and no source map, source, test or foreign binary', () => {
    const { archived } = packing.app;
    const unknown = archived.filter((path) => !NATIVE.includes(path) && !PRODUCT.some((known) => known.test(path)));
    expect(unknown).toEqual([]);
    expect(archived.filter((path) => path.startsWith('node_modules/'))).toEqual(NATIVE.toSorted());
    for (const needed of PRODUCT.filter((known) => !known.source.includes('electron\\/chunks'))) {
      expect(
        archived.some((path) => needed.test(path)),
        `${needed}`,
      ).toBe(true);
    }
  });

  test('lays only the two compiled modules beside the archive', () => {
    expect(filesBelow(packing.app.appDir)).toEqual(
      [
        'LICENSE.electron.txt',
        'LICENSES.chromium.html',
        'gatehouse',
        'resources/LICENSE.txt',
        'resources/THIRD-PARTY-NOTICES.txt',
        'resources/app.asar',
        `resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${binary}`,
        'resources/app.asar.unpacked/node_modules/keytar/build/Release/keytar.node',
        'resources/apparmor-profile',
        'resources/sbom.cdx.json',
      ].toSorted(),
    );
  });

  test('stays small', () => {
    const { resourcesDir } = packing.app;
    const megabytes = (path: string) => statSync(join(resourcesDir, path)).size / BYTES_PER_MB;
    expect(megabytes('app.asar')).toBeLessThan(ARCHIVE_MB_MAX);
    const all = filesBelow(resourcesDir).reduce((total, path) => total + megabytes(path), 0);
    expect(all).toBeLessThan(RESOURCES_MB_MAX);
  });

  test('says in package.json what Electron needs, and nothing of how it is made', () => {
    const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const packed = JSON.parse(read('package.json'));
    expect(packed).toMatchObject({ name: own.name, version: own.version, main: own.main, type: 'module' });
    expect(packed.desktopName).toBe('gatehouse.desktop');
    expect(packing.app.archived).toContain(packed.main);
    expect(packed).not.toHaveProperty('devDependencies');
    expect(packed).not.toHaveProperty('scripts');
  });

  test('names no folder of the machine it was packed on, and nothing like a key', () => {
    const text = packing.app.archived.filter((path) => !/\.(node|png|webp|woff2)$/.test(path));
    for (const path of text) {
      const words = read(path);
      expect(words.includes(ROOT), `${path} names the folder it was built in`).toBe(false);
      for (const secret of SECRETS) expect(secret.exec(words)?.[0], path).toBeUndefined();
    }
  });

  test('imports nothing that is not in it', () => {
    const available = new Set(['electron', 'original-fs', 'better-sqlite3', 'keytar']);
    expect(scripts().length).toBeGreaterThan(5);
    for (const path of scripts()) {
      for (const name of importsOf(path, read(path))) {
        const known = name.startsWith('.')
          ? packing.app.archived.includes(posix.join(posix.dirname(path), name))
          : isBuiltin(name) || available.has(name);
        expect(known, `${path} imports ${name}`).toBe(true);
      }
    }
  });

  test('opens a page whose every file is in it, without inline scripts', () => {
    const page = read('dist/renderer/index.html');
    const references = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, reference = '']) => reference);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      expect(reference).toMatch(/^\.\/assets\//);
      expect(packing.app.archived).toContain(join('dist/renderer', reference));
    }
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });

  test('has its fuses blown', () => {
    expect(readFuses(join(packing.app.appDir, 'gatehouse'))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test('is entered in the desktop’s menu, opens gatehouse: links and brings an icon of every size', () => {
    expect(packing.app.linuxPackages).toHaveLength(2);
    for (const { args, desktopFile } of packing.app.linuxPackages) {
      const entry = Object.fromEntries(
        desktopFile
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.split(/=(.*)/s)),
      );
      expect(entry).toMatchObject({
        Name: 'Gatehouse',
        Exec: '/opt/Gatehouse/gatehouse %U',
        Icon: 'gatehouse',
        StartupWMClass: 'gatehouse',
        MimeType: 'x-scheme-handler/gatehouse;',
      });
      expect(args.at(-1)).toMatch(/=\/usr\/share\/applications\/gatehouse\.desktop$/);
      const sizes = args.flatMap((argument) => /hicolor\/(\d+)x\1\/apps\/gatehouse\.png$/.exec(argument)?.[1] ?? []);
      expect(sizes).toEqual(['16', '24', '32', '48', '64', '128', '256', '512', '1024']);
    }
  });

  test('is not made where it would not run, or without the licences of Electron and Chromium', async () => {
    const foreign = process.arch === 'x64' ? 'arm64' : 'x64';
    const [elsewhere, unlicensed] = await Promise.all([
      tryToPack(packing.scratchDir, { arch: foreign }),
      tryToPack(packing.scratchDir, { notices: false }),
    ]);
    expect(elsewhere.outcome.code).not.toBe(0);
    expect(elsewhere.outcome.output).toContain(
      `keytar is compiled for linux ${process.arch}, and this package is for linux ${foreign}`,
    );
    expect(unlicensed.outcome.code).not.toBe(0);
    expect(unlicensed.outcome.output).toContain(
      'LICENSE.electron.txt and LICENSES.chromium.html of Electron must ship with it',
    );
  });
});
