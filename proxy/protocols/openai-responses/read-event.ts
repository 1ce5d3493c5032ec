/** One event of a response stream: its type and its fields. */
import { asObject, asText, type JsonObject, parseJson } from '../../core/json-value.ts';
import type { SseEvent } from '../sse/parse-frame.ts';

export interface WireEvent {
  readonly type: string;
  readonly fields: JsonObject;
}

/** Undefined when it is no event of this protocol. An error is one whatever its data looks like. */
export function readEvent(sse: SseEvent): WireEvent | undefined {
  const value = parseJson(sse.data);
  const fields = asObject(value);
  if (fields === undefined) return sse.event === 'error' ? { type: 'error', fields: { message: sse.data } } : undefined;
  const type = asText(fields.type);
  if (type?.startsWith('response.') === true || type === 'error') return { type, fields };
  if (sse.event === 'error' || (fields.error !== undefined && fields.error !== null)) return { type: 'error', fields };
  const named = type ?? sse.event;
  return named === undefined ? undefined : { type: named, fields };
}
