/**
 * What clients say to us, one row a route. Most are a whole protocol; some are one operation of a protocol that only a
 * provider of the same protocol can answer.
 */
import type { Protocol } from '../core/protocol.ts';
import { clientSide as anthropicMessagesClient } from './anthropic-messages/client-side.ts';
import { anthropicMessages } from './anthropic-messages/codec.ts';
import { encodeTokenCount, estimateTokens } from './anthropic-messages/count-tokens.ts';
import { anthropicCountTokens } from './anthropic-messages/count-tokens-codec.ts';
import type { PassThroughCodec } from './codec.ts';
import { openAiChat } from './openai-chat/codec.ts';
import type { ClientSide } from './translation.ts';

export type DialectName = 'openai-chat' | 'anthropic-messages' | 'anthropic-count-tokens';

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
  /** The answer as we estimate it, where the provider has no such operation. Marked with a warning. */
  readonly estimate?: (body: Buffer) => Buffer;
}

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  'openai-chat': { name: 'openai-chat', protocol: 'openai-chat', codec: openAiChat },
  'anthropic-messages': {
    name: 'anthropic-messages',
    protocol: 'anthropic-messages',
    codec: anthropicMessages,
    client: anthropicMessagesClient,
  },
  'anthropic-count-tokens': {
    name: 'anthropic-count-tokens',
    protocol: 'anthropic-messages',
    codec: anthropicCountTokens,
    path: () => '/messages/count_tokens',
    free: true,
    estimate: (body) => encodeTokenCount(estimateTokens(body)),
  },
};
