/** One program, two hosts: Electron's utility process, or plain Node with a command line. Each loads only what it runs. */
import { parseHostArguments } from './host/arguments.ts';
import type { ParentPort } from './host/electron-host.ts';
import { startLightly } from './host/engine.ts';
import { exitNow } from './host/exit.ts';

const args = process.argv.slice(2);
// Other commands may have a year of entries to go through.
if (args[0] === '--electron' || args[0] === 'serve') startLightly();

if (args[0] === '--electron') {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort === undefined) throw new Error('--electron is for the desktop app; run: gatehouse serve');
  const { serveUnderElectron } = await import('./host/electron-host.ts');
  await serveUnderElectron(parseHostArguments(args.slice(1)), parentPort, process.env);
} else {
  const { runCli } = await import('./cli/run-cli.ts');
  const code = await runCli(args, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    async serve(options) {
      const { serveHeadless } = await import('./host/headless.ts');
      return serveHeadless(options, process.env);
    },
  });
  exitNow(code);
}
