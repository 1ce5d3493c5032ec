/** The folder that holds package.json, dist and resources: the repository, or app.asar when packaged. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstallFiles {
  gateway: string;
  preload: string;
  rendererDir: string;
  iconDir: string;
}

/** Walks up, because this code runs from `electron/` as source and from `dist/electron/` as a bundle. */
export function findInstallRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no package.json above ${from}: the installation is incomplete`);
  }
}

export function installFiles(root: string): InstallFiles {
  return {
    gateway: join(root, 'dist', 'proxy', 'main.js'),
    preload: join(root, 'dist', 'electron', 'preload.cjs'),
    rendererDir: join(root, 'dist', 'renderer'),
    iconDir: join(root, 'resources', 'icons'),
  };
}
