/** A request body, checked before anything is made of it. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';

export const REQUEST_BODY = 'the request body';

/** Throws GatehouseError invalid_json or invalid_utf8: an empty body, other encodings, a byte-order mark. */
export function checkEncoding(body: Buffer): void {
  if (body.length === 0) throw new GatehouseError('invalid_json', `${REQUEST_BODY} is empty; send a JSON object`);
  if (!isUtf8(body))
    throw new GatehouseError(
      'invalid_utf8',
      `${REQUEST_BODY} is not valid UTF-8; encode it as UTF-8 and send it again`,
    );
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new GatehouseError('invalid_json', `${REQUEST_BODY} begins with a byte-order mark; send it without one`);
  }
}

export function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
