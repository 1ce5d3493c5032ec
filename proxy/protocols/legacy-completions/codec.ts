/**
 * `POST /completions`, OpenAI's API before chat, which editors still use to fill in the middle (`suffix`). Bytes pass as they
 * are; answers and streams differ from chat only in `choices[].text`, which chat's readers know.
 */
import type { PassThroughCodec } from '../codec.ts';
import { encodeError, encodeStreamError } from '../openai-chat/error-envelope.ts';
import { inspectResult } from '../openai-chat/inspect-result.ts';
import { observeStream } from '../openai-chat/stream-observer.ts';
import { inspectRequest } from './inspect-request.ts';

export const legacyCompletions: PassThroughCodec = {
  inspectRequest,
  inspectResult,
  observeStream,
  encodeError,
  encodeStreamError,
};
