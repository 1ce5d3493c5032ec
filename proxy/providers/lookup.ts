/**
 * A small question to a server that is not a call: what do you list, who are you. It goes through the transport like
 * everything else that leaves the house, with short time limits of its own; nothing is billed for it.
 */
import { GatehouseError } from '../core/errors.ts';
import type { UpstreamExchange, UpstreamRequest, UpstreamSink, UpstreamTimeouts } from '../core/upstream.ts';

export interface LookupAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export const LOOKUP_TIMEOUTS: UpstreamTimeouts = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000, totalMs: 10_000 };
/** OpenRouter's list is the longest: about 1 MB. */
const BYTES_MAX = 16 * 1024 * 1024;

/** Rejects with GatehouseError upstream_*; `signal` ends it at once. */
export function lookup(
  send: (request: UpstreamRequest, sink: UpstreamSink) => UpstreamExchange,
  request: UpstreamRequest,
  signal: AbortSignal,
): Promise<LookupAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    let exchange: UpstreamExchange | undefined;
    const stop = () => {
      exchange?.abort();
      fail(new GatehouseError('shutting_down', 'the look-up was given up'));
    };
    const fail = (error: GatehouseError) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    };
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    exchange = send(request, {
      onHead: (received) => {
        status = received;
      },
      onData: (chunk) => {
        bytes += chunk.length;
        if (bytes > BYTES_MAX) {
          exchange?.abort();
          fail(new GatehouseError('upstream_too_large', `the answer is larger than ${BYTES_MAX / 1024 / 1024} MiB`));
          return true;
        }
        chunks.push(chunk);
        return true;
      },
      onEnd: () => {
        signal.removeEventListener('abort', stop);
        resolve({ status, body: Buffer.concat(chunks) });
      },
      onError: fail,
    });
  });
}
