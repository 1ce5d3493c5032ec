/**
 * One event of a stream, read strictly where content is at stake: a piece that can't be read means that the answer would
 * silently lack it. Whole events of a kind nobody knows yet are skipped, if their two names agree that they are such.
 */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { ProviderError } from '../codec.ts';
import { tryParseLossless } from '../json/lossless.ts';
import type { SseEvent } from '../sse/parse-frame.ts';
import { toProviderError } from './provider-error.ts';

export type WireEvent =
  | { readonly type: 'start'; readonly message: JsonObject }
  | { readonly type: 'block-start'; readonly index: number; readonly block: JsonObject }
  | { readonly type: 'delta'; readonly index: number; readonly delta: JsonObject }
  | { readonly type: 'block-stop'; readonly index: number }
  | { readonly type: 'message-delta'; readonly delta: JsonObject; readonly usage: JsonObject | undefined }
  | { readonly type: 'stop' }
  | { readonly type: 'error'; readonly error: ProviderError }
  | { readonly type: 'skip' }
  | { readonly type: 'malformed' };

const MALFORMED: WireEvent = { type: 'malformed' };
const SKIP: WireEvent = { type: 'skip' };

const KNOWN: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
  'error',
]);

export function readEvent({ event, data }: SseEvent): WireEvent {
  // OpenRouter ends its Anthropic streams with the other protocol's mark as well.
  if (data.trim() === '[DONE]') return SKIP;
  const value = asObject(tryParseLossless(data)) as JsonObject | undefined;
  if (event === 'error') return { type: 'error', error: toProviderError(value ?? data, true) ?? { message: data } };
  if (value === undefined) return MALFORMED;
  const type = asText(value.type);
  if (type === undefined) {
    const error = toProviderError(value);
    return error === undefined ? MALFORMED : { type: 'error', error };
  }
  if (!KNOWN.has(type)) return event === type ? SKIP : MALFORMED;
  // Two events run into one.
  if (event !== undefined && event !== type && KNOWN.has(event)) return MALFORMED;
  return readKnown(type, value);
}

function readKnown(type: string, value: JsonObject): WireEvent {
  switch (type) {
    case 'message_start': {
      const message = objectAt(value, 'message');
      return message === undefined ? MALFORMED : { type: 'start', message };
    }
    case 'content_block_start': {
      const index = indexOf(value);
      const block = objectAt(value, 'content_block');
      return index === undefined || asText(block?.type) === undefined || block === undefined
        ? MALFORMED
        : { type: 'block-start', index, block };
    }
    case 'content_block_delta': {
      const index = indexOf(value);
      const delta = objectAt(value, 'delta');
      return index === undefined || delta === undefined ? MALFORMED : { type: 'delta', index, delta };
    }
    case 'content_block_stop': {
      const index = indexOf(value);
      return index === undefined ? MALFORMED : { type: 'block-stop', index };
    }
    case 'message_delta': {
      const delta = objectAt(value, 'delta');
      return delta === undefined ? MALFORMED : { type: 'message-delta', delta, usage: objectAt(value, 'usage') };
    }
    case 'message_stop':
      return { type: 'stop' };
    case 'error':
      return { type: 'error', error: toProviderError(value, true) ?? { message: 'unknown' } };
    default:
      return SKIP;
  }
}

function indexOf(value: JsonObject): number | undefined {
  const { index } = value;
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined;
}

function objectAt(value: JsonObject, key: string): JsonObject | undefined {
  return asObject(value[key]) as JsonObject | undefined;
}
