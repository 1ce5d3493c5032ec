/** One message of the binary stream as the event it carries. */
import type { MessageHeaders } from '@smithy/eventstream-codec';
import type { AnswerError } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { eventStreamCodec } from './event-message.ts';
import { streamError } from './provider-error.ts';

export type WireEvent =
  | { readonly type: 'message-start' }
  | { readonly type: 'block-start'; readonly index: number; readonly start: JsonObject }
  | { readonly type: 'delta'; readonly index: number; readonly delta: JsonObject }
  | { readonly type: 'block-stop'; readonly index: number }
  | { readonly type: 'message-stop'; readonly body: JsonObject }
  | { readonly type: 'metadata'; readonly body: JsonObject }
  | { readonly type: 'error'; readonly error: AnswerError }
  /** An event of a kind that this release does not know. */
  | { readonly type: 'skip' }
  | { readonly type: 'malformed' };

const MALFORMED: WireEvent = { type: 'malformed' };

/** `message` is whole, as its prelude says; its last CRC is checked here. */
export function readMessage(message: Buffer): WireEvent {
  const decoded = decode(message);
  if (decoded === undefined) return MALFORMED;
  const { headers, payload } = decoded;
  const messageType = textOf(headers, ':message-type');
  if (messageType === 'event') return readEvent(textOf(headers, ':event-type'), payload);
  if (messageType === 'exception') {
    return {
      type: 'error',
      error: streamError(textOf(headers, ':exception-type') ?? '', tryParseLossless(payload) ?? payload),
    };
  }
  if (messageType === 'error') {
    return {
      type: 'error',
      error: streamError(textOf(headers, ':error-code') ?? '', textOf(headers, ':error-message')),
    };
  }
  return MALFORMED;
}

function readEvent(name: string | undefined, payload: string): WireEvent {
  const body = asObject(tryParseLossless(payload)) as JsonObject | undefined;
  if (name === undefined || body === undefined) return MALFORMED;
  switch (name) {
    case 'messageStart':
      return { type: 'message-start' };
    case 'contentBlockStart':
      return withIndex(body, asObject(body.start), (index, start) => ({ type: 'block-start', index, start }));
    case 'contentBlockDelta':
      return withIndex(body, asObject(body.delta), (index, delta) => ({ type: 'delta', index, delta }));
    case 'contentBlockStop':
      return withIndex(body, body, (index) => ({ type: 'block-stop', index }));
    case 'messageStop':
      return { type: 'message-stop', body };
    case 'metadata':
      return { type: 'metadata', body };
    default:
      return { type: 'skip' };
  }
}

function withIndex(
  { contentBlockIndex: index }: JsonObject,
  content: Readonly<Record<string, unknown>> | undefined,
  make: (index: number, content: JsonObject) => WireEvent,
): WireEvent {
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0 || content === undefined) return MALFORMED;
  return make(index, content as JsonObject);
}

function decode(message: Buffer): { readonly headers: MessageHeaders; readonly payload: string } | undefined {
  try {
    const { headers, body } = eventStreamCodec.decode(message);
    return { headers, payload: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') };
  } catch (error) {
    // The codec throws plain errors: a CRC that does not fit, a header of a type that does not exist, one past the end.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function textOf(headers: MessageHeaders, name: string): string | undefined {
  const value = headers[name]?.value;
  return typeof value === 'string' ? value : undefined;
}
