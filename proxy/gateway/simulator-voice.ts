/** The codecs by which the simulator speaks other protocols: the client side of each, over its own openai-chat. */
import type { Protocol } from '../core/protocol.ts';
import { DIALECTS, type Dialect } from '../protocols/dialects.ts';
import { PROVIDER_SIDES } from '../protocols/registry.ts';
import type { Voice } from '../providers/simulator/voice.ts';

/** Undefined for a protocol that no client speaks to us. */
export function simulatorVoice(protocol: Protocol, path: string): Voice | undefined {
  const dialect = dialectOf(protocol, path);
  if (dialect?.client === undefined) return undefined;
  const { client, streamType } = dialect;
  return { client, chat: PROVIDER_SIDES['openai-chat'], ...(streamType === undefined ? {} : { streamType }) };
}

function dialectOf(protocol: Protocol, path: string): Dialect | undefined {
  switch (protocol) {
    case 'gemini':
      // Without alt=sse its stream is one JSON array.
      return path.endsWith(':streamGenerateContent') ? DIALECTS['gemini-list'] : DIALECTS.gemini;
    case 'openai-chat':
    case 'openai-responses':
    case 'anthropic-messages':
      return DIALECTS[protocol];
    case 'bedrock-converse':
      return undefined;
    default:
      return protocol satisfies never;
  }
}
