/** A file with a secret in it must be its owner's alone. */
import type { Stats } from 'node:fs';
import { CredentialError } from './types.ts';

const GROUP_AND_WORLD = 0o077;

/** Throws `denied` when others may read or write the file. Windows keeps no such bits: its ACLs are the folder's. */
export function assertOwnerOnly(stats: Stats, path: string): void {
  if (process.platform === 'win32' || (stats.mode & GROUP_AND_WORLD) === 0) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(3, '0');
  throw new CredentialError(
    'denied',
    `${path} can be read by others (mode ${mode}), so it is not used. Run: chmod 600 ${path}`,
  );
}
