/** The `anthropic-messages` protocol (POST /v1/messages) where both sides speak it: bytes pass, facts are read beside them. */
import type { PassThroughCodec } from '../codec.ts';
import { encodeError, encodeStreamError } from './error-envelope.ts';
import { inspectRequest } from './inspect-request.ts';
import { inspectResult } from './inspect-result.ts';
import { observeStream } from './stream-observer.ts';

export const anthropicMessages: PassThroughCodec = {
  inspectRequest,
  inspectResult,
  observeStream,
  encodeError,
  encodeStreamError,
};
