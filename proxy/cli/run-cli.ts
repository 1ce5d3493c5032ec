/** `gatehouse <command>`: the command line. */
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { type CliIo, EXIT } from './cli-io.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addConfigCommands } from './commands/config.ts';
import { addConnectCommand } from './commands/connect.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExportCommand } from './commands/export.ts';
import { addKeysCommands } from './commands/keys.ts';
import { addLedgerCommands } from './commands/ledger.ts';
import { addModelsCommand } from './commands/models.ts';
import { addPromptsCommands } from './commands/prompts.ts';
import { addRouteCommand } from './commands/route.ts';
import { addRunCommand } from './commands/run.ts';
import { addServeCommand } from './commands/serve.ts';
import { addUsageCommand } from './commands/usage.ts';
import { reportFailure } from './failure.ts';
import type { Outcome } from './outcome.ts';

const EXAMPLES = `
Examples:
  gatehouse serve                          run the gateway, with the window in your browser
  gatehouse serve --config gatehouse.yaml  run on a config file, which then rules
  gatehouse run --budget 2 -- claude -p "..."   a command that may spend $2 and no more
  gatehouse connect codex --apply          point a tool at the gateway, with a key of its own
  gatehouse keys create my-editor          make an access key for a tool
  gatehouse models --sort price            compare what models cost
  gatehouse route --model auto --prompt -  say where a call would go, and why
  gatehouse usage --by model               what was used, and what it cost
  gatehouse ledger audit                   recompute the whole ledger and compare
  gatehouse doctor                         find out why something does not work

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a problem was found (audit, config check, doctor); run: the command's.
Data: --data-dir, else GATEHOUSE_DATA_DIR, else the place for application data of this system.`;

/** `argv` without node and script. Never throws; the exit code is 0, 1, 2 or 3 (see EXIT), or that of `serve` or of the command that `run` ran. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const outcome: Outcome = { exitCode: EXIT.ok };
  // An output that closes early is no crash: the write that fails reports it (see failure.ts).
  for (const stream of [io.stdout, io.stderr]) stream.on('error', ignoreClosedPipe);
  try {
    await createProgram(io, outcome).parseAsync([...argv], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportFailure(io, error);
  } finally {
    await Promise.all([flushed(io.stdout), flushed(io.stderr)]);
    for (const stream of [io.stdout, io.stderr]) stream.off('error', ignoreClosedPipe);
  }
}

function createProgram(io: CliIo, outcome: Outcome): Command {
  const program = new Command('gatehouse')
    .description('One gate on your own machine for every AI model you use.')
    .version(packageJson.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .enablePositionalOptions()
    .showHelpAfterError('(add --help to see how)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  addServeCommand(program, io, outcome);
  addRunCommand(program, io, outcome);
  addConnectCommand(program, io, outcome);
  addKeysCommands(program, io, outcome);
  addModelsCommand(program, io, outcome);
  addRouteCommand(program, io, outcome);
  addPromptsCommands(program, io);
  addLedgerCommands(program, io, outcome);
  addBackupCommands(program, io, outcome);
  addConfigCommands(program, io, outcome);
  addUsageCommand(program, io);
  addExportCommand(program, io);
  addDoctorCommand(program, io, outcome);
  return program;
}

/** The process exits right after: what is still in the pipe would be lost. */
function flushed(stream: CliIo['stdout']): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}
