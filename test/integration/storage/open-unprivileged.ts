/** Child of refused-disk.test.ts: opens a data directory as a user that root's privileges do not help. */
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../../proxy/core/clock.ts';
import { acquireInstanceLock } from '../../../proxy/storage/instance-lock.ts';
import { openStorage } from '../../../proxy/storage/open.ts';

const NOBODY = 65_534;
const [dataDir = ''] = process.argv.slice(2);

// The native library is loaded before privileges go: nobody may not be able to read it.
new Database(':memory:').close();
if (process.getuid?.() === 0) {
  chownSync(dataDir, NOBODY, NOBODY);
  for (const name of readdirSync(dataDir)) chownSync(join(dataDir, name), NOBODY, NOBODY);
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

function reasonOf(open: () => unknown): string {
  try {
    open();
    return 'opened';
  } catch (error) {
    return error instanceof Error && 'reason' in error ? String(error.reason) : String(error);
  }
}

const dependencies = { dataDir, clock: systemClock };
process.stdout.write(
  JSON.stringify({
    storage: reasonOf(() => openStorage(dependencies)),
    lock: reasonOf(() => acquireInstanceLock(dependencies)),
  }),
);
