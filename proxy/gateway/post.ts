/** A POST of our own (an alert) through the transport, so that proxy, certificates and plain words hold for it too. */
import type { Post } from '../alerts/types.ts';
import type { Transport } from '../providers/transport/transport.ts';

export function postBy(transport: Transport): Post {
  return ({ url, headers, body, timeoutMs, answerBytesMax, signal }) =>
    new Promise((resolve, reject) => {
      let status: number | undefined;
      let bytes = 0;
      const timeouts = { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs };
      const path = url.pathname + url.search;
      const exchange = transport.send(
        url.origin,
        path,
        { method: 'POST', path, headers, body, timeouts },
        {
          onHead(answered) {
            status = answered;
          },
          onData(chunk) {
            bytes += chunk.length;
            if (bytes > answerBytesMax && status !== undefined) {
              exchange.abort();
              end({ status });
            }
            return true;
          },
          onEnd() {
            if (status === undefined) fail(new Error('the answer ended before it began'));
            else end({ status });
          },
          // The receiver has decided by its status; what it meant to say after it is nothing to us.
          onError: (error) => (status === undefined ? fail(error) : end({ status })),
        },
      );
      const abort = () => {
        exchange.abort();
        fail(new Error('called off: the gateway is closing'));
      };
      signal.addEventListener('abort', abort);
      const end = (answer: { status: number }) => {
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
      const fail = (error: Error) => {
        signal.removeEventListener('abort', abort);
        reject(error);
      };
    });
}
