/** The provider side of every wire format. */
import type { Protocol } from '../core/protocol.ts';
import { providerSide as anthropicMessagesProvider } from './anthropic-messages/provider-side.ts';
import { providerSide as bedrockProvider } from './bedrock-converse/provider-side.ts';
import { providerSide as geminiProvider } from './gemini/provider-side.ts';
import { providerSide as openAiChatProvider } from './openai-chat/provider-side.ts';
import { providerSide as openAiResponsesProvider } from './openai-responses/provider-side.ts';
import type { ProviderSide } from './translation.ts';

export const PROVIDER_SIDES: Readonly<Record<Protocol, ProviderSide>> = {
  'openai-chat': openAiChatProvider,
  'openai-responses': openAiResponsesProvider,
  'anthropic-messages': anthropicMessagesProvider,
  gemini: geminiProvider,
  'bedrock-converse': bedrockProvider,
};
