/** Providers that speak the Responses API, whatever the client speaks. Structured output is native here: no tool is forced. */
import type { ProviderSide } from '../translation.ts';
import { decodeAnswer } from './decode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { decodeError } from './errors.ts';
import { decodeStream } from './stream-decoder.ts';

export const providerSide: ProviderSide = {
  protocol: 'openai-responses',
  encodeRequest,
  decodeAnswer,
  decodeStream: () => decodeStream(),
  decodeError,
};
