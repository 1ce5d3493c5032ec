/** How a client of the `openai-chat` protocol is served where the provider speaks another one. */
import type { ClientSide } from '../translation.ts';
import { encodeError, encodeProviderError, encodeProviderStreamError } from './error-envelope.ts';
import { decodeRequest } from './translate/decode-request.ts';
import { encodeAnswer } from './translate/encode-answer.ts';
import { encodeStream } from './translate/stream-encoder.ts';

export const clientSide: ClientSide = {
  protocol: 'openai-chat',
  decodeRequest,
  encodeAnswer,
  encodeStream,
  encodeError,
  encodeProviderError,
  encodeStreamError: encodeProviderStreamError,
};
