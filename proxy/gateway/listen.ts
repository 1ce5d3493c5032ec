/** Where the gateway listens, and what is said when it cannot. */
import { createServer as createSocketServer } from 'node:net';
import { listenFailure } from './start-failure.ts';

export interface Address {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** A config file decides on the port. */
  readonly managed: boolean;
}

/** Returns the port. Throws StartFailure in the words of the person; another port is never taken by itself. */
export async function listen(
  server: { listen(host: string, port: number): Promise<number> },
  { host, port, managed }: Address,
): Promise<number> {
  try {
    return await server.listen(host, port);
  } catch (error) {
    throw (await listenFailure(error, { host, port, managed, freePort: () => freePortNear(host, port) })) ?? error;
  }
}

/** With the path that goes into a tool. */
export function baseUrlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`;
}

/** A neighbour is easier to remember than what the system would give out. */
const NEIGHBOURS = 20;

/** Undefined when none of the next ports is free. Nothing is kept: it may be taken a moment later. */
async function freePortNear(host: string, port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + NEIGHBOURS, 65_535); next += 1) {
    if (await isFree(host, next)) return next;
  }
  return undefined;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createSocketServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
