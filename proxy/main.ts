/** One program, two hosts: Electron's utility process, or plain Node with a command line. */
import { runCli } from './cli/run-cli.ts';
import { parseHostArguments } from './host/arguments.ts';
import { type ParentPort, serveUnderElectron } from './host/electron-host.ts';
import { exitNow } from './host/exit.ts';
import { serveHeadless } from './host/headless.ts';

const args = process.argv.slice(2);

if (args[0] === '--electron') {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort === undefined) throw new Error('--electron is for the desktop app; run: gatehouse serve');
  await serveUnderElectron(parseHostArguments(args.slice(1)), parentPort, process.env);
} else {
  const code = await runCli(args, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    serve: (options) => serveHeadless(options, process.env),
  });
  exitNow(code);
}
