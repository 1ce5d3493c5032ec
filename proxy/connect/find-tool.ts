/** Is a tool on this machine? By its program on the PATH, or by the folder that it makes. */
import { isThere } from './files/config-file.ts';
import { joined, shownPath } from './tools/places.ts';
import type { Machine, Tool } from './types.ts';

export interface Found {
  readonly installed: 'yes' | 'no' | 'unknown';
  /** For people. */
  readonly seenAt?: string;
}

export function findTool({ programs, folders }: Tool, machine: Machine): Found {
  const places = folders(machine);
  if (programs.length === 0 && places.length === 0) return { installed: 'unknown' };
  const seen = [...programs.flatMap((program) => onPath(program, machine)), ...places].find(isThere);
  return seen === undefined ? { installed: 'no' } : { installed: 'yes', seenAt: shownPath(machine, seen) };
}

function onPath(program: string, machine: Machine): string[] {
  const windows = machine.platform === 'win32';
  // Windows takes the name in any case.
  const name = Object.keys(machine.env).find((key) => (windows ? key.toUpperCase() : key) === 'PATH');
  const folders = ((name === undefined ? undefined : machine.env[name]) ?? '').split(windows ? ';' : ':');
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  return folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((ending) => joined(machine, folder, program + ending)));
}
