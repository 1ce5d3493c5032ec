/**
 * The control contract for commands of this machine's user while the desktop app runs: a socket file (Windows: a named
 * pipe), so that nothing listens on the network, and behind the control token like every other door.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { ControlRouter } from '../control/router.ts';
import { registerControlRoutes } from './control-routes.ts';

const SOCKET_FILE_MODE = 0o600;
/** macOS gives the address of a socket 104 bytes, Linux 108. */
const PATH_BYTES_MAX = 100;

export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** Undefined where the data directory's path is too long for a socket. Call while holding the instance's lock. */
export async function openControlSocket(
  dataDir: string,
  router: ControlRouter,
  token: string,
): Promise<ControlSocket | undefined> {
  const path = socketPath(dataDir);
  if (path === undefined) return undefined;
  const file = process.platform !== 'win32';
  // One that was killed leaves its file behind.
  if (file) rmSync(path, { force: true });
  const app = Fastify({ logger: false, forceCloseConnections: true });
  registerControlRoutes(app, router, token);
  await app.listen({ path });
  if (file) chmodSync(path, SOCKET_FILE_MODE);
  return { path, close: () => app.close() };
}

function socketPath(dataDir: string): string | undefined {
  if (process.platform === 'win32') return `\\\\.\\pipe\\gatehouse-${randomBytes(16).toString('hex')}`;
  const path = join(dataDir, 'control.sock');
  return Buffer.byteLength(path) > PATH_BYTES_MAX ? undefined : path;
}
