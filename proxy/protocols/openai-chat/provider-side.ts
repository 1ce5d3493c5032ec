/** How a provider of the `openai-chat` protocol is called where the client speaks another one. */
import type { ProviderSide } from '../translation.ts';
import { decodeAnswer } from './translate/decode-answer.ts';
import { decodeError } from './translate/decode-error.ts';
import { encodeRequest } from './translate/encode-request.ts';
import { decodeStream } from './translate/stream-decoder.ts';

export const providerSide: ProviderSide = {
  protocol: 'openai-chat',
  encodeRequest,
  decodeAnswer,
  decodeStream: () => decodeStream(),
  decodeError,
};
