/** How Gemini clients are served: @google/genai, gemini CLI, @ai-sdk/google. */
import type { ClientSide } from '../translation.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeError, encodeListStreamError, encodeProviderError, encodeStreamError } from './error-envelope.ts';
import { encodeListStream, encodeStream } from './stream-encoder.ts';

export const clientSide: ClientSide = {
  protocol: 'gemini',
  decodeRequest,
  encodeAnswer,
  encodeStream,
  encodeError,
  encodeProviderError,
  encodeStreamError,
};

/** streamGenerateContent without alt=sse. */
export const listClientSide: ClientSide = {
  ...clientSide,
  encodeStream: encodeListStream,
  encodeStreamError: encodeListStreamError,
};
