/** macOS: `lsof` names the process, `ps` what an interpreter runs. */
import { isInterpreter, lastPart, plain } from './process-name.ts';
import type { FindOwner, PortPair, ProcessOwner, RunTool } from './types.ts';

const LSOF = '/usr/sbin/lsof';
const PS = '/bin/ps';

export function createMacFinder(run: RunTool): FindOwner {
  return async (ports) => {
    const found = clientInLsof(await run(LSOF, ['-nP', `-iTCP:${ports.client}`, '-sTCP:ESTABLISHED', '-Fpcn']), ports);
    if (found === undefined || !isInterpreter(found.program)) return found;
    const script = scriptInArguments(await run(PS, ['-o', 'args=', '-p', String(found.pid)]));
    return { ...found, ...(script === undefined ? {} : { script }) };
  };
}

/** `-F` output: one field per line, its kind in the first letter; a process, then its files. Both ends are listed. */
export function clientInLsof(output: string, { client, gateway }: PortPair): ProcessOwner | undefined {
  let pid: number | undefined;
  let program: string | undefined;
  for (const line of output.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) pid = /^\d+$/.test(value) ? Number(value) : undefined;
    // lsof writes what is not plain ASCII, and blanks, as \xNN.
    else if (line.startsWith('c')) program = value.replaceAll('\\x20', ' ');
    else if (line.startsWith('n') && joins(value, client, gateway) && pid !== undefined && program !== undefined)
      return { pid, program };
  }
  return undefined;
}

function joins(name: string, client: number, gateway: number): boolean {
  const [, from, to] = /^\S+:(\d+)->\S+:(\d+)$/.exec(name) ?? [];
  return Number(from) === client && Number(to) === gateway;
}

/** `ps` joins arguments by blanks, so only what cannot be half a path counts: a script's ending, or a file in a bin folder. */
export function scriptInArguments(line: string): string | undefined {
  const [, first] = line.trim().split(/\s+/);
  if (first === undefined || !/\.(m?js|cjs|ts|py|rb|pl)$|\/bin\/[^/]+$/.test(first)) return undefined;
  return plain(lastPart(first));
}
