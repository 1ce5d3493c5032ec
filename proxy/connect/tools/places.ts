/** Where tools keep their things, by system. Pure: nothing is looked at. */
import { posix, win32 } from 'node:path';
import type { Machine } from '../types.ts';

/** `/` or `\`, as the machine has it. */
export function joined(machine: Pick<Machine, 'platform'>, ...parts: readonly string[]): string {
  return (machine.platform === 'win32' ? win32 : posix).join(...parts);
}

/** Below the home folder; undefined where nobody says which it is. */
export function inHome(machine: Machine, ...parts: readonly string[]): string | undefined {
  return machine.home === undefined ? undefined : joined(machine, machine.home, ...parts);
}

/** What a variable names, if it does, else the place below home. */
export function placeOf(machine: Machine, variable: string, ...belowHome: readonly string[]): string | undefined {
  const named = machine.env[variable];
  return named === undefined || named === '' ? inHome(machine, ...belowHome) : named;
}

/** `~/.config`, or what XDG_CONFIG_HOME says. */
export function configHome(machine: Machine): string | undefined {
  return placeOf(machine, 'XDG_CONFIG_HOME', '.config');
}

/** For people: `~/.codex/config.toml`. */
export function shownPath({ home, platform }: Machine, path: string): string {
  const separator = platform === 'win32' ? '\\' : '/';
  return home !== undefined && path.startsWith(home + separator) ? `~${path.slice(home.length)}` : path;
}

/** What is known, without what is not. */
export function known(...paths: readonly (string | undefined)[]): string[] {
  return paths.filter((path) => path !== undefined);
}
