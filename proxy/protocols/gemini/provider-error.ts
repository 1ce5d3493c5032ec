/**
 * Google's error shape: `{"error":{"code","message","status","details"}}`, alone, in a list of one (streams without alt=sse),
 * or as an SSE event. A wrong key is a 400 INVALID_ARGUMENT whose details say API_KEY_INVALID: told as the 401 it means.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import type { ProviderError } from '../codec.ts';
import { asJsonObject, listField, numberField, textField } from './wire.ts';

/** A provider may put a whole page into a message; records keep the beginning. */
const MESSAGE_LENGTH_MAX = 500;
const NAME_LENGTH_MAX = 100;
const NO_MESSAGE = 'the provider sent an error without a message';

/** Undefined when the value is no error. */
export function toProviderError(value: unknown): ProviderError | undefined {
  if (Array.isArray(value)) return value.length === 1 ? toProviderError(value[0]) : undefined;
  const body = asJsonObject(value);
  const error = body?.error;
  if (error === undefined || error === null || error === false) return undefined;
  const inner = asJsonObject(error);
  if (inner === undefined) return { message: typeof error === 'string' ? cut(error) : NO_MESSAGE };
  const reason = reasonOf(inner);
  const type = textField(inner, 'status') ?? textField(inner, 'type');
  const code = reason ?? codeText(inner.code) ?? type;
  const status = reason === 'API_KEY_INVALID' ? 401 : statusOf(inner.code);
  return {
    ...(code === undefined ? {} : { code: code.slice(0, NAME_LENGTH_MAX) }),
    ...(type === undefined ? {} : { type: type.slice(0, NAME_LENGTH_MAX) }),
    message: cut(textField(inner, 'message') ?? NO_MESSAGE),
    ...(status === undefined ? {} : { status }),
  };
}

/** Milliseconds of a google.rpc.RetryInfo, e.g. `"retryDelay": "42.5s"`. */
export function retryDelayMs(value: unknown): number | undefined {
  const error = asJsonObject(asJsonObject(Array.isArray(value) ? value[0] : value)?.error);
  for (const detail of listField(error, 'details')) {
    const found = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(textField(asJsonObject(detail), 'retryDelay') ?? '');
    if (found !== null) return Math.ceil(Number(found[1]) * 1_000);
  }
  return undefined;
}

function reasonOf(error: JsonObject): string | undefined {
  for (const detail of listField(error, 'details')) {
    const reason = textField(asJsonObject(detail), 'reason');
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function codeText(code: Json | undefined): string | undefined {
  return typeof code === 'number' ? String(code) : typeof code === 'string' && code !== '' ? code : undefined;
}

function statusOf(code: Json | undefined): number | undefined {
  const status = numberField({ code: code ?? null }, 'code');
  return status !== undefined && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}

function cut(message: string): string {
  return message.slice(0, MESSAGE_LENGTH_MAX);
}
