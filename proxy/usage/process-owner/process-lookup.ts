/** Asks the operating system once for each connection, one question at a time, and never keeps a request waiting. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { systemClock } from '../../core/clock.ts';
import { createLinuxFinder } from './linux.ts';
import { createMacFinder } from './macos.ts';
import type { ClientSocket, FindOwner, PortPair, ProcessLookup, ProcessOwner, RunTool } from './types.ts';
import { createWindowsFinder } from './windows.ts';

/** A burst of new connections beyond this stays without a name. */
const WAITING_MAX = 128;
const TOOL_TIMEOUT_MS = 2_000;
const TOOL_OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

const runFile = promisify(execFile);
const runTool: RunTool = async (file, args) => {
  const limits = { timeout: TOOL_TIMEOUT_MS, maxBuffer: TOOL_OUTPUT_BYTES_MAX, windowsHide: true };
  const { stdout } = await runFile(file, [...args], limits);
  return stdout;
};

export interface ProcessLookupParts {
  readonly platform: NodeJS.Platform;
  /** Instead of the platform's own way. */
  readonly find?: FindOwner;
  /** A look-up failed, which is no more than a name missing: for a debug log. */
  readonly onFailure?: (error: unknown) => void;
}

export function createProcessLookup(parts: ProcessLookupParts): ProcessLookup {
  const find = parts.find ?? finderOf(parts.platform);
  const asked = new WeakMap<ClientSocket, Promise<ProcessOwner | undefined>>();
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(ports: PortPair): Promise<ProcessOwner | undefined> {
    if (find === undefined || waiting >= WAITING_MAX) return undefined;
    waiting += 1;
    const askedMs = systemClock.monotonicMs();
    const mine = last.then(async () => {
      try {
        return await find(ports, askedMs);
      } catch (error) {
        parts.onFailure?.(error);
        return undefined;
      } finally {
        waiting -= 1;
      }
    });
    last = mine;
    return mine;
  }

  return {
    ownerOf(socket) {
      const known = asked.get(socket);
      if (known !== undefined) return known;
      const ports = loopbackPorts(socket);
      const answer = ports === undefined ? Promise.resolve(undefined) : ask(ports);
      asked.set(socket, answer);
      return answer;
    },
  };
}

/** Undefined on a platform without a way. */
function finderOf(platform: NodeJS.Platform): FindOwner | undefined {
  switch (platform) {
    case 'linux': {
      const uid = process.getuid?.();
      return uid === undefined ? undefined : createLinuxFinder({ uid, monotonicMs: systemClock.monotonicMs });
    }
    case 'darwin':
      return createMacFinder(runTool);
    case 'win32':
      return createWindowsFinder(runTool, process.env.SystemRoot ?? 'C:\\Windows');
    default:
      return undefined;
  }
}

/** A connection from elsewhere has no process here. */
function loopbackPorts({ remoteAddress, remotePort, localPort }: ClientSocket): PortPair | undefined {
  if (remoteAddress === undefined || remotePort === undefined || localPort === undefined) return undefined;
  const family = /^(::ffff:)?127\./.test(remoteAddress) ? 4 : remoteAddress === '::1' ? 6 : undefined;
  return family === undefined ? undefined : { family, client: remotePort, gateway: localPort };
}
