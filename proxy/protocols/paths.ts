/** Where each protocol takes its calls, below a provider's base URL. */
import type { Protocol } from '../core/protocol.ts';

export function upstreamPath(protocol: Protocol, model: string, stream: boolean): string {
  switch (protocol) {
    case 'openai-chat':
      return '/chat/completions';
    case 'openai-responses':
      return '/responses';
    case 'anthropic-messages':
      return '/messages';
    case 'gemini':
      return `/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;
    case 'bedrock-converse':
      return `/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`;
    default:
      return protocol satisfies never;
  }
}
