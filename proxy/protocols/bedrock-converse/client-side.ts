/** How a client of Converse is answered. No route serves one: the simulator speaks by this to our own provider side. */
import type { ClientSide } from '../translation.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeError, encodeProviderError, encodeStreamError } from './error-envelope.ts';
import { encodeStream } from './stream-encoder.ts';

export const clientSide: ClientSide = {
  protocol: 'bedrock-converse',
  decodeRequest,
  encodeAnswer,
  encodeStream,
  encodeError,
  encodeProviderError,
  encodeStreamError,
};
