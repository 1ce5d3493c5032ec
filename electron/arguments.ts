/**
 * What the app itself understands on its command line. Everything else is left alone: Electron and Chromium have
 * hundreds of switches of their own, and the desktop adds more.
 */
export interface ShellArguments {
  dataDir?: string;
  /** A config file that is authoritative for the gateway. */
  configPath?: string;
  port?: number;
  /** Start in the tray without opening the window (login item). */
  hidden: boolean;
  /** Print one JSON line to stdout once the gateway listens, as the headless host does. */
  announce: boolean;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `argv` without the program itself. Takes `--name value` and `--name=value`. Throws UsageError. */
export function parseShellArguments(argv: readonly string[]): ShellArguments {
  const parsed: ShellArguments = { hidden: argv.includes('--hidden'), announce: argv.includes('--announce') };
  const dataDir = givenValue('--data-dir', argv);
  if (dataDir !== undefined) parsed.dataDir = dataDir;
  const configPath = givenValue('--config', argv);
  if (configPath !== undefined) parsed.configPath = configPath;
  const port = givenValue('--port', argv);
  if (port !== undefined) parsed.port = parsePort(port);
  return parsed;
}

const DEBUGGING_SWITCH = /^--(remote-debugging-(port|pipe|address)|inspect(-brk|-port|-wait)?)(=|$)/;

/** An installed app is not opened to debuggers: whoever reaches one can press every button in the window. Throws UsageError. */
export function refuseDebugging(argv: readonly string[]): void {
  const found = argv.find((argument) => DEBUGGING_SWITCH.test(argument));
  if (found !== undefined) throw new UsageError(`${found.split('=')[0]} is refused by the installed app`);
}

function givenValue(name: string, argv: readonly string[]): string | undefined {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith(`${name}=`)) return required(name, argument.slice(name.length + 1));
    if (argument === name) return required(name, argv[index + 1]);
  }
  return undefined;
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '' || value.startsWith('--')) throw new UsageError(`${name} needs a value`);
  return value;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`--port needs a number from 0 to 65535`);
  return port;
}
