/**
 * What clients say to us, one row a route. Most are a whole protocol; some are one operation of a protocol that only a
 * provider of the same protocol can answer.
 */
import type { Protocol } from '../core/protocol.ts';
import type { PassThroughCodec } from './codec.ts';
import { openAiChat } from './openai-chat/codec.ts';
import type { ClientSide } from './translation.ts';

export type DialectName = 'openai-chat';

export interface Dialect {
  readonly name: DialectName;
  /** Providers of this protocol get the bytes as they are. */
  readonly protocol: Protocol;
  readonly codec: PassThroughCodec;
  /** How its calls are translated for the other protocols; undefined: they are not. */
  readonly client?: ClientSide;
  /** Where it goes at a provider of the same protocol, where that is not the protocol's own path. */
  readonly path?: (model: string) => string;
  /** Providers charge nothing for it. */
  readonly free?: true;
}

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  'openai-chat': { name: 'openai-chat', protocol: 'openai-chat', codec: openAiChat },
};
