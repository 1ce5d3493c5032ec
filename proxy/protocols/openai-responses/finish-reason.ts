/** How a response says that it ended: a status, and for incomplete ones a reason. */
import type { FinishReason } from '../../core/finish-reason.ts';
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';

const INCOMPLETE: Readonly<Record<string, FinishReason['unified']>> = {
  max_output_tokens: 'length',
  // OpenRouter and older servers.
  max_tokens: 'length',
  length: 'length',
  content_filter: 'content-filter',
};

/** Undefined while the response runs, or where it does not say: nobody may guess then. */
export function decodeFinishReason(response: JsonObject, callsTools: boolean): FinishReason | undefined {
  const status = asText(response.status);
  switch (status) {
    case 'completed':
      return { unified: callsTools ? 'tool-calls' : 'stop', raw: status };
    case 'incomplete': {
      const reason = asText(asObject(response.incomplete_details)?.reason);
      if (reason === undefined) return { unified: 'other', raw: status };
      return { unified: Object.hasOwn(INCOMPLETE, reason) ? (INCOMPLETE[reason] ?? 'other') : 'other', raw: reason };
    }
    case 'failed':
    case 'cancelled':
      return { unified: 'error', raw: status };
    default:
      return undefined;
  }
}

/** The response of a stream's last event, whose name says the status where the response itself does not. */
export function endedResponse(type: string, value: unknown): JsonObject {
  const response = asObject(value) ?? {};
  if (response.status !== undefined && response.status !== null) return response;
  return { ...response, status: type.replace('response.', '') };
}

export interface WireEnd {
  readonly status: 'completed' | 'incomplete' | 'failed';
  readonly incomplete_details: { readonly reason: 'max_output_tokens' | 'content_filter' } | null;
}

/** `other` ends are complete: the model came to an end of its own. Without any reason the answer is not complete. */
export function encodeFinishReason(reason: FinishReason | undefined): WireEnd {
  if (reason === undefined) return { status: 'incomplete', incomplete_details: null };
  switch (reason.unified) {
    case 'stop':
    case 'tool-calls':
    case 'other':
      return { status: 'completed', incomplete_details: null };
    case 'length':
      return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    case 'content-filter':
      return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
    case 'error':
      return { status: 'failed', incomplete_details: null };
    default:
      return reason.unified satisfies never;
  }
}
