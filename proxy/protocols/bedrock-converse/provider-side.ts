/** How a provider that speaks `bedrock-converse` is called. No client speaks it to us; the other side serves the simulator. */
import type { ProviderSide } from '../translation.ts';
import { decodeAnswer } from './decode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { decodeError } from './provider-error.ts';
import { decodeStream } from './stream-decoder.ts';

export const providerSide: ProviderSide = {
  protocol: 'bedrock-converse',
  encodeRequest,
  decodeAnswer,
  decodeStream,
  decodeError,
};
