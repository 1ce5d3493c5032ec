/** An HTTP response as the pipeline's outlet. */
import type { ServerResponse } from 'node:http';
import type { Outlet } from '../pipeline/types.ts';

export function httpOutlet(response: ServerResponse): Outlet {
  return {
    head: (status, headers) => {
      if (response.destroyed) return;
      response.writeHead(status, headers);
      // A stream's head must not wait for its first frame.
      if (headers['content-length'] === undefined) response.flushHeaders();
    },
    write: (chunk) => response.destroyed || response.write(chunk),
    end: (chunk) => {
      if (!response.destroyed) response.end(chunk);
    },
    destroy: () => void response.destroy(),
    onDrain: (listener) => void response.on('drain', listener),
    onClose: (listener) =>
      void response.on('close', () => {
        if (!response.writableFinished) listener();
      }),
  };
}
