/** How a provider that speaks `anthropic-messages` is called. */
import type { ProviderSide } from '../translation.ts';
import { decodeAnswer } from './decode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { decodeError } from './provider-error.ts';
import { decodeStream } from './stream-decoder.ts';

export const providerSide: ProviderSide = {
  protocol: 'anthropic-messages',
  encodeRequest,
  decodeAnswer,
  decodeStream,
  decodeError,
};
