/** A name for people out of what the operating system tells of a process. */
import type { ProcessOwner } from './types.ts';

const INTERPRETER = /^(node|nodejs|bun|python[\d.]*|ruby[\d.]*|perl[\d.]*)(\.exe)?$/i;
/** What looks like a file's name; anything else could be data. */
const PLAIN_NAME = /^[\w@.+-]{1,64}$/;
/** What node calls its main thread when nobody gave the process a title. */
const NO_TITLE = new Set(['MainThread', 'node-MainThread']);

export function isInterpreter(program: string): boolean {
  return INTERPRETER.test(program);
}

/**
 * The script of `node script.js`, `python -m module`, `/usr/bin/node /usr/local/bin/claude`. Undefined when options come
 * first: which of them take a value is the interpreter's own business. `title` is what the process calls itself
 * (`/proc/<pid>/comm`): a program that sets a title has overwritten its arguments with it.
 */
export function scriptOf(program: string, argv: readonly string[], title: string): string | undefined {
  if (!isInterpreter(program)) return undefined;
  const [, first, second] = argv;
  if (first === undefined || first === '')
    return isInterpreter(title) || NO_TITLE.has(title) ? undefined : plain(title);
  if (first === '-m' && /^python/i.test(program)) return second === undefined ? undefined : plain(second);
  if (first.startsWith('-')) return undefined;
  return plain(lastPart(first));
}

/** What a record holds: the script where one is known, else the program. */
export function processName({ program, script }: ProcessOwner): string {
  return script ?? program;
}

/** The last part of a path of either kind. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export function plain(name: string): string | undefined {
  return PLAIN_NAME.test(name) ? name : undefined;
}
