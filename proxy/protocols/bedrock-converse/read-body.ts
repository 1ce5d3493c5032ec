/** A request body to an object, or the reason why not in words. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { parseLossless } from '../json/lossless.ts';
import { scanJson } from '../json/scan.ts';

const WHAT = 'the request body';

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request. */
export function readBody(body: Buffer): JsonObject {
  if (!isUtf8(body)) {
    throw new GatehouseError('invalid_utf8', `${WHAT} is not valid UTF-8; encode it as UTF-8 and send it again`);
  }
  // Says where it is wrong, and refuses nesting that would overflow the stack of whoever walks it.
  scanJson(body, WHAT);
  const value = asObject(parseLossless(body.toString('utf8')));
  if (value === undefined) throw new GatehouseError('invalid_request', `${WHAT} must be a JSON object`);
  return value as JsonObject;
}

export function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
