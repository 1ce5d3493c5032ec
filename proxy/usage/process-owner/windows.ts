/** Windows: `netstat` names the process, `tasklist` its image. */
import { join } from 'node:path';
import type { FindOwner, PortPair, RunTool } from './types.ts';

export function createWindowsFinder(run: RunTool, systemRoot: string): FindOwner {
  const tool = (name: string) => join(systemRoot, 'System32', name);
  return async (ports) => {
    const pid = clientInNetstat(await run(tool('netstat.exe'), ['-ano']), ports);
    if (pid === undefined) return undefined;
    const tasks = await run(tool('tasklist.exe'), ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    const program = imageInTasklist(tasks, pid);
    return program === undefined ? undefined : { pid, program };
  };
}

const LOOPBACK_END = /^(?:127(?:\.\d{1,3}){3}|\[::1\]):(\d+)$/;

/** The state is translated on a localised Windows, so a connection is told by its two ends. */
export function clientInNetstat(output: string, { client, gateway }: PortPair): number | undefined {
  for (const line of output.split(/\r?\n/)) {
    const [protocol, local = '', remote = '', , pid = ''] = line.trim().split(/\s+/);
    if (protocol !== 'TCP' || portOf(local) !== client || portOf(remote) !== gateway) continue;
    // 0 is the idle process: what it holds is waiting to be forgotten.
    return /^[1-9]\d*$/.test(pid) ? Number(pid) : undefined;
  }
  return undefined;
}

function portOf(end: string): number | undefined {
  const port = LOOPBACK_END.exec(end)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Image name and PID are the first two columns; an "INFO: No tasks" line has no quotes. */
export function imageInTasklist(output: string, pid: number): string | undefined {
  for (const line of output.split(/\r?\n/)) {
    const [, image, id] = /^"([^"]+)","(\d+)"/.exec(line) ?? [];
    if (image !== undefined && Number(id) === pid) return image;
  }
  return undefined;
}
