/** An HTTP response as the pipeline's outlet. */
import type { ServerResponse } from 'node:http';
import type { Outlet } from '../pipeline/types.ts';
import { StreamWriter } from './stream-writer.ts';

export function httpOutlet(response: ServerResponse): Outlet {
  let stream: StreamWriter | undefined;
  /** Of every attempt that has had this outlet; those that are over do nothing. */
  const drained: (() => void)[] = [];
  const onDrain = () => {
    for (const listener of drained) listener();
  };
  response.on('drain', onDrain);
  return {
    head: (status, headers) => {
      if (response.destroyed) return;
      response.writeHead(status, headers);
      if (headers['content-length'] === undefined) stream = openStream(response, onDrain);
    },
    write: (chunk) => {
      if (response.destroyed || chunk.length === 0) return true;
      return stream === undefined ? response.write(chunk) : stream.write(chunk);
    },
    end: (chunk) => {
      if (response.destroyed) return;
      if (stream === undefined) response.end(chunk);
      else stream.end(chunk);
    },
    destroy: () => void response.destroy(),
    onDrain: (listener) => void drained.push(listener),
    onClose: (listener) =>
      void response.on('close', () => {
        if (!response.writableFinished) listener();
      }),
  };
}

/**
 * A stream's head does not wait for its first frame, but travels with one that follows at once. A body that is sent in
 * chunks (to HTTP/1.0 clients it is not) is framed here then, and no longer by Node. Undefined: Node writes it, also where
 * the answer to an earlier request on the same connection has still to go first.
 */
function openStream(response: ServerResponse, onDrain: () => void): StreamWriter | undefined {
  const { socket } = response;
  socket?.cork();
  response.flushHeaders();
  process.nextTick(() => socket?.uncork());
  if (socket === null || !response.chunkedEncoding) return undefined;
  response.chunkedEncoding = false;
  return new StreamWriter(response, socket, onDrain);
}
