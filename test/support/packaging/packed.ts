/** Gatehouse packed for this Linux machine around a placeholder Electron: everything but Electron itself is as it ships. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { ensureBuilt } from '../../../scripts/lib/build.mjs';
import { withSetupLock } from '../../../scripts/lib/lock.mjs';
import { type Outcome, runQuietly } from '../../../scripts/lib/run.mjs';
import { writePlaceholderElectron } from './placeholder-electron.ts';

const PACK_MS_MAX = 50_000;

export interface PackAttempt {
  readonly outcome: Outcome;
  readonly outputDir: string;
}

export interface PackOptions {
  readonly arch?: string;
  /** Whether the placeholder has Electron's and Chromium's licences. */
  readonly notices?: boolean;
}

/** Packs what is built, in a process of its own; whether that works is the caller's question. */
export async function tryToPack(scratchDir: string, options: PackOptions = {}): Promise<PackAttempt> {
  const electronDir = mkdtempSync(join(scratchDir, 'electron-'));
  const outputDir = mkdtempSync(join(scratchDir, 'release-'));
  writePlaceholderElectron(electronDir, options);
  const program = join(import.meta.dirname, 'pack-child.ts');
  const outcome = await runQuietly(process.execPath, [program, electronDir, outputDir, options.arch ?? process.arch], {
    timeoutMs: PACK_MS_MAX,
  });
  return { outcome, outputDir };
}

/** What the packer of a deb or rpm is told. */
export interface LinuxPackage {
  readonly args: readonly string[];
  readonly desktopFile: string;
}

export interface PackedApp {
  /** The application folder, and the folder of resources in it. */
  readonly appDir: string;
  readonly resourcesDir: string;
  /** In the archive: files only, from its root, with forward slashes, sorted. */
  readonly archived: readonly string[];
  /** The archive laid out as files, where plain Node can run it; far from any other node_modules. */
  readonly extractedDir: string;
  readonly linuxPackages: readonly LinuxPackage[];
}

export interface Packing {
  readonly scratchDir: string;
  readonly app: PackedApp;
  remove(): void;
}

/** Builds when the build is stale, packs, lays the archive out. Rejects with the packer's own words. */
export async function packApp(): Promise<Packing> {
  const scratchDir = mkdtempSync(join(tmpdir(), 'gatehouse-packed-'));
  // Under the lock: another start of this repository could empty dist while it is read.
  const { outcome, outputDir } = await withSetupLock(async () => {
    await ensureBuilt();
    return tryToPack(scratchDir);
  });
  if (outcome.code !== 0) throw new Error(`packing failed with ${outcome.code}:\n${outcome.output}`);
  const appDir = join(outputDir, readdirSync(outputDir).find((name) => name.endsWith('unpacked')) ?? '');
  const resourcesDir = join(appDir, 'resources');
  const archive = join(resourcesDir, 'app.asar');
  const extractedDir = join(scratchDir, 'extracted');
  extractAll(archive, extractedDir);
  const archived = listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => statSync(join(extractedDir, path)).isFile());
  const app: PackedApp = {
    appDir,
    resourcesDir,
    archived: archived.sort(),
    extractedDir,
    linuxPackages: JSON.parse(readFileSync(join(outputDir, 'told.json'), 'utf8')),
  };
  return { scratchDir, app, remove: () => rmSync(scratchDir, { recursive: true, force: true }) };
}

/** All files below a folder, from it, with forward slashes, sorted. */
export function filesBelow(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
