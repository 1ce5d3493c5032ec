/** Messages of the binary event stream, with the headers and checksums that AWS writes. */
import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import type { JsonObject } from '../../core/json.ts';
import { printLossless } from '../json/lossless.ts';

export const eventStreamCodec = new EventStreamCodec(
  (bytes) =>
    typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
  (text) => Buffer.from(text),
);

/** An ordinary step of the answer, e.g. `contentBlockDelta`. */
export function eventMessage(type: string, payload: JsonObject): Buffer {
  return message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload);
}

/** An error inside a stream, by its class with a small first letter, e.g. `throttlingException`. */
export function exceptionMessage(type: string, payload: JsonObject): Buffer {
  return message(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    payload,
  );
}

function message(headers: Readonly<Record<string, string>>, payload: JsonObject): Buffer {
  const typed: MessageHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }] as const),
  );
  const bytes = eventStreamCodec.encode({ headers: typed, body: Buffer.from(printLossless(payload)) });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
