import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { PNG } from '../upstreams/script.ts';
import { type Answer, PROMPT, resultOf, SCHEMA, type Sdk, TOOL_SCHEMA, type Wish } from './types.ts';

type Params = Anthropic.MessageCreateParamsNonStreaming;

function params(model: string, { image, schema, think, tools, after }: Wish): Params {
  const content: Anthropic.ContentBlockParam[] = [
    { type: 'text', text: PROMPT },
    ...(image
      ? [{ type: 'image' as const, source: { type: 'base64' as const, media_type: 'image/png' as const, data: PNG } }]
      : []),
  ];
  const results = (after?.calls ?? []).map(({ id }, place) => ({
    type: 'tool_result' as const,
    tool_use_id: id,
    content: resultOf(place),
  }));
  return {
    model,
    max_tokens: 4096,
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content },
      ...(after === undefined
        ? []
        : [
            { role: 'assistant' as const, content: after.turn as Anthropic.ContentBlockParam[] },
            { role: 'user' as const, content: results },
          ]),
    ],
    ...(tools
      ? { tools: [{ name: 'get_weather', input_schema: { ...TOOL_SCHEMA, required: [...TOOL_SCHEMA.required] } }] }
      : {}),
    ...(schema ? { output_config: { format: { type: 'json_schema' as const, schema: SCHEMA } } } : {}),
    ...(think ? { thinking: { type: 'enabled' as const, budget_tokens: 1024 } } : {}),
  };
}

function answerOf({ content, stop_reason: stop, usage }: Anthropic.Message): Answer {
  const calls = content.filter((block) => block.type === 'tool_use');
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    thought: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    calls: calls.map(({ id, name, input }) => ({ id, name, args: input })),
    ended: stop === (calls.length > 0 ? 'tool_use' : 'end_turn'),
    tokens: [usage.input_tokens, usage.output_tokens],
    turn: content,
  };
}

export const anthropicSdk: Sdk = {
  name: '@anthropic-ai/sdk',
  open({ origin, key }) {
    const client = new Anthropic({ baseURL: origin, apiKey: key, maxRetries: 0 });
    return {
      async ask(model, wish) {
        if (!wish.stream) return answerOf(await client.messages.create(params(model, wish)));
        return answerOf(await client.messages.stream(params(model, wish)).finalMessage());
      },
      async abandon(model) {
        const stream = await client.messages.create({ ...params(model, { stream: true }), stream: true });
        for await (const event of stream) {
          if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') break;
        }
        stream.controller.abort();
      },
      statusOf: (error) => (error instanceof APIError ? (error.status as number | undefined) : undefined),
    };
  },
};
