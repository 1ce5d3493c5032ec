/** What went wrong in the provider's own words: `{"type":"error","error":{"type","message"}}`, and what gateways make of it. */
import { asObject, asText, parseJson } from '../../core/json-value.ts';
import type { ProviderError } from '../codec.ts';

/** Providers may put a whole page into a message; records keep the beginning. */
const MESSAGE_LENGTH_MAX = 500;
const NO_MESSAGE = 'the provider sent an error without a message';

/** The status that each type stands for, for errors that come inside a 200. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** Undefined when the value is no error. `certain`: it stands where only an error can. */
export function toProviderError(value: unknown, certain = false): ProviderError | undefined {
  const body = asObject(value);
  if (body === undefined) return certain ? { message: shorten(asText(value) ?? NO_MESSAGE) } : undefined;
  if (body.error === undefined || body.error === null) {
    if (!certain && body.type !== 'error') return undefined;
    const flat = asText(body.message) ?? asText(body.detail);
    return { message: shorten(flat ?? NO_MESSAGE) };
  }
  const error = asObject(body.error);
  if (error === undefined) return { message: shorten(asText(body.error) ?? NO_MESSAGE) };
  const type = asText(error.type)?.slice(0, 100);
  const code =
    typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code).slice(0, 100) : undefined;
  const status = (type === undefined ? undefined : STATUS.get(type)) ?? statusOf(error.code);
  return {
    message: shorten(asText(error.message) ?? NO_MESSAGE),
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
  };
}

/** An error answer, or an error inside a 200; undefined when the body is no error. Never throws. */
export function decodeError(status: number, body: Buffer): ProviderError | undefined {
  const failed = status >= 400;
  const text = body.toString('utf8');
  const error = toProviderError(parseJson(text), false);
  if (!failed) return error;
  return { ...(error ?? { message: wordsOf(text) }), status };
}

/** A proxy's HTML page says nothing that a person could use. */
function wordsOf(text: string): string {
  const words = text.trim();
  return words === '' || /^[<{[]/.test(words) ? NO_MESSAGE : shorten(words);
}

function statusOf(code: unknown): number | undefined {
  return typeof code === 'number' && Number.isInteger(code) && code >= 400 && code <= 599 ? code : undefined;
}

function shorten(message: string): string {
  return message.slice(0, MESSAGE_LENGTH_MAX);
}
