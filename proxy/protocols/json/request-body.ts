/** A request body, checked before anything is read from it, and the words for what is wrong with one. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { parseLossless } from './lossless.ts';
import { type JsonDocument, type JsonVisitor, scanJson } from './scan.ts';

export const REQUEST_BODY = 'the request body';

/** Throws GatehouseError invalid_json or invalid_utf8: an empty body, other encodings, a byte-order mark. */
export function checkEncoding(body: Buffer): void {
  if (body.length === 0) throw new GatehouseError('invalid_json', `${REQUEST_BODY} is empty; send a JSON object`);
  if (!isUtf8(body)) {
    const message = `${REQUEST_BODY} is not valid UTF-8; encode it as UTF-8 and send it again`;
    throw new GatehouseError('invalid_utf8', message);
  }
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new GatehouseError('invalid_json', `${REQUEST_BODY} begins with a byte-order mark; send it without one`);
  }
}

/** As `checkEncoding`, and too_deep, with where it is wrong; invalid_request when the body is no object. */
export function scanBody(body: Buffer, visitor?: JsonVisitor): JsonDocument {
  checkEncoding(body);
  const document = scanJson(body, REQUEST_BODY, visitor === undefined ? {} : { visitor });
  if (document.kind !== 'object') throw notAnObject();
  return document;
}

/** As `scanBody`, read into values; numbers are not rounded. */
export function readBody(body: Buffer): JsonObject {
  scanBody(body);
  const object = asObject(parseLossless(body.toString('utf8')));
  if (object === undefined) throw notAnObject();
  return object as JsonObject;
}

export function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}

function notAnObject(): GatehouseError {
  return new GatehouseError('invalid_request', `${REQUEST_BODY} must be a JSON object`);
}
