/** Errors as Anthropic clients expect them: ours, another provider's, and both inside a stream that has begun. */
import type { ErrorCode, GatehouseError } from '../../core/errors.ts';
import type { ProviderError } from '../codec.ts';

const TYPES: ReadonlySet<string> = new Set([
  'invalid_request_error',
  'authentication_error',
  'permission_error',
  'not_found_error',
  'request_too_large',
  'rate_limit_error',
  'timeout_error',
  'overloaded_error',
  'api_error',
  'billing_error',
]);

/** By the status, where the type is one that these clients do not know. */
const TYPE_OF_STATUS: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [408, 'timeout_error'],
  [413, 'request_too_large'],
  [422, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
]);

/** Where the status is not enough: the client must learn that the model is not there, not that the request is bad. */
const TYPE_OF_CODE: Readonly<Partial<Record<ErrorCode, string>>> = {
  model_not_found: 'not_found_error',
  budget_exceeded: 'billing_error',
};

export function encodeError(error: GatehouseError, requestId: string): Buffer {
  return Buffer.from(ownEnvelope(error, requestId));
}

export function encodeStreamError(error: GatehouseError, requestId: string): Buffer {
  return frame(ownEnvelope(error, requestId));
}

export function encodeProviderError(error: ProviderError, requestId: string): Buffer {
  return Buffer.from(foreignEnvelope(error, requestId));
}

/** The in-band form of whatever broke a translated stream. No message_stop follows it. */
export function encodeForeignStreamError(error: ProviderError, requestId: string): Buffer {
  return frame(foreignEnvelope(error, requestId));
}

function frame(json: string): Buffer {
  return Buffer.from(`event: error\ndata: ${json}\n\n`);
}

/** `details` is where Anthropic's clients look for a machine-readable code. */
function ownEnvelope(error: GatehouseError, requestId: string): string {
  const type = TYPE_OF_CODE[error.code] ?? typeOf(error.type, error.status);
  const { param, facts } = error.details;
  const details = { ...facts, ...(facts?.error_code === undefined ? { error_code: error.code } : {}) };
  return JSON.stringify({
    type: 'error',
    error: { type, message: error.message, details },
    request_id: requestId,
    gatehouse: { code: error.code, ...(param === undefined ? {} : { param }), ...facts, requestId },
  });
}

function foreignEnvelope({ message, type, code, status }: ProviderError, requestId: string): string {
  return JSON.stringify({
    type: 'error',
    error: {
      type: typeOf(type, status),
      message,
      details: code === undefined ? null : { error_code: code },
    },
    request_id: requestId,
  });
}

function typeOf(type: string | undefined, status: number | undefined): string {
  if (type !== undefined && TYPES.has(type)) return type;
  return (status === undefined ? undefined : TYPE_OF_STATUS.get(status)) ?? 'api_error';
}
