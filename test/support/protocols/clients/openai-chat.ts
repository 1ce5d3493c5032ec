import OpenAI, { APIError } from 'openai';
import { type Answer, IMAGE_URL, PROMPT, resultOf, SCHEMA, type Sdk, TOOL_SCHEMA, type Wish } from './types.ts';

type Params = OpenAI.ChatCompletionCreateParamsNonStreaming;

function params(model: string, { image, schema, think, tools, after }: Wish): Params {
  const user: OpenAI.ChatCompletionUserMessageParam = {
    role: 'user',
    content: image
      ? [
          { type: 'text', text: PROMPT },
          { type: 'image_url', image_url: { url: IMAGE_URL } },
        ]
      : PROMPT,
  };
  const results = (after?.calls ?? []).map(({ id }, place) => ({
    role: 'tool' as const,
    tool_call_id: id,
    content: resultOf(place),
  }));
  return {
    model,
    messages: [
      { role: 'system', content: 'Be brief.' },
      user,
      ...(after === undefined ? [] : [after.turn as OpenAI.ChatCompletionMessageParam, ...results]),
    ],
    ...(tools
      ? { tools: [{ type: 'function', function: { name: 'get_weather', parameters: { ...TOOL_SCHEMA } } }] }
      : {}),
    ...(schema
      ? { response_format: { type: 'json_schema', json_schema: { name: 'weather', strict: true, schema: SCHEMA } } }
      : {}),
    ...(think ? { reasoning_effort: 'low' } : {}),
  };
}

function answerOf({ choices, usage }: OpenAI.ChatCompletion, thought?: string): Answer {
  const [choice] = choices;
  const message = choice?.message as (OpenAI.ChatCompletionMessage & { reasoning_content?: string }) | undefined;
  return {
    text: message?.content ?? '',
    thought: thought ?? message?.reasoning_content ?? '',
    calls: (message?.tool_calls ?? []).flatMap((call) =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, args: JSON.parse(call.function.arguments) }]
        : [],
    ),
    ended: choice?.finish_reason === (message?.tool_calls?.length ? 'tool_calls' : 'stop'),
    tokens: [usage?.prompt_tokens, usage?.completion_tokens],
    turn: message,
  };
}

export const openAiChatSdk: Sdk = {
  name: 'openai chat',
  open({ baseUrl, key }) {
    const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 });
    return {
      async ask(model, wish) {
        if (!wish.stream) return answerOf(await client.chat.completions.create(params(model, wish)));
        const body = { ...params(model, wish), stream: true as const, stream_options: { include_usage: true } };
        const stream = client.chat.completions.stream(body);
        let thought = '';
        for await (const { choices } of stream) {
          const delta = choices[0]?.delta as { reasoning_content?: string } | undefined;
          thought += delta?.reasoning_content ?? '';
        }
        return answerOf(await stream.finalChatCompletion(), thought);
      },
      async abandon(model) {
        const stream = await client.chat.completions.create({ ...params(model, { stream: true }), stream: true });
        for await (const { choices } of stream) if (choices[0]?.delta.content) break;
        stream.controller.abort();
      },
      statusOf: (error) => (error instanceof APIError ? (error.status as number | undefined) : undefined),
    };
  },
};
