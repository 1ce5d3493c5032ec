/** Gatehouse's own refusals and failures as OpenAI clients expect them; our extra facts are under `error.gatehouse`. */
import type { GatehouseError } from '../../core/errors.ts';
import type { ProviderError } from '../codec.ts';

export function encodeError(error: GatehouseError, requestId: string): Buffer {
  return Buffer.from(envelope(error, requestId));
}

/** No `[DONE]` follows it: that would say that all is well. */
export function encodeStreamError(error: GatehouseError, requestId: string): Buffer {
  return Buffer.from(`data: ${envelope(error, requestId)}\n\n`);
}

function envelope(error: GatehouseError, requestId: string): string {
  return JSON.stringify({
    error: {
      message: error.message,
      type: error.type,
      param: error.details.param ?? null,
      code: error.code,
      gatehouse: { ...error.details.facts, requestId },
    },
  });
}

/** A provider's error of another protocol, with the provider's words. */
export function encodeProviderError(error: ProviderError, requestId: string): Buffer {
  return Buffer.from(providerEnvelope(error, requestId));
}

/** The same inside a stream. */
export function encodeProviderStreamError(
  error: { readonly message: string; readonly code?: string; readonly type?: string },
  requestId: string,
): Buffer {
  return Buffer.from(`data: ${providerEnvelope(error, requestId)}\n\n`);
}

function providerEnvelope({ message, type, code }: Omit<ProviderError, 'status'>, requestId: string): string {
  return JSON.stringify({
    error: { message, type: type ?? 'upstream_error', param: null, code: code ?? null, gatehouse: { requestId } },
  });
}
