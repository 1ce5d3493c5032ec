/** What of an answer every client protocol can say, for comparing before and after. */
import type { FinishReason } from '../../../proxy/core/finish-reason.ts';
import type { Part } from '../../../proxy/core/part.ts';
import type { Usage } from '../../../proxy/core/usage.ts';
import { clientSide as anthropicMessages } from '../../../proxy/protocols/anthropic-messages/client-side.ts';
import { clientSide as gemini } from '../../../proxy/protocols/gemini/client-side.ts';
import { clientSide as openAiChat } from '../../../proxy/protocols/openai-chat/client-side.ts';
import { clientSide as openAiResponses } from '../../../proxy/protocols/openai-responses/client-side.ts';

export const CLIENT_SIDES = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
} as const;

/** Blocks of Bedrock's own tools are no client's business; everything else is. */
export function contentOf(parts: readonly Part[], finish: FinishReason | undefined) {
  return {
    text: parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join(''),
    thinking: parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join(''),
    calls: parts.flatMap((part) => (part.kind === 'tool-call' ? [[part.name, JSON.parse(part.arguments)]] : [])),
    finish: finish?.unified,
  };
}

/** Gemini has no word for tokens written to a cache and counts them as input, which is what they are. */
export function tokensOf(usage: Usage | undefined, protocol: keyof typeof CLIENT_SIDES) {
  const written = (usage?.cacheWriteTokens ?? 0) + (usage?.cacheWrite1hTokens ?? 0);
  const input = usage?.inputTokens ?? 0;
  return {
    input: protocol === 'gemini' ? input + written : input,
    cacheRead: usage?.cacheReadTokens ?? 0,
    cacheWrite: protocol === 'gemini' ? 0 : written,
    output: (usage?.outputTokens ?? 0) + (usage?.reasoningTokens ?? 0),
  };
}
