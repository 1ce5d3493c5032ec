/**
 * What clients say to us, one row a route. Most are a whole protocol; some are one operation of a protocol that only a
 * provider of the same protocol can answer.
 */
import type { Protocol } from '../core/protocol.ts';
import { clientSide as anthropicMessagesClient } from './anthropic-messages/client-side.ts';
import { anthropicMessages } from './anthropic-messages/codec.ts';
import { encodeTokenCount, estimateTokens } from './anthropic-messages/count-tokens.ts';
import { anthropicCountTokens } from './anthropic-messages/count-tokens-codec.ts';
import {
  insertPrompt as insertAnthropicPrompt,
  insertPromptToCount as insertAnthropicPromptToCount,
} from './anthropic-messages/insert-prompt.ts';
import type { PassThroughCodec } from './codec.ts';
import { embeddings } from './embeddings/codec.ts';
import { clientSide as geminiClient, listClientSide as geminiListClient } from './gemini/client-side.ts';
import { gemini, geminiCountTokens, geminiList } from './gemini/codec.ts';
import {
  encodeTokenCount as encodeGeminiTokenCount,
  estimateTokens as estimateGeminiTokens,
} from './gemini/count-tokens.ts';
import { insertPrompt as insertGeminiPrompt } from './gemini/insert-prompt.ts';
import { camelName } from './gemini/wire.ts';
import { legacyCompletions } from './legacy-completions/codec.ts';
import { clientSide as openAiChatClient } from './openai-chat/client-side.ts';
import { openAiChat } from './openai-chat/codec.ts';
import { insertPrompt as insertChatPrompt } from './openai-chat/insert-prompt.ts';
import { clientSide as openAiResponsesClient } from './openai-responses/client-side.ts';
import { openAiResponses } from './openai-responses/codec.ts';
import { insertPrompt as insertResponsesPrompt } from './openai-responses/insert-prompt.ts';
import type { InsertPrompt } from './saved-prompt/types.ts';
import type { ClientSide } from './translation.ts';

export const DIALECT_NAMES = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'anthropic-count-tokens',
  'gemini',
  'gemini-list',
  'gemini-count-tokens',
  'completions',
  'embeddings',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

export interface Dialect {
  readonly name: DialectName;
  /** Providers of this protocol get the bytes as they are. */
  readonly protocol: Protocol;
  readonly codec: PassThroughCodec;
  /** How its calls are translated for the other protocols; undefined: they are not. */
  readonly client?: ClientSide;
  /** How a saved prompt goes into its requests; undefined: a field of that name is the protocol's own. */
  readonly prompt?: {
    readonly insert: InsertPrompt;
    /** The name of a field that may be spelled in several ways. */
    readonly nameOf?: (key: string) => string;
  };
  /** Where it goes at a provider of the same protocol, where that is not the protocol's own path. */
  readonly path?: (model: string) => string;
  /** How its streams are typed, both ways. */
  readonly streamType?: string;
  /** Providers charge nothing for it. */
  readonly free?: true;
  /** The answer as we estimate it, where the provider has no such operation. Marked with a warning. */
  readonly estimate?: (body: Buffer) => Buffer;
}

const GEMINI_PROMPT = { insert: insertGeminiPrompt, nameOf: camelName };

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  'openai-chat': {
    name: 'openai-chat',
    protocol: 'openai-chat',
    codec: openAiChat,
    client: openAiChatClient,
    prompt: { insert: insertChatPrompt },
  },
  'openai-responses': {
    name: 'openai-responses',
    protocol: 'openai-responses',
    codec: openAiResponses,
    client: openAiResponsesClient,
    prompt: { insert: insertResponsesPrompt },
  },
  'anthropic-messages': {
    name: 'anthropic-messages',
    protocol: 'anthropic-messages',
    codec: anthropicMessages,
    client: anthropicMessagesClient,
    prompt: { insert: insertAnthropicPrompt },
  },
  'anthropic-count-tokens': {
    name: 'anthropic-count-tokens',
    protocol: 'anthropic-messages',
    codec: anthropicCountTokens,
    prompt: { insert: insertAnthropicPromptToCount },
    path: () => '/messages/count_tokens',
    free: true,
    estimate: (body) => encodeTokenCount(estimateTokens(body)),
  },
  gemini: { name: 'gemini', protocol: 'gemini', codec: gemini, client: geminiClient, prompt: GEMINI_PROMPT },
  'gemini-list': {
    name: 'gemini-list',
    protocol: 'gemini',
    codec: geminiList,
    client: geminiListClient,
    prompt: GEMINI_PROMPT,
    path: (model) => `/models/${encodeURIComponent(model)}:streamGenerateContent`,
    streamType: 'application/json',
  },
  'gemini-count-tokens': {
    name: 'gemini-count-tokens',
    protocol: 'gemini',
    codec: geminiCountTokens,
    path: (model) => `/models/${encodeURIComponent(model)}:countTokens`,
    free: true,
    estimate: (body) => encodeGeminiTokenCount(estimateGeminiTokens(body)),
  },
  completions: { name: 'completions', protocol: 'openai-chat', codec: legacyCompletions, path: () => '/completions' },
  embeddings: { name: 'embeddings', protocol: 'openai-chat', codec: embeddings, path: () => '/embeddings' },
};
