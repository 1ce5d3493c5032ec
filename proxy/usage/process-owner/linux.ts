/** Linux: the kernel's socket table names the socket, `/proc` names who holds it. */
import { open, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { clientSocket } from './proc-net.ts';
import { createProcScan, type ScanLimits } from './proc-scan.ts';
import { plain, scriptOf } from './process-name.ts';
import { createSharedTable } from './shared-table.ts';
import type { FindOwner, ProcessOwner } from './types.ts';

/** Enough for an interpreter and its script; what follows is nobody's business. */
const COMMAND_LINE_BYTES_MAX = 4_096;

export interface LinuxParts {
  readonly monotonicMs: () => number;
  readonly uid: number;
  readonly procDir?: string;
  readonly limits?: ScanLimits;
}

export function createLinuxFinder({ procDir = '/proc', ...parts }: LinuxParts): FindOwner {
  const findPid = createProcScan({ procDir, ...parts });
  const table = (name: string) => createSharedTable(() => readOrEmpty(join(procDir, 'net', name)), parts.monotonicMs);
  const [tcp, tcp6] = [table('tcp'), table('tcp6')];
  return async (ports, askedMs) => {
    // Each table costs milliseconds. A client that speaks IPv4 through an IPv6 socket stands in the second one.
    const inFirst = ports.family === 4 ? clientSocket(await tcp.since(askedMs), ports) : undefined;
    const socket = inFirst ?? clientSocket(await tcp6.since(askedMs), ports);
    // Another user's descriptors cannot be read, so there is nothing to look for.
    if (socket === undefined || socket.uid !== parts.uid) return undefined;
    const pid = await findPid(socket.inode);
    return pid === undefined ? undefined : ownerOf(procDir, pid);
  };
}

async function ownerOf(procDir: string, pid: number): Promise<ProcessOwner | undefined> {
  const directory = join(procDir, String(pid));
  const title = (await readOrEmpty(join(directory, 'comm'))).trim();
  const executable = await readlink(join(directory, 'exe')).catch(() => '');
  const program = executable === '' ? plain(title) : basename(executable.replace(/ \(deleted\)$/, ''));
  if (program === undefined) return undefined;
  const script = scriptOf(program, await commandLine(join(directory, 'cmdline')), title);
  return { pid, program, ...(script === undefined ? {} : { script }) };
}

/** Arguments are read to find the script's name and forgotten. One that was cut off is left out. */
async function commandLine(path: string): Promise<string[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(COMMAND_LINE_BYTES_MAX), 0, COMMAND_LINE_BYTES_MAX, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\0').slice(0, -1);
  } finally {
    await file.close();
  }
}

function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
