/** Who listens on a port of this machine, for "port 7420 is in use by ollama (pid 812)". Never throws, never waits long. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

export interface PortOwner {
  readonly pid: number;
  /** The program's name without arguments, which may hold secrets. */
  readonly command: string;
}

const run = promisify(execFile);
const TOOL_TIMEOUT_MS = 2_000;

/** Undefined when nobody listens there, or when this user may not know. */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  try {
    if (process.platform === 'linux') return await findInProc(port);
    if (process.platform === 'darwin') return await findWithLsof(port, '/usr/sbin/lsof');
    if (process.platform === 'win32') return await findWithNetstat(port);
    return undefined;
  } catch {
    // The answer only makes an error message better; the caller has the error itself.
    return undefined;
  }
}

const LISTEN = '0A';
/** As /proc/net writes them (little-endian words): 127.0.0.1, 0.0.0.0, ::, ::1, ::ffff:127.0.0.1. */
const LOCAL_ADDRESSES = new Set([
  '0100007F',
  '00000000',
  '0'.repeat(32),
  `${'0'.repeat(24)}01000000`,
  '0000000000000000FFFF00000100007F',
]);

/** Socket inodes in the text of /proc/net/tcp or tcp6 that listen on this port of this machine. */
export function listeningInodes(table: string, port: number): string[] {
  const inodes: string[] = [];
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    const [address = '', hexPort = ''] = local.split(':');
    const matches = state === LISTEN && LOCAL_ADDRESSES.has(address) && Number.parseInt(hexPort, 16) === port;
    if (matches && inode !== undefined) inodes.push(inode);
  }
  return inodes;
}

async function findInProc(port: number): Promise<PortOwner | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readOrEmpty));
  const sockets = new Set(tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holdsOneOf(join('/proc', pid, 'fd'), sockets)) {
      return { pid: Number(pid), command: await commandOf(pid) };
    }
  }
  return undefined;
}

async function holdsOneOf(directory: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Other users' processes refuse, and any process may end while we look.
  const descriptors = await readdir(directory).catch((): string[] => []);
  for (const descriptor of descriptors) {
    const target = await readlink(join(directory, descriptor)).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

/** The name of the executable; a process can call itself anything, and Node's main thread calls itself MainThread. */
async function commandOf(pid: string): Promise<string> {
  const executable = await readlink(join('/proc', pid, 'exe')).catch(() => '');
  if (executable !== '') return basename(executable.replace(/ \(deleted\)$/, ''));
  const name = (await readOrEmpty(join('/proc', pid, 'comm'))).trim();
  return name === '' ? 'an unknown program' : name;
}

function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

export async function findWithLsof(port: number, lsofPath: string): Promise<PortOwner | undefined> {
  const { stdout } = await run(lsofPath, ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    timeout: TOOL_TIMEOUT_MS,
  });
  return ownerInLsof(stdout);
}

/** `-F` output: one field per line, its kind in the first letter. */
export function ownerInLsof(output: string): PortOwner | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const command = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined || command === undefined ? undefined : { pid: Number(pid), command };
}

async function findWithNetstat(port: number): Promise<PortOwner | undefined> {
  const system = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32');
  const limits = { timeout: TOOL_TIMEOUT_MS, windowsHide: true };
  const sockets = await run(join(system, 'netstat.exe'), ['-ano', '-p', 'TCP'], limits);
  const pid = pidInNetstat(sockets.stdout, port);
  if (pid === undefined) return undefined;
  const tasks = await run(join(system, 'tasklist.exe'), ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], limits);
  const command = commandInTasklist(tasks.stdout);
  return command === undefined ? undefined : { pid, command };
}

/** The state is translated on a localised Windows; a listening socket is told by its empty remote address. */
export function pidInNetstat(output: string, port: number): number | undefined {
  for (const line of output.split(/\r?\n/)) {
    const [protocol, local = '', remote, , pid] = line.trim().split(/\s+/);
    const listens = protocol === 'TCP' && remote === '0.0.0.0:0' && /^(127\.0\.0\.1|0\.0\.0\.0):\d+$/.test(local);
    if (listens && local.endsWith(`:${port}`) && pid !== undefined) return Number(pid);
  }
  return undefined;
}

/** First column of CSV without a header; an "INFO: No tasks" line has no quotes. */
export function commandInTasklist(output: string): string | undefined {
  return /^"([^"]+)","\d+"/m.exec(output)?.[1];
}
