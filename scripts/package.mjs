/**
 * `npm run package [-- <electron-builder's arguments>]`: sets up, builds afresh and packs for this machine's system and
 * processor into release/. Publishes nothing. Runs on Node 20 without any dependency; docs/packaging.md has the rest.
 */
import { delimiter } from 'node:path';
import { buildNow } from './lib/build.mjs';
import { ensureInstalled, ensureKeytar } from './lib/install.mjs';
import { withSetupLock } from './lib/lock.mjs';
import { packageArguments, packageEnvironment } from './lib/package-options.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';
import { runInPlace } from './lib/run.mjs';
import { runMain, SetupError } from './lib/say.mjs';

await runMain(async () => {
  const args = packageArguments(process.argv.slice(2), process.env);
  await withSetupLock(async () => {
    await ensureInstalled();
    // What is shipped is built from these sources now, whatever was built before.
    await buildNow();
  });
  await ensureKeytar();
  const { code, failedToStart } = await runInPlace(
    pinnedNode,
    [inRoot('node_modules', 'electron-builder', 'cli.js'), ...args],
    // Its helpers are started by name, and must run on the pinned Node too.
    {
      ...packageEnvironment(process.env),
      PATH: `${inRoot('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    },
  );
  if (failedToStart !== undefined) throw new SetupError(`The pinned Node could not be started: ${failedToStart}`);
  return code;
});
