/** The data directory: ours alone, writable, with room. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Finding, fail, ok, warn, words } from './finding.ts';

const MIB = 1024 * 1024;
const FREE_FAIL_BYTES = 100 * MIB;
const FREE_WARN_BYTES = 1024 * MIB;
const OTHERS_MASK = 0o077;

export function checkDataDir(dataDir: string): Finding[] {
  if (!existsSync(dataDir)) {
    const parent = nearestExisting(dataDir);
    return [writable(parent) ?? ok('data_dir', `${dataDir} will be made at the first start`), diskSpace(parent)];
  }
  const facts = statSync(dataDir);
  if (!facts.isDirectory()) {
    return [
      fail('data_dir', `${dataDir} is a file`, 'Choose another directory with --data-dir or GATEHOUSE_DATA_DIR.'),
    ];
  }
  return [writable(dataDir) ?? privacy(dataDir, facts.mode, facts.uid), diskSpace(dataDir)];
}

function writable(directory: string): Finding | undefined {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return fail(
      'data_dir',
      `${directory} cannot be written (${words(error)})`,
      'Give this user the right to write there, or choose another directory with --data-dir.',
    );
  }
}

function privacy(dataDir: string, mode: number, owner: number): Finding {
  // Windows has no such modes: there the profile directory is private by its access list.
  if (process.platform === 'win32') return ok('data_dir', dataDir);
  if (owner !== process.getuid?.()) {
    return warn(
      'data_dir',
      `${dataDir} belongs to another user (uid ${owner})`,
      'Run Gatehouse as that user, or choose another directory.',
    );
  }
  if ((mode & OTHERS_MASK) !== 0) {
    const octal = (mode & 0o777).toString(8);
    return warn(
      'data_dir',
      `${dataDir} is open to other users (mode ${octal})`,
      `Run: chmod 700 ${JSON.stringify(dataDir)}`,
    );
  }
  return ok('data_dir', `${dataDir}, open to this user alone`);
}

function diskSpace(directory: string): Finding {
  const { bavail, bsize } = statfsSync(directory);
  const freeBytes = bavail * bsize;
  const free = `${Math.floor(freeBytes / MIB)} MiB free`;
  if (freeBytes < FREE_FAIL_BYTES) {
    return fail('disk', free, 'Free some space: calls are refused when the ledger cannot be written.');
  }
  return freeBytes < FREE_WARN_BYTES ? warn('disk', free, 'Free some space soon.') : ok('disk', free);
}

function nearestExisting(path: string): string {
  let current = path;
  while (!existsSync(current) && dirname(current) !== current) current = dirname(current);
  return current;
}
