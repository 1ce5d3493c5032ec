import { eventFrame, type Fields, listOf, objectOf, ofDataUrl, parse, textOf, unmatched } from './fields.ts';
import { halves, type Said, TOKENS, type UpstreamWire } from './script.ts';

const USAGE = {
  prompt_tokens: TOKENS.input,
  completion_tokens: TOKENS.output,
  total_tokens: TOKENS.input + TOKENS.output,
};
const finishOf = (said: Said) => (said.calls === undefined ? 'stop' : 'tool_calls');
const contentOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : listOf(content)
        .map((part) => textOf(part.text))
        .join('');

function frame(delta: Fields, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return eventFrame({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices });
}

function callFrames(said: Said): string[] {
  return (said.calls ?? []).flatMap(({ name, args }, index) => {
    const first = { index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } };
    const pieces = halves(JSON.stringify(args)).map((part) => ({ index, function: { arguments: part } }));
    return [first, ...pieces].map((call) => frame({ tool_calls: [call] }));
  });
}

export const openAiChatUpstream: UpstreamWire = {
  protocol: 'openai-chat',
  provider: { kind: 'openai-compatible', model: 'm', basePath: '/v1', secret: 'sk-test-0123456789abcdef' },
  streamType: 'text/event-stream',

  understand({ url, headers, body }) {
    const request = parse(body);
    const messages = listOf(request.messages);
    const results = messages.filter(({ role }) => role === 'tool');
    const calls = messages.flatMap((message) => listOf(message.tool_calls));
    const format = objectOf(request.response_format);
    const problems = [
      ...(url === '/v1/chat/completions' ? [] : [`no such path: ${url}`]),
      ...(headers.authorization === `Bearer ${this.provider.secret}` ? [] : ['no key']),
      ...(request.model === 'm' ? [] : ['no such model']),
      ...(messages.length > 0 ? [] : ['no messages']),
      ...messages.flatMap(({ role }) => (/^(system|user|assistant|tool)$/.test(textOf(role)) ? [] : [`role ${role}`])),
      ...calls.flatMap((call) => (typeof objectOf(call.function).arguments === 'string' ? [] : ['no arguments'])),
      ...unmatched(
        calls.map(({ id }) => textOf(id)),
        results.map((result) => textOf(result.tool_call_id)),
      ),
    ];
    const schema = objectOf(format.json_schema).schema;
    return {
      stream: request.stream === true,
      images: messages
        .flatMap(({ content }) => listOf(content))
        .filter(({ type }) => type === 'image_url')
        .map((part) => ofDataUrl(objectOf(part.image_url).url)),
      results: results.map(({ content }) => contentOf(content)),
      signatures: [],
      ...(schema === undefined ? {} : { output: { schema } }),
      problems,
    };
  },

  whole(said) {
    const toolCalls = said.calls?.map(({ name, args }, index) => ({
      id: `call_${index}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(args) },
    }));
    const message = {
      role: 'assistant',
      content: said.text?.join('') ?? null,
      ...(said.thought === undefined ? {} : { reasoning_content: said.thought.join('') }),
      ...(toolCalls === undefined ? {} : { tool_calls: toolCalls }),
    };
    const choices = [{ index: 0, message, finish_reason: finishOf(said) }];
    return { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'm', choices, usage: said.usage ?? USAGE };
  },

  stream: (said) => [
    frame({ role: 'assistant', content: '' }),
    ...(said.thought ?? []).map((text) => frame({ reasoning_content: text })),
    ...(said.text ?? []).map((text) => frame({ content: text })),
    ...callFrames(said),
    frame({}, finishOf(said)),
    eventFrame({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [],
      usage: said.usage ?? USAGE,
    }),
    'data: [DONE]\n\n',
  ],

  error: (status) => ({ error: { message: `scripted ${status}`, type: 'scripted', param: null, code: null } }),
};
