import OpenAI, { APIError } from 'openai';
import { type Answer, IMAGE_URL, PROMPT, resultOf, SCHEMA, type Sdk, TOOL_SCHEMA, type Wish } from './types.ts';

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;

function params(model: string, { image, schema, think, tools, after }: Wish): Params {
  const user: OpenAI.Responses.ResponseInputItem = {
    role: 'user',
    content: image
      ? [
          { type: 'input_text', text: PROMPT },
          { type: 'input_image', image_url: IMAGE_URL, detail: 'auto' },
        ]
      : PROMPT,
  };
  const results = (after?.calls ?? []).map(({ id }, place) => ({
    type: 'function_call_output' as const,
    call_id: id,
    output: resultOf(place),
  }));
  return {
    model,
    instructions: 'Be brief.',
    store: false,
    include: ['reasoning.encrypted_content'],
    input: [user, ...(after === undefined ? [] : (after.turn as OpenAI.Responses.ResponseInputItem[])), ...results],
    ...(tools
      ? { tools: [{ type: 'function', name: 'get_weather', strict: false, parameters: { ...TOOL_SCHEMA } }] }
      : {}),
    ...(schema ? { text: { format: { type: 'json_schema', name: 'weather', strict: true, schema: SCHEMA } } } : {}),
    ...(think ? { reasoning: { effort: 'low', summary: 'auto' } } : {}),
  };
}

function answerOf({ output, output_text: text, status, usage }: OpenAI.Responses.Response): Answer {
  const parts = output.flatMap((item) => (item.type === 'reasoning' ? [...item.summary, ...(item.content ?? [])] : []));
  return {
    text,
    thought: parts.map((part) => part.text).join(''),
    calls: output.flatMap((item) =>
      item.type === 'function_call'
        ? [{ id: item.call_id, name: item.name, args: JSON.parse(item.arguments) as unknown }]
        : [],
    ),
    ended: status === 'completed',
    tokens: [usage?.input_tokens, usage?.output_tokens],
    turn: output,
  };
}

export const openAiResponsesSdk: Sdk = {
  name: 'openai responses',
  open({ baseUrl, key }) {
    const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 });
    return {
      async ask(model, wish) {
        if (!wish.stream) return answerOf(await client.responses.create(params(model, wish)));
        const final = await client.responses.stream({ ...params(model, wish), stream: true }).finalResponse();
        return answerOf(final);
      },
      async abandon(model) {
        const stream = await client.responses.create({ ...params(model, { stream: true }), stream: true });
        for await (const event of stream) if (event.type === 'response.output_text.delta') break;
        stream.controller.abort();
      },
      statusOf: (error) => (error instanceof APIError ? (error.status as number | undefined) : undefined),
    };
  },
};
