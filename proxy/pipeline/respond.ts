/** From an attempt's end to what the client gets. */
import { nanoToUsdString } from '../contract/money.ts';
import { GatehouseError } from '../core/errors.ts';
import type { UpstreamHeaders } from '../core/upstream.ts';
import type { ObservedResult, PassThroughCodec, ProviderError } from '../protocols/codec.ts';
import type { Bridge } from './bridge/types.ts';
import { downstreamHeaders } from './headers.ts';
import type { Run } from './run.ts';
import type { Outlet } from './types.ts';

/** The headers every answer of a route carries. */
export function gatewayHeaders(run: Run): Record<string, string> {
  const { view } = run;
  return {
    'x-request-id': view.id,
    ...(view.provider === undefined ? {} : { 'x-gatehouse-provider': view.provider }),
    ...(view.modelServed === undefined ? {} : { 'x-gatehouse-model': headerSafe(view.modelServed) }),
    'x-gatehouse-attempts': String(view.attempts),
    ...run.headers,
    ...(view.overheadMs === undefined ? {} : { 'x-gatehouse-overhead-ms': view.overheadMs.toFixed(2) }),
  };
}

export function sendStreamHead(
  outlet: Outlet,
  run: Run,
  bridge: Bridge,
  status: number,
  headers: UpstreamHeaders,
): void {
  outlet.head(status, {
    ...downstreamHeaders(headers),
    ...gatewayHeaders(run),
    ...warningHeader(run, bridge),
    ...(bridge.contentType.stream === undefined ? {} : { 'content-type': bridge.contentType.stream }),
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
}

/** A collected answer, byte for byte. An error that came as a 200 gets the status that makes clients see it. */
export function sendResult(
  outlet: Outlet,
  run: Run,
  bridge: Bridge,
  status: number,
  headers: UpstreamHeaders,
  body: Buffer,
  chargedNano: number | undefined,
): void {
  outlet.head(status, {
    ...downstreamHeaders(headers),
    ...gatewayHeaders(run),
    ...warningHeader(run, bridge),
    ...(bridge.contentType.whole === undefined ? {} : { 'content-type': bridge.contentType.whole }),
    ...(chargedNano === undefined ? {} : { 'x-gatehouse-cost-usd': nanoToUsdString(chargedNano) }),
    'content-length': String(body.length),
  });
  outlet.end(body);
}

/** An answer made here, where the provider has no such operation. */
export function sendEstimate(outlet: Outlet, run: Run, body: Buffer): void {
  outlet.head(200, {
    ...gatewayHeaders(run),
    'x-gatehouse-warnings': 'estimated',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.length),
  });
  outlet.end(body);
}

/** The HTTP status for a result: the provider's own, or for an error inside a 200 what the error says (else 502). */
export function resultStatus(status: number, observed: ObservedResult | undefined): number {
  return status >= 400 || observed?.error === undefined ? status : errorStatus(observed.error);
}

export function errorStatus(error: ProviderError): number {
  const { status } = error;
  return status !== undefined && status >= 400 && status <= 599 ? status : 502;
}

export function sendError(outlet: Outlet, run: Run, codec: PassThroughCodec, error: GatehouseError): void {
  const body = codec.encodeError(error, run.view.id);
  outlet.head(error.status, { ...gatewayHeaders(run), ...errorHeaders(error), 'content-length': String(body.length) });
  outlet.end(body);
}

/** `x-should-retry: false` keeps the SDKs from retrying a 5xx or 429 of ours that a retry cannot change. */
export function errorHeaders(error: GatehouseError): Record<string, string> {
  const { retryAfterMs } = error.details;
  return {
    'content-type': 'application/json; charset=utf-8',
    ...(error.retryable ? {} : { 'x-should-retry': 'false' }),
    ...(retryAfterMs === undefined
      ? {}
      : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) }),
  };
}

/** Any error as one of the catalogue: an unexpected one is ours and says nothing of its inside. */
export function toGatehouseError(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  return new GatehouseError(
    'internal_error',
    'Gatehouse failed on this request; its log has the details under this request id',
    { cause: error },
  );
}

/** `code(field), code(field)`: what the translation could not carry over. Codes and field names, never values. */
function warningHeader(run: Run, { warnings }: Bridge): Record<string, string> {
  if (warnings.length + run.warnings.length === 0) return {};
  const words = [
    ...run.warnings,
    ...warnings.map(({ code, field }) => (field === undefined ? code : `${code}(${field})`)),
  ];
  return { 'x-gatehouse-warnings': headerSafe(words.join(', ')).slice(0, WARNING_BYTES_MAX) };
}

/** Clients and proxies limit headers to a few KiB in all. */
const WARNING_BYTES_MAX = 2000;

function headerSafe(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}
