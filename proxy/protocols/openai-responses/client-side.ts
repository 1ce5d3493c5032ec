/** Clients that speak the Responses API (Codex, the OpenAI SDKs ...), whatever the provider speaks. */
import type { ClientSide } from '../translation.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeError, encodeProviderError, encodeStreamError } from './errors.ts';
import { encodeStream } from './stream-encoder.ts';

export const clientSide: ClientSide = {
  protocol: 'openai-responses',
  decodeRequest,
  encodeAnswer,
  encodeStream,
  encodeError,
  encodeProviderError,
  encodeStreamError,
};
