/** The codecs by which the simulator speaks other protocols: the client side of each, over its own openai-chat. */
import type { Protocol } from '../core/protocol.ts';
import { clientSide as anthropicMessagesClient } from '../protocols/anthropic-messages/client-side.ts';
import { clientSide as bedrockClient } from '../protocols/bedrock-converse/client-side.ts';
import { errorHeaders as bedrockErrorHeaders, brokenMessage } from '../protocols/bedrock-converse/error-envelope.ts';
import { clientSide as geminiClient, listClientSide as geminiListClient } from '../protocols/gemini/client-side.ts';
import { clientSide as openAiChatClient } from '../protocols/openai-chat/client-side.ts';
import { clientSide as openAiResponsesClient } from '../protocols/openai-responses/client-side.ts';
import { PROVIDER_SIDES } from '../protocols/registry.ts';
import type { Voice } from '../providers/simulator/voice.ts';

/** How the simulator speaks `protocol` at `path`. */
export function simulatorVoice(protocol: Protocol, path: string): Voice {
  const chat = PROVIDER_SIDES['openai-chat'];
  switch (protocol) {
    case 'gemini':
      // Without alt=sse its stream is one JSON array.
      return path.endsWith(':streamGenerateContent')
        ? { client: geminiListClient, chat, streamType: 'application/json' }
        : { client: geminiClient, chat };
    case 'openai-chat':
      return { client: openAiChatClient, chat };
    case 'openai-responses':
      return { client: openAiResponsesClient, chat };
    case 'anthropic-messages':
      return { client: anthropicMessagesClient, chat };
    case 'bedrock-converse':
      return {
        client: bedrockClient,
        chat,
        streamType: 'application/vnd.amazon.eventstream',
        errorHeaders: bedrockErrorHeaders,
        brokenFrame: brokenMessage(),
      };
    default:
      return protocol satisfies never;
  }
}
