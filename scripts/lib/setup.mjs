import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { withSetupLock } from './lock.mjs';

/** Everything a fresh clone needs before it can run: dependencies and a build. Does nothing when all is there. */
export async function ensureReady() {
  await withSetupLock(async () => {
    await ensureInstalled();
    await ensureBuilt();
  });
}
