/** A client's body as JSON whose numbers are not rounded. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { parseLossless } from '../json/lossless.ts';
import { scanJson } from '../json/scan.ts';
import { asJsonObject } from './wire.ts';

const WHAT = 'the request body';

/** Throws GatehouseError invalid_utf8, invalid_json or too_deep; invalid_request when the body is no JSON object. */
export function readBody(body: Buffer): JsonObject {
  checkUtf8(body);
  // JSON.parse says neither where nor how deep.
  scanJson(body, WHAT);
  const object = asJsonObject(parseLossless(body.toString('utf8')));
  if (object === undefined) throw new GatehouseError('invalid_request', `${WHAT} must be a JSON object`);
  return object;
}

/** Throws GatehouseError invalid_json for an empty body or a byte-order mark, and invalid_utf8. */
export function checkUtf8(body: Buffer): void {
  if (body.length === 0) throw new GatehouseError('invalid_json', `${WHAT} is empty; send a JSON object`);
  if (!isUtf8(body))
    throw new GatehouseError('invalid_utf8', `${WHAT} is not valid UTF-8; encode it as UTF-8 and send it again`);
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf)
    throw new GatehouseError('invalid_json', `${WHAT} begins with a byte-order mark; send it without one`);
}
