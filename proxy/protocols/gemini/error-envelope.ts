/**
 * Errors as Gemini's clients read them: the HTTP status again in `code`, a google.rpc name in `status`, and our own stable code
 * and facts in the details, where SDKs keep them.
 */
import type { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ProviderError } from '../codec.ts';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
  529: 'UNAVAILABLE',
};

type StreamError = {
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
  readonly status?: number;
};

const DOMAIN = 'gatehouse';

export function encodeError(error: GatehouseError, requestId: string): Buffer {
  return Buffer.from(JSON.stringify(ownEnvelope(error, requestId)));
}

/** For an event stream that has begun. Nothing follows it. */
export function encodeOwnStreamError(error: GatehouseError, requestId: string): Buffer {
  return frame(ownEnvelope(error, requestId));
}

export function encodeProviderError(error: ProviderError, requestId: string): Buffer {
  return Buffer.from(JSON.stringify(providerEnvelope(error, requestId)));
}

export function encodeStreamError(error: StreamError, requestId: string): Buffer {
  return frame(providerEnvelope(error, requestId));
}

/** The last element of a list that has begun. */
export function encodeListError(error: GatehouseError, requestId: string): Buffer {
  return lastElement(ownEnvelope(error, requestId));
}

export function encodeListStreamError(error: StreamError, requestId: string): Buffer {
  return lastElement(providerEnvelope(error, requestId));
}

function ownEnvelope(error: GatehouseError, requestId: string): JsonObject {
  const { param, retryAfterMs, facts } = error.details;
  const told = Object.entries(facts ?? {}).map(([key, value]) => [key, String(value)] as const);
  const metadata = { ...Object.fromEntries(told), ...(param === undefined ? {} : { param }), requestId };
  return envelope(error.status, error.message, statusName(error.status), error.code, metadata, retryAfterMs);
}

function providerEnvelope(error: StreamError, requestId: string): JsonObject {
  const status = error.status ?? 500;
  // The provider's own name where it is one of Google's, as that of another Gemini target is.
  const name = /^[A-Z][A-Z_]+$/.test(error.type ?? '') ? (error.type ?? '') : statusName(status);
  return envelope(status, error.message, name, error.code ?? error.type, { requestId }, undefined);
}

function envelope(
  code: number,
  message: string,
  status: string,
  reason: string | undefined,
  metadata: JsonObject,
  retryAfterMs: number | undefined,
): JsonObject {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: reason ?? status,
    domain: DOMAIN,
    metadata,
  };
  const retry =
    retryAfterMs === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterMs / 1_000}s` }];
  return { error: { code, message, status, details: [info, ...retry] } };
}

function statusName(status: number): string {
  return STATUS_NAMES[status] ?? (status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT');
}

function frame(value: JsonObject): Buffer {
  return Buffer.from(`data: ${JSON.stringify(value)}\r\n\r\n`);
}

function lastElement(value: JsonObject): Buffer {
  return Buffer.from(`,\r\n${JSON.stringify(value)}]`);
}
