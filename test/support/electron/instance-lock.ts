/**
 * The single-instance lock: an exclusively created file names the owner, a local socket beside it takes the second
 * instance's command line. Electron's answer is synchronous, so the file decides and the socket only informs.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';

export interface Launch {
  argv: string[];
  cwd: string;
  additionalData: Record<string, unknown>;
}

/** Resolves when the first instance has been told (or cannot be). Await it before exiting. */
export let informed: Promise<void> = Promise.resolve();

let held: { file: string; server: Server } | undefined;

/** True when this is the first instance; otherwise the first one is told about `launch`. */
export function acquireLock(userData: string, launch: Launch, onSecond: (other: Launch) => void): boolean {
  mkdirSync(userData, { recursive: true });
  const file = join(userData, 'SingletonLock');
  const socket = join(userData, 'SingletonSocket');
  if (!createExclusively(file)) {
    informed = inform(socket, launch);
    return false;
  }
  rmSync(socket, { force: true });
  const server = createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8');
    connection.on('data', (chunk: string) => {
      text += chunk;
    });
    connection.on('end', () => onSecond(JSON.parse(text) as Launch));
  });
  server.listen(socket);
  held = { file, server };
  return true;
}

function inform(socket: string, launch: Launch): Promise<void> {
  return new Promise((resolve) => {
    const connection = createConnection(socket, () => connection.end(JSON.stringify(launch)));
    connection.on('close', () => resolve());
    connection.on('error', (error) => process.stderr.write(`the first instance did not answer: ${error.message}\n`));
  });
}

export function releaseLock(): void {
  held?.server.close();
  if (held !== undefined) rmSync(held.file, { force: true });
  held = undefined;
}

function createExclusively(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (isAlive(Number(readFileSync(file, 'utf8')))) return false;
  rmSync(file);
  return createExclusively(file);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
