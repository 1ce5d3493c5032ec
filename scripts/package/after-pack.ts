/**
 * electron-builder calls this when an application folder is complete and before its fuses are set and it is signed. It
 * refuses a package that could not run where it is meant to, and puts licences, notices and the bill of materials into it.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';
import { nativeFiles } from './native-files.ts';
import type { NativeTarget } from './native-target.ts';
import { buildNotices, type DataSource } from './notices.ts';
import { buildSbom, type PackedFile } from './sbom.ts';
import { readShipped } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Electron's own notices: electron-builder keeps them, but a distribution that was put together by hand may lack them. */
const ELECTRON_NOTICES = ['LICENSE.electron.txt', 'LICENSES.chromium.html'];

export default async function afterPack(context: AfterPackContext): Promise<void> {
  const target = targetOf(context);
  const resourcesDir = context.packager.getResourcesDir(context.appOutDir);
  requireElectronNotices(target.platform === 'darwin' ? resourcesDir : context.appOutDir);
  const natives = nativeFiles(resourcesDir, target);

  const shipped = readShipped(ROOT);
  const files: PackedFile[] = [
    { path: 'app.asar', sha256: sha256Of(join(resourcesDir, 'app.asar')) },
    ...natives.map(({ path, module }) => ({ path, sha256: sha256Of(join(resourcesDir, path)), of: module })),
  ];
  const { version } = context.packager.appInfo;
  const sbom = buildSbom({
    version,
    target,
    shipped,
    files,
    sqliteVersion: sqliteVersion(),
    madeAt: madeAt(process.env.SOURCE_DATE_EPOCH),
  });
  copyFileSync(join(ROOT, 'LICENSE'), join(resourcesDir, 'LICENSE.txt'));
  writeFileSync(join(resourcesDir, 'THIRD-PARTY-NOTICES.txt'), buildNotices(shipped, dataSources()));
  const sbomText = `${JSON.stringify(sbom, undefined, 2)}\n`;
  writeFileSync(join(resourcesDir, 'sbom.cdx.json'), sbomText);
  // Once more beside the packages: a scanner need not open one.
  const sbomName = `Gatehouse-${version}-${target.platform}-${target.arch}.cdx.json`;
  writeFileSync(join(context.outDir, sbomName), sbomText);
}

function targetOf({ electronPlatformName: platform, arch }: AfterPackContext): NativeTarget {
  const name = Arch[arch];
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') {
    throw new Error(`Gatehouse is not packed for ${platform}`);
  }
  if (name !== 'x64' && name !== 'arm64') throw new Error(`Gatehouse is packed for x64 and arm64, not for ${name}`);
  return { platform, arch: name };
}

function requireElectronNotices(dir: string): void {
  const missing = ELECTRON_NOTICES.filter((name) => !existsSync(join(dir, name)));
  if (missing.length > 0) {
    throw new Error(`${missing.join(' and ')} of Electron must ship with it, and this distribution has none`);
  }
}

const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Of the sources that better-sqlite3 compiles into itself. */
function sqliteVersion(): string {
  const header = readFileSync(join(ROOT, 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h'), 'utf8');
  const version = /^#define SQLITE_VERSION\s+"([\d.]+)"$/m.exec(header)?.[1];
  if (version === undefined) throw new Error('better-sqlite3 does not say which SQLite it contains');
  return version;
}

function dataSources(): DataSource[] {
  const catalog = JSON.parse(readFileSync(join(ROOT, 'resources', 'catalog.json'), 'utf8')) as {
    sources: DataSource[];
  };
  return catalog.sources;
}

/** `epoch`: seconds, so that two builds of one commit can be the same (https://reproducible-builds.org/specs/source-date-epoch/). */
function madeAt(epoch: string | undefined): Date {
  if (epoch === undefined) return new Date();
  const date = new Date(Number(epoch) * 1000);
  if (Number.isNaN(date.getTime())) throw new Error(`SOURCE_DATE_EPOCH is no time in seconds: ${epoch}`);
  return date;
}
