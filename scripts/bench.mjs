/** `npm run bench [-- --write]`: sets up what is missing and measures the gateway as built. */
import { inRoot, pinnedNode } from './lib/paths.mjs';
import { runInPlace } from './lib/run.mjs';
import { runMain, SetupError } from './lib/say.mjs';
import { ensureReady } from './lib/setup.mjs';

await runMain(async () => {
  await ensureReady();
  const { code, failedToStart } = await runInPlace(pinnedNode, [
    inRoot('test', 'bench', 'main.ts'),
    ...process.argv.slice(2),
  ]);
  if (failedToStart !== undefined) throw new SetupError(`The pinned Node could not be started: ${failedToStart}`);
  return code;
});
