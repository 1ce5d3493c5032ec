/** The `openai-responses` protocol (POST /responses) where both sides speak it: bytes pass, facts are read beside them. */
import type { GatehouseError } from '../../core/errors.ts';
import type { PassThroughCodec } from '../codec.ts';
import { encodeError, encodeStreamError } from './errors.ts';
import { inspectRequest } from './inspect-request.ts';
import { inspectResult } from './inspect-result.ts';
import { observeStream } from './stream-observer.ts';

export const openAiResponses: PassThroughCodec = {
  inspectRequest,
  inspectResult,
  observeStream,
  encodeError,
  encodeStreamError: (error: GatehouseError, requestId: string) =>
    encodeStreamError({ message: error.message, code: error.code, type: error.type }, requestId),
};
