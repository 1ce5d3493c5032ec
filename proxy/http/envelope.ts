/** Errors from before the pipeline: no codec has seen the request yet, so the route's protocol decides the envelope. */
import type { ServerResponse } from 'node:http';
import type { GatehouseError } from '../core/errors.ts';
import { errorHeaders } from '../pipeline/respond.ts';
import type { PassThroughCodec } from '../protocols/codec.ts';

export function sendErrorRaw(
  response: ServerResponse,
  codec: PassThroughCodec,
  error: GatehouseError,
  requestId: string,
): void {
  const body = codec.encodeError(error, requestId);
  response.writeHead(error.status, {
    ...errorHeaders(error),
    'x-request-id': requestId,
    'content-length': body.length,
  });
  response.end(body);
}
