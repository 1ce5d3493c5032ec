/** What the live check asks, in each protocol: as small as a real client's question can be. Pure. */
import type { CheckName, ToolView } from '../../contract/connect.ts';

export interface CheckRequest {
  /** Behind the root of the gateway. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Enough for a model that thinks a little first; a plain answer takes two. */
export const TOKENS_MAX = 256;
const QUESTION = 'Reply with OK.';
const TOOL = {
  name: 'get_weather',
  description: 'The weather in a city, now.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;
const TOOL_QUESTION = 'What is the weather in Paris? Call the tool get_weather to find out.';

export function requestOf(
  protocol: ToolView['protocol'],
  check: CheckName,
  model: string,
  secret: string,
): CheckRequest {
  const [question, tools, stream] = [check === 'tool' ? TOOL_QUESTION : QUESTION, check === 'tool', check === 'stream'];
  switch (protocol) {
    case 'openai-chat':
      return {
        path: '/v1/chat/completions',
        headers: bearer(secret),
        body: {
          model,
          messages: [{ role: 'user', content: question }],
          max_completion_tokens: TOKENS_MAX,
          ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
          ...(tools ? { tools: [{ type: 'function', function: TOOL }] } : {}),
        },
      };
    case 'openai-responses':
      return {
        path: '/v1/responses',
        headers: bearer(secret),
        body: {
          model,
          input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: question }] }],
          max_output_tokens: TOKENS_MAX,
          store: false,
          ...(stream ? { stream: true } : {}),
          ...(tools ? { tools: [{ type: 'function', strict: false, ...TOOL }] } : {}),
        },
      };
    case 'anthropic-messages':
      return {
        path: '/v1/messages',
        headers: { ...bearer(secret), 'anthropic-version': '2023-06-01' },
        body: {
          model,
          messages: [{ role: 'user', content: question }],
          max_tokens: TOKENS_MAX,
          ...(stream ? { stream: true } : {}),
          ...(tools
            ? { tools: [{ name: TOOL.name, description: TOOL.description, input_schema: TOOL.parameters }] }
            : {}),
        },
      };
    case 'gemini':
      return {
        path: `/v1beta/models/${model.split('/').map(encodeURIComponent).join('/')}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        headers: { 'x-goog-api-key': secret },
        body: {
          contents: [{ role: 'user', parts: [{ text: question }] }],
          generationConfig: { maxOutputTokens: TOKENS_MAX },
          ...(tools
            ? {
                tools: [
                  {
                    functionDeclarations: [
                      { name: TOOL.name, description: TOOL.description, parametersJsonSchema: TOOL.parameters },
                    ],
                  },
                ],
              }
            : {}),
        },
      };
    default:
      return protocol satisfies never;
  }
}

function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` };
}
