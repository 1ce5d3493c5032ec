/** The control contract of a gateway that runs on this machine, over HTTP on loopback or on the desktop app's socket. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { z } from 'zod';
import { isLoopbackHost } from '../config/check-config.ts';
import { type ControlContract, controlContract } from '../contract/control.ts';

export type ControlClient = ContractRouterClient<ControlContract>;

/** What a gateway writes to `control.json` in its data directory. */
const controlFile = z.object({
  baseUrl: z.url(),
  /** Loopback: the token goes nowhere else, whatever the file says. */
  controlUrl: z.url().refine((url) => isLoopbackHost(new URL(url).hostname.replace(/^\[|\]$/g, ''))),
  socketPath: z.string().min(1).optional(),
  token: z.string().min(1),
});
export type ControlFile = z.infer<typeof controlFile>;

const CALL_TIMEOUT_MS = 30_000;

/** Undefined when there is none, or none that can be read. A gateway that was killed leaves its file behind. */
export function readControlFile(dataDir: string): ControlFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDir, 'control.json'), 'utf8');
  } catch {
    // Not running, or not ours to read: both mean that the control API is not to be had.
    return undefined;
  }
  const parsed = z
    .string()
    .transform((json, ctx): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        ctx.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(controlFile)
    .safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

/** Every call has a deadline. */
export function createControlClient(file: ControlFile, timeoutMs = CALL_TIMEOUT_MS): ControlClient {
  const { controlUrl, socketPath, token } = file;
  const send = socketPath === undefined ? fetch : fetchOver(socketPath);
  const link = new RPCLink({
    url: controlUrl,
    // Whatever answers on that port is held to the contract: it may be another program by now.
    plugins: [new ResponseValidationPlugin(controlContract)],
    headers: { authorization: `Bearer ${token}` },
    fetch: (request, init) => send(request, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  });
  return createORPCClient<ControlClient>(link);
}

/**
 * Requests of the platform's own make are unknown to the library's, so what they hold is handed over. The library is
 * loaded by whoever gets here: it takes 9 MB, and `gatehouse serve` comes by this file too.
 */
function fetchOver(socketPath: string): (request: Request, init: RequestInit) => Promise<Response> {
  const library = import('undici').then(({ Agent, fetch }) => ({
    fetch,
    dispatcher: new Agent({ connect: { socketPath } }),
  }));
  return async (request, { signal }) => {
    const { fetch, dispatcher } = await library;
    const body = request.body === null ? undefined : await request.arrayBuffer();
    const answer = await fetch(request.url, {
      method: request.method,
      headers: [...request.headers],
      ...(body === undefined ? {} : { body }),
      ...(signal === null || signal === undefined ? {} : { signal }),
      dispatcher,
    });
    return new Response(answer.body as ReadableStream | null, { status: answer.status, headers: [...answer.headers] });
  };
}
