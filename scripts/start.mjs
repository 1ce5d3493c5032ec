/**
 * `npm start`: sets up what is missing, then opens the tray app; where that is not possible, one line says why and the
 * same gateway runs headless with the window as a web console. `npm start -- --headless [--config F --data-dir D
 * --port N]` goes there directly. Runs on Node 20 without any dependency.
 */
import { chooseHost } from './lib/choose-host.mjs';
import { obtainElectron } from './lib/electron-binary.mjs';
import { gatewayProgram, pinnedNode, root } from './lib/paths.mjs';
import { runInPlace } from './lib/run.mjs';
import { runMain, SetupError, say } from './lib/say.mjs';
import { ensureReady } from './lib/setup.mjs';

/** What a shell and the dynamic loader answer when a program or one of its libraries is missing. */
const cannotRun = 127;

/** @param {readonly string[]} args */
async function runHeadless(args) {
  // glibc gives each thread a heap of its own unless told otherwise: megabytes of an idle gateway. The person's word wins.
  const env = { MALLOC_ARENA_MAX: '2', ...process.env };
  const { code, failedToStart } = await runInPlace(pinnedNode, [gatewayProgram, 'serve', ...args], env);
  if (failedToStart !== undefined) throw new SetupError(`The pinned Node could not be started: ${failedToStart}`);
  return code;
}

await runMain(async () => {
  const args = process.argv.slice(2);
  const headlessAsked = args.includes('--headless');
  const passedOn = args.filter((argument) => argument !== '--headless');

  await ensureReady();
  const choice = await chooseHost({
    headlessAsked,
    platform: process.platform,
    asRoot: process.getuid?.() === 0,
    env: process.env,
    obtainElectron,
  });
  if (choice.host === 'headless') {
    if (choice.why !== undefined) say(`Running headless: ${choice.why}.`);
    return runHeadless(passedOn);
  }

  const env = { ...process.env };
  // Set by tools that are Electron themselves; it would turn the app into a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  // The folder, not the file: Electron then takes name and version from package.json. Announced, because whoever started
  // it in a terminal looks there for the base URL and the first key.
  const { code, failedToStart } = await runInPlace(choice.executable, [root, '--announce', ...passedOn], env);
  if (failedToStart === undefined && code !== cannotRun) return code;
  say(`Running headless: Electron is here but cannot start (${failedToStart ?? 'a system library is missing'}).`);
  return runHeadless(passedOn);
});
