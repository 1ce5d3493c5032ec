/**
 * The error shapes of OpenAI-compatible providers: `{"error":{...}}` (most), `{"error":"...","code":"..."}` (xAI),
 * `{"object":"error","message":...}`, `{"message":...}` and `{"detail":...}` (Mistral), and a list around one (Gemini).
 */

import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ProviderError } from '../codec.ts';

/** Providers may put a whole page into a message; records keep the beginning. */
const MESSAGE_LENGTH_MAX = 500;

/** `event: error` frames are errors whatever their data looks like, hence `certain`. */
export function toProviderError(value: unknown, certain = false): ProviderError | undefined {
  if (Array.isArray(value)) return value.length === 1 ? toProviderError(value[0], certain) : undefined;
  const body = asObject(value);
  if (body === undefined) {
    return certain ? errorFrom({}, asText(value) ?? 'the provider sent an error without a message') : undefined;
  }
  const nested = body.error;
  if (nested !== undefined && nested !== null && nested !== false) {
    const inner = asObject(nested);
    if (inner === undefined) return errorFrom(body, asText(nested));
    return errorFrom(inner, asText(inner.message));
  }
  const flat = certain || body.object === 'error' || !('choices' in body || 'data' in body);
  if (!flat) return undefined;
  const message = asText(body.message) ?? detailOf(body.detail);
  if (message !== undefined || certain || body.object === 'error') return errorFrom(body, message);
  return undefined;
}

function errorFrom(from: JsonObject, message: string | undefined): ProviderError {
  const code = from.code;
  const status = statusOf(from.code) ?? statusOf(from.status) ?? statusOf(from.status_code);
  const type = asText(from.type);
  return {
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code).slice(0, 100) } : {}),
    ...(type === undefined ? {} : { type: type.slice(0, 100) }),
    message: (message ?? 'the provider sent an error without a message').slice(0, MESSAGE_LENGTH_MAX),
    ...(status === undefined ? {} : { status }),
  };
}

function detailOf(detail: unknown): string | undefined {
  if (typeof detail === 'string') return asText(detail);
  // FastAPI's list of validation problems; `input` beside `msg` would quote the request.
  if (Array.isArray(detail)) return asText(asObject(detail[0])?.msg);
  return asText(asObject(detail)?.message);
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}
