/** `POST /embeddings`. Bytes pass as they are, `encoding_format` and `dimensions` included. There are no streams. */
import type { PassThroughCodec } from '../codec.ts';
import { encodeError, encodeStreamError } from '../openai-chat/error-envelope.ts';
import { observeStream } from '../openai-chat/stream-observer.ts';
import { inspectRequest } from './inspect-request.ts';
import { inspectResult } from './inspect-result.ts';

export const embeddings: PassThroughCodec = {
  inspectRequest,
  inspectResult,
  observeStream,
  encodeError,
  encodeStreamError,
};
