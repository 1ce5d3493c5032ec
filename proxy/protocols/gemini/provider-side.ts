/**
 * How a provider of this protocol is called. Where the model takes no response schema (beside functions, before Gemini 3) the schema
 * goes in as a tool and its arguments come back as text: see structured-output-tool.ts.
 */
import type { ProviderSide } from '../translation.ts';
import { decodeAnswer } from './decode-answer.ts';
import { decodeError } from './decode-error.ts';
import { encodeRequest } from './encode-request.ts';
import { decodeStream } from './stream-decoder.ts';

export const providerSide: ProviderSide = {
  protocol: 'gemini',
  encodeRequest,
  decodeAnswer,
  decodeStream,
  decodeError,
};
