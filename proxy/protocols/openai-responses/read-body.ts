/** A request body, checked before anything is read from it. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';
import { type JsonDocument, type JsonVisitor, scanJson } from '../json/scan.ts';

const WHAT = 'the request body';

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (it is no object). */
export function readBody(body: Buffer, visitor?: JsonVisitor): JsonDocument {
  if (body.length === 0) throw new GatehouseError('invalid_json', `${WHAT} is empty; send a JSON object`);
  if (!isUtf8(body))
    throw new GatehouseError('invalid_utf8', `${WHAT} is not valid UTF-8; encode it as UTF-8 and send it again`);
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new GatehouseError('invalid_json', `${WHAT} begins with a byte-order mark; send it without one`);
  }
  const document = scanJson(body, WHAT, visitor === undefined ? {} : { visitor });
  if (document.kind !== 'object') throw new GatehouseError('invalid_request', `${WHAT} must be a JSON object`);
  return document;
}

export function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
