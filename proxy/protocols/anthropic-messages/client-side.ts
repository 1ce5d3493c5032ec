/** How a client that speaks `anthropic-messages` is served. */
import type { ClientSide } from '../translation.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeError, encodeForeignStreamError, encodeProviderError } from './error-envelope.ts';
import { encodeStream } from './stream-encoder.ts';

export const clientSide: ClientSide = {
  protocol: 'anthropic-messages',
  decodeRequest,
  encodeAnswer,
  encodeStream,
  encodeError,
  encodeProviderError,
  encodeStreamError: encodeForeignStreamError,
};
