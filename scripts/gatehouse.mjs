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
  const args = process.argv.slice(2);
  // As `npm start` does: fewer heaps for a gateway that idles. Other commands may start the person's tools, and these
  // must not inherit it.
  const env = args[0] === 'serve' ? { MALLOC_ARENA_MAX: '2', ...process.env } : process.env;
  const { code, failedToStart } = await runInPlace(pinnedNode, [gatewayProgram, ...args], env);
  if (failedToStart !== undefined) throw new SetupError(`The pinned Node could not be started: ${failedToStart}`);
  return code;
});
