/** An HTTP response as the pipeline's outlet. */
import type { ServerResponse } from 'node:http';
import type { Outlet } from '../pipeline/types.ts';
import { frameChunk, LAST_CHUNK } from './chunk-framing.ts';

export function httpOutlet(response: ServerResponse): Outlet {
  let framesChunks = false;
  return {
    head: (status, headers) => {
      if (response.destroyed) return;
      response.writeHead(status, headers);
      if (headers['content-length'] === undefined) framesChunks = sendStreamHead(response);
    },
    write: (chunk) => {
      if (response.destroyed || chunk.length === 0) return true;
      return response.write(framesChunks ? frameChunk(chunk, false) : chunk);
    },
    end: (chunk) => {
      if (response.destroyed) return;
      if (!framesChunks) response.end(chunk);
      else response.end(chunk === undefined || chunk.length === 0 ? LAST_CHUNK : frameChunk(chunk, true));
    },
    destroy: () => void response.destroy(),
    onDrain: (listener) => void response.on('drain', listener),
    onClose: (listener) =>
      void response.on('close', () => {
        if (!response.writableFinished) listener();
      }),
  };
}

/**
 * A stream's head does not wait for its first frame, but travels with one that follows at once. True when the body is
 * sent in chunks (to HTTP/1.0 clients it is not): they are framed here then, and no longer by Node.
 */
function sendStreamHead(response: ServerResponse): boolean {
  const { socket } = response;
  socket?.cork();
  response.flushHeaders();
  process.nextTick(() => socket?.uncork());
  const inChunks = response.chunkedEncoding;
  response.chunkedEncoding = false;
  return inChunks;
}
