/** The `gemini` protocol where both sides speak it: bytes pass, facts are read beside them. */
import type { PassThroughCodec } from '../codec.ts';
import { encodeError, encodeListError, encodeOwnStreamError } from './error-envelope.ts';
import { inspectCountTokens, inspectRequest } from './inspect-request.ts';
import { inspectCount, inspectResult } from './inspect-result.ts';
import { observeListStream, observeStream } from './stream-observer.ts';

/** generateContent, and streamGenerateContent with alt=sse. */
export const gemini: PassThroughCodec = {
  inspectRequest,
  inspectResult,
  observeStream,
  encodeError,
  encodeStreamError: encodeOwnStreamError,
};

/** streamGenerateContent without alt=sse: one JSON list, sent piece by piece. */
export const geminiList: PassThroughCodec = {
  ...gemini,
  observeStream: observeListStream,
  encodeStreamError: encodeListError,
};

/** countTokens: exact, by the provider, and free. */
export const geminiCountTokens: PassThroughCodec = {
  ...gemini,
  inspectRequest: inspectCountTokens,
  inspectResult: inspectCount,
};
