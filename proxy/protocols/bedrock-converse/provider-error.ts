/**
 * What went wrong in Bedrock's own words. The class often stands in a header only (`x-amzn-errortype:
 * ThrottlingException:http://...`) while the status is a plain 503, so the class decides where both speak.
 */
import { asObject, asText, type JsonObject, parseJson } from '../../core/json-value.ts';
import type { ProviderError } from '../codec.ts';

/** Providers may put a whole page into a message; records keep the beginning. */
const MESSAGE_LENGTH_MAX = 500;
const NO_MESSAGE = 'the provider sent an error without a message';

/** The status each class stands for: what Bedrock's API says, and throttling always as such, so that clients back off. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['ThrottlingException', 429],
  ['TooManyRequestsException', 429],
  ['ModelNotReadyException', 429],
  ['ServiceUnavailableException', 503],
  ['InternalServerException', 500],
  ['InternalFailure', 500],
  ['ModelTimeoutException', 408],
  ['ModelErrorException', 424],
  ['ModelStreamErrorException', 424],
  ['ValidationException', 400],
  ['ServiceQuotaExceededException', 400],
  ['ConflictException', 400],
  ['AccessDeniedException', 403],
  ['UnrecognizedClientException', 401],
  ['InvalidSignatureException', 401],
  ['IncompleteSignatureException', 401],
  ['MissingAuthenticationTokenException', 401],
  ['ExpiredTokenException', 401],
  ['ResourceNotFoundException', 404],
  ['UnknownOperationException', 404],
]);

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** An error answer, or an error inside a 200; undefined when the body is no error. Never throws. */
export function decodeError(status: number, body: Buffer, headers: Headers): ProviderError | undefined {
  const value = parseJson(body);
  const object = asObject(value);
  const failed = status >= 400;
  if (!failed && (object === undefined || 'output' in object || classIn(object) === undefined)) return undefined;
  const code = shortClass(headerText(headers['x-amzn-errortype'])) ?? classIn(object);
  return providerError(code, messageIn(object) ?? NO_MESSAGE, failed ? status : undefined);
}

/** From an exception inside a stream, where classes begin with a small letter. */
export function streamError(exceptionType: string, payload: unknown): ProviderError {
  const given = shortClass(exceptionType) ?? 'InternalServerException';
  const code = given.charAt(0).toUpperCase() + given.slice(1);
  const body = asObject(payload);
  const original = asObject(payload)?.originalStatusCode;
  const status = typeof original === 'number' && original >= 400 && original <= 599 ? original : undefined;
  return providerError(code, messageIn(body) ?? asText(payload) ?? NO_MESSAGE, STATUS.get(code) ?? status);
}

function providerError(code: string | undefined, message: string, status: number | undefined): ProviderError {
  const meant = (code === undefined ? undefined : STATUS.get(code)) ?? status;
  return {
    ...(code === undefined ? {} : { code }),
    message: message.slice(0, MESSAGE_LENGTH_MAX),
    ...(meant === undefined ? {} : { status: meant }),
  };
}

/** `com.amazon.coral.service#ThrottlingException:http://internal...` is `ThrottlingException`. */
function shortClass(text: string | undefined): string | undefined {
  const name = text?.replace(/^.*#/, '').replace(/:.*$/s, '').trim();
  return name === undefined || name === '' ? undefined : name.slice(0, 100);
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The front door of AWS answers for services it does not know with everything under `Output`. */
function classIn(body: JsonObject | undefined): string | undefined {
  return shortClass(asText(body?.__type) ?? asText(asObject(body?.Output)?.__type) ?? asText(body?.code));
}

function messageIn(body: JsonObject | undefined): string | undefined {
  const { message, Message, originalMessage, Output } = body ?? {};
  return asText(message) ?? asText(Message) ?? asText(originalMessage) ?? asText(asObject(Output)?.message);
}
