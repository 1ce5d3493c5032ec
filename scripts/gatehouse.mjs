/**
 * `npm run -s gatehouse -- <arguments>`: the command line, from the sources as they are now.
 * Runs on Node 20 without any dependency; the gateway itself runs on the pinned Node.
 */
import { gatewayProgram, pinnedNode } from './lib/paths.mjs';
import { runInPlace } from './lib/run.mjs';
import { runMain, SetupError } from './lib/say.mjs';
import { ensureReady } from './lib/setup.mjs';

await runMain(async () => {
  await ensureReady();
  const { code, failedToStart } = await runInPlace(pinnedNode, [gatewayProgram, ...process.argv.slice(2)]);
  if (failedToStart !== undefined) throw new SetupError(`The pinned Node could not be started: ${failedToStart}`);
  return code;
});
