/** Errors in this protocol: whole ones in OpenAI's envelope, in a stream as the two events that OpenAI sends. */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText, parseJson } from '../../core/json-value.ts';
import type { ProviderError } from '../codec.ts';
import { toProviderError } from '../openai-chat/provider-error.ts';

export { encodeError } from '../openai-chat/error-envelope.ts';

/** A provider's own words. */
export function encodeProviderError(error: ProviderError, requestId: string): Buffer {
  const { message, type, code } = error;
  const envelope = {
    message,
    type: type ?? 'upstream_error',
    param: null,
    code: code ?? null,
    gatehouse: { requestId },
  };
  return Buffer.from(JSON.stringify({ error: envelope }));
}

export interface StreamError {
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
}

/** What a stream's failed end has to tell of the events before it. */
export interface StreamSoFar {
  /** The number of the next event. */
  readonly sequence: number;
  /** The response as the client knows it. */
  readonly response: Readonly<Record<string, unknown>>;
}

/**
 * The in-band end of a stream that failed. SDKs raise on `error`, Codex only on `response.failed`, so both are sent, in
 * OpenAI's order.
 */
export function encodeFailure(error: StreamError, { sequence, response }: StreamSoFar): Buffer {
  const failed = { ...response, status: 'failed', error: failure(error), incomplete_details: null };
  return Buffer.from(
    frame('error', { type: 'error', sequence_number: sequence, ...errorEvent(error) }) +
      frame('response.failed', { type: 'response.failed', sequence_number: sequence + 1, response: failed }),
  );
}

/**
 * The same where nothing is known of the events before it (a fault of ours outside the stream): hence without sequence
 * numbers, which no client needs.
 */
export function encodeStreamError(error: StreamError, requestId: string): Buffer {
  const response: JsonObject = {
    id: `resp_${requestId}`,
    object: 'response',
    status: 'failed',
    error: failure(error),
    incomplete_details: null,
    output: [],
    usage: null,
  };
  return Buffer.from(
    frame('error', { type: 'error', ...errorEvent(error) }) +
      frame('response.failed', { type: 'response.failed', response }),
  );
}

/** Both the flat form of the description and the nested one that is really sent. */
export function errorEvent({ message, type, code }: StreamError): JsonObject {
  const error = { type: type ?? 'server_error', code: code ?? null, message, param: null };
  return { code: code ?? null, message, param: null, error };
}

/** `error` of a failed response. */
export function failure({ message, code }: StreamError): { code: string; message: string } {
  return { code: code ?? 'server_error', message };
}

export function frame(type: string, data: Readonly<Record<string, unknown>>): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** An error body, or a response that failed inside a 200. Never throws. */
export function decodeError(status: number, body: Buffer): ProviderError | undefined {
  const value = parseJson(body);
  const found = errorIn(value);
  if (found !== undefined) return withStatus(found, status);
  if (status < 400) return undefined;
  return withStatus({ message: `the provider answered with status ${status} and no message` }, status);
}

/** The error in a response object, an error event or an error body. */
export function errorIn(value: unknown, certain = false): ProviderError | undefined {
  const object = asObject(value);
  const error = toProviderError(value, certain);
  // The flat form of an error event says by its type only that it is one.
  if (error?.type === 'error') return withoutType(error);
  if (error !== undefined || object?.status !== 'failed') return error;
  return { message: asText(object.message) ?? 'the provider says that the response failed, without a reason' };
}

function withoutType({ type: _type, ...error }: ProviderError): ProviderError {
  return error;
}

function withStatus(error: ProviderError, status: number): ProviderError {
  return status >= 400 && error.status === undefined ? { ...error, status } : error;
}
