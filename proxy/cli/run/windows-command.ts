/**
 * Windows: programs from npm are `.cmd` files, which only cmd.exe runs. A shell for everything would read the person's
 * arguments anew, so the file is looked up here, programs are started directly, and only batch files go through cmd.exe,
 * with every character that it would act on escaped.
 */
import { win32 } from 'node:path';

export interface SpawnPlan {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are one command line already. */
  readonly verbatim: boolean;
}

export interface WindowsWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly exists: (path: string) => boolean;
}

/** Undefined: cmd.exe has no way to pass such an argument to a batch file (a line break ends its command line). */
export function windowsPlan(
  command: string,
  args: readonly string[],
  { env, exists }: WindowsWorld,
): SpawnPlan | undefined {
  const found = lookUp(command, env, exists);
  if (found === undefined || !/\.(cmd|bat)$/i.test(found)) return { file: found ?? command, args, verbatim: false };
  if (args.some((arg) => /[\r\n\0]/.test(arg))) return undefined;
  const line = [escaped(`"${found}"`), ...args.map((arg) => escaped(escaped(quoted(arg))))].join(' ');
  return { file: variable(env, 'COMSPEC') ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

function lookUp(command: string, env: NodeJS.ProcessEnv, exists: (path: string) => boolean): string | undefined {
  const endings = (variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';').filter((ending) => ending !== '');
  const complete = endings.some((ending) => command.toLowerCase().endsWith(ending.toLowerCase()));
  const places = /[\\/:]/.test(command) ? [''] : (variable(env, 'PATH') ?? '').split(';').filter((dir) => dir !== '');
  for (const place of places) {
    const path = place === '' ? command : win32.join(place, command);
    for (const ending of complete ? [''] : endings) if (exists(path + ending)) return path + ending;
  }
  return undefined;
}

/** As the C runtime reads it: backslashes count only before a quote. */
function quoted(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** For cmd.exe. A batch file from npm hands its arguments on to a second reading, so those are escaped twice. */
function escaped(text: string): string {
  return text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
}

function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const found = Object.keys(env).find((key) => key.toUpperCase() === name);
  return found === undefined ? undefined : env[found];
}
