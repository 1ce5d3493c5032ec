/** Gatehouse's own refusals and failures as OpenAI clients expect them; our extra facts are under `error.gatehouse`. */
import type { GatehouseError } from '../../core/errors.ts';

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
