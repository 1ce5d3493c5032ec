/** What the gateway has from the machine it runs on. */
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { SystemView } from '../../contract/system-view.ts';
import { networkSettings } from '../../providers/transport/network-settings.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function systemProcedures({ dataDir, env }: ControlParts) {
  return {
    system: {
      view: control.system.view.handler(async () => ({
        dataDirectory: await dataDirectoryView(dataDir),
        network: networkSettings(env),
      })),
    },
  };
}

async function dataDirectoryView(path: string): Promise<SystemView['dataDirectory']> {
  const [bytes, freeBytes] = await Promise.all([bytesIn(path), freeBytesAt(path)]);
  return { path, bytes, ...(freeBytes === undefined ? {} : { freeBytes }) };
}

/** Links are not followed: what lies elsewhere is not in here. */
async function bytesIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => sizeOf(join(entry.parentPath, entry.name))),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** SQLite's files beside the database come and go: one that is gone since it was listed has no size. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function freeBytesAt(path: string): Promise<number | undefined> {
  const { bavail, bsize } = await statfs(path);
  const bytes = bavail * bsize;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
