/** Every wire format with what it offers, in one table. */
import { assert } from '../core/assert.ts';
import type { Protocol } from '../core/protocol.ts';
import type { PassThroughCodec } from './codec.ts';
import { openAiChat } from './openai-chat/codec.ts';
import type { ClientSide, ProviderSide } from './translation.ts';

export interface ProtocolCodecs {
  /** Undefined: no client speaks it to us (bedrock-converse). */
  readonly passThrough: PassThroughCodec;
  readonly client?: ClientSide;
  readonly provider?: ProviderSide;
}

export const CODECS: Readonly<Partial<Record<Protocol, ProtocolCodecs>>> = {
  'openai-chat': { passThrough: openAiChat },
};

/** Throws InvariantError for a protocol that no route lets in. */
export function codecOf(protocol: Protocol): PassThroughCodec {
  const codecs = CODECS[protocol];
  assert(codecs !== undefined, `no client speaks ${protocol} to this gateway`);
  return codecs.passThrough;
}
