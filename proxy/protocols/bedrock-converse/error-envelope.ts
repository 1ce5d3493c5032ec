/**
 * Errors as Bedrock tells them: the class in the header `x-amzn-errortype`, the words in the body; inside a stream a message
 * of type exception with both.
 */
import type { GatehouseError } from '../../core/errors.ts';
import type { ProviderError } from '../codec.ts';
import { eventMessage, exceptionMessage } from './event-message.ts';

const CLASSES: ReadonlyMap<number, string> = new Map([
  [400, 'ValidationException'],
  [401, 'UnrecognizedClientException'],
  [403, 'AccessDeniedException'],
  [404, 'ResourceNotFoundException'],
  [408, 'ModelTimeoutException'],
  [424, 'ModelErrorException'],
  [429, 'ThrottlingException'],
  [503, 'ServiceUnavailableException'],
]);
/** The only ones that a stream can end in; what else goes wrong is the server's. */
const STREAM_CLASSES: ReadonlySet<string> = new Set([
  'InternalServerException',
  'ModelStreamErrorException',
  'ValidationException',
  'ThrottlingException',
  'ServiceUnavailableException',
]);
const HEADER_TAIL = ':http://internal.amazon.com/coral/com.amazon.bedrock/';

export function errorHeaders({ status, code }: Pick<ProviderError, 'status' | 'code'>): Record<string, string> {
  return { 'x-amzn-errortype': classOf(status, code) + HEADER_TAIL };
}

export function encodeError({ message }: GatehouseError): Buffer {
  return Buffer.from(JSON.stringify({ message }));
}

/** An error inside a 200 has no status that would tell it from an answer: there the body names the class too. */
export function encodeProviderError({ message, status, code }: ProviderError): Buffer {
  const named = status === undefined ? { __type: classOf(status, code) } : {};
  return Buffer.from(JSON.stringify({ ...named, message }));
}

/** Nothing follows it. */
export function encodeStreamError({ message, code, status }: ProviderError): Buffer {
  const name = classOf(status, code);
  const known = STREAM_CLASSES.has(name) ? name : 'InternalServerException';
  return exceptionMessage(known.charAt(0).toLowerCase() + known.slice(1), { message });
}

/** A message of the stream whose last checksum does not fit: what a fault on the line leaves. */
export function brokenMessage(): Buffer {
  const message = eventMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'half of a' } });
  const last = message.length - 1;
  message.writeUInt8(message.readUInt8(last) ^ 1, last);
  return message;
}

/** The error's own class where it is one of Bedrock's. */
function classOf(status: number | undefined, code: string | undefined): string {
  if (code !== undefined && /^[A-Z][A-Za-z]+Exception$/.test(code)) return code;
  return (status === undefined ? undefined : CLASSES.get(status)) ?? 'InternalServerException';
}
