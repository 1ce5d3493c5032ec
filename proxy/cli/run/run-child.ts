/** Runs the person's command in this one's place: its stdin, stdout and stderr, its signals, its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { CliError } from '../cli-io.ts';
import { systemCode } from '../failure.ts';
import type { ChildEnvironment } from './child-environment.ts';
import { windowsPlan } from './windows-command.ts';

/** As shells say it. */
const CANNOT_START = 126;
const NOT_FOUND = 127;

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** Windows knows these by name; of them only Ctrl-C and Ctrl-Break come from the console, to the child as well. */
const FORWARDED_ON_WINDOWS = ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const;
/** What a terminal sends to everything in it: passed on, it would arrive twice and read as "quit at once". */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGBREAK'];

export interface SignalWatch {
  /** The first signal that came before a child was there to have it. */
  readonly early: () => NodeJS.Signals | undefined;
  /** From now on signals go to this child. Called in the same turn as the look for an early one, so that none is lost. */
  readonly passTo: (child: ChildProcess) => void;
  readonly stop: () => void;
}

/** From here until `stop` a signal does not end this process: somebody has to revoke the key and print the receipt. */
export function watchSignals(platform: NodeJS.Platform = process.platform): SignalWatch {
  let early: NodeJS.Signals | undefined;
  let child: ChildProcess | undefined;
  const inTerminal = [0, 1, 2].some((fd) => isatty(fd));
  const onSignal = (signal: NodeJS.Signals): void => {
    early ??= signal;
    if (platform === 'win32' || (inTerminal && FROM_TERMINAL.includes(signal))) return;
    child?.kill(signal);
  };
  const signals: readonly NodeJS.Signals[] = platform === 'win32' ? FORWARDED_ON_WINDOWS : FORWARDED;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    early: () => early,
    passTo(started) {
      child = started;
    },
    stop() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/** The exit code, 128 + n after signal n. Throws CliError (126, 127) when it cannot be started. */
export function runChild(
  [command = '', ...args]: readonly string[],
  { env, cwd }: ChildEnvironment,
  signals: SignalWatch,
): Promise<number> {
  const plan =
    process.platform === 'win32'
      ? windowsPlan(command, args, { env, exists: existsSync })
      : { file: command, args, verbatim: false };
  if (plan === undefined) {
    const message = `${command} is a batch file, and Windows cannot pass it an argument with a line break. Give such text by a file or by stdin.`;
    return Promise.reject(new CliError(message, CANNOT_START));
  }
  return new Promise((resolve, reject) => {
    const child = spawn(plan.file, plan.args, {
      stdio: 'inherit',
      env,
      ...(cwd === undefined ? {} : { cwd }),
      shell: false,
      windowsVerbatimArguments: plan.verbatim,
    });
    signals.passTo(child);
    // Later errors are signals that could not be passed on (the child became somebody else, as sudo does): it goes on.
    child.on('error', (error) => reject(startFailure(command, error)));
    child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}

function startFailure(command: string, error: Error): Error {
  switch (systemCode(error)) {
    case 'ENOENT':
      return new CliError(`There is no command "${command}" on the PATH.`, NOT_FOUND, { cause: error });
    case 'EACCES':
      return new CliError(`"${command}" may not be run (it is no program, or not yours).`, CANNOT_START, {
        cause: error,
      });
    default:
      return new CliError(`"${command}" cannot be started: ${error.message}`, CANNOT_START, { cause: error });
  }
}
