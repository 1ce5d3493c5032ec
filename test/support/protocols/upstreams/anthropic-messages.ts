import { eventFrame, type Fields, listOf, objectOf, parse, textOf, unmatched } from './fields.ts';
import { halves, type Said, SIGNATURE, TOKENS, type UpstreamWire } from './script.ts';

const USAGE = { input_tokens: TOKENS.input, output_tokens: TOKENS.output };
const stopOf = (said: Said) => (said.calls === undefined ? 'end_turn' : 'tool_use');

const resultText = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : listOf(content)
        .map((part) => textOf(part.text))
        .join('');

interface Block {
  readonly whole: Fields;
  readonly start: Fields;
  readonly deltas: readonly Fields[];
}

function blocksOf(said: Said): Block[] {
  const blocks: Block[] = [];
  if (said.thought !== undefined) {
    blocks.push({
      whole: { type: 'thinking', thinking: said.thought.join(''), signature: SIGNATURE },
      start: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        ...said.thought.map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature: SIGNATURE },
      ],
    });
  }
  if (said.text !== undefined) {
    blocks.push({
      whole: { type: 'text', text: said.text.join('') },
      start: { type: 'text', text: '' },
      deltas: said.text.map((text) => ({ type: 'text_delta', text })),
    });
  }
  for (const [place, { name, args }] of (said.calls ?? []).entries()) {
    const use = { type: 'tool_use', id: `toolu_0${place}`, name };
    blocks.push({
      whole: { ...use, input: args },
      start: { ...use, input: {} },
      deltas: halves(JSON.stringify(args)).map((json) => ({ type: 'input_json_delta', partial_json: json })),
    });
  }
  return blocks;
}

const message = (content: readonly Fields[], stop: string | null, usage: Fields) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content,
  stop_reason: stop,
  stop_sequence: null,
  usage,
});

const frame = (body: Fields): string => eventFrame(body, textOf(body.type));

/** Each tool turn is answered in the very next message. */
function turnProblems(messages: readonly Fields[]): string[] {
  return messages.flatMap(({ role, content }, place) => {
    const expected = place % 2 === 0 ? 'user' : 'assistant';
    const blocks = listOf(content);
    const uses = blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => textOf(id));
    const results = listOf(messages[place + 1]?.content).filter(({ type }) => type === 'tool_result');
    return [
      ...(role === expected ? [] : [`message ${place} is of ${role}`]),
      ...(typeof content === 'string' || blocks.length > 0 ? [] : [`message ${place} is empty`]),
      ...unmatched(
        uses,
        results.map((result) => textOf(result.tool_use_id)),
      ),
    ];
  });
}

export const anthropicUpstream: UpstreamWire = {
  protocol: 'anthropic-messages',
  provider: { kind: 'anthropic-compatible', model: 'm', basePath: '/v1', secret: 'sk-ant-test-0123456789' },
  streamType: 'text/event-stream',

  understand({ url, headers, body }) {
    const request = parse(body);
    const messages = listOf(request.messages);
    const blocks = messages.flatMap(({ content }) => listOf(content));
    const forced = objectOf(request.tool_choice);
    const native = objectOf(objectOf(request.output_config).format).schema;
    const tool = listOf(request.tools).find(({ name }) => name === forced.name && forced.type === 'tool');
    return {
      stream: request.stream === true,
      images: blocks.filter(({ type }) => type === 'image').map((block) => textOf(objectOf(block.source).data)),
      results: blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => resultText(content)),
      signatures: blocks.filter(({ type }) => type === 'thinking').map(({ signature }) => textOf(signature)),
      ...(native === undefined ? {} : { output: { schema: native } }),
      ...(tool === undefined ? {} : { output: { schema: tool.input_schema, tool: textOf(tool.name) } }),
      problems: [
        ...(url.split('?')[0] === '/v1/messages' ? [] : [`no such path: ${url}`]),
        ...(headers['x-api-key'] === this.provider.secret ? [] : ['no key']),
        ...(headers['anthropic-version'] === undefined ? ['no anthropic-version'] : []),
        ...(request.model === 'm' ? [] : ['no such model']),
        ...(typeof request.max_tokens === 'number' ? [] : ['no max_tokens']),
        ...(messages.length > 0 ? turnProblems(messages) : ['no messages']),
      ],
    };
  },

  whole: (said) =>
    message(
      blocksOf(said).map(({ whole }) => whole),
      stopOf(said),
      said.usage ?? USAGE,
    ),

  stream: (said) => [
    frame({ type: 'message_start', message: message([], null, { ...(said.usage ?? USAGE), output_tokens: 1 }) }),
    frame({ type: 'ping' }),
    ...blocksOf(said).flatMap(({ start, deltas }, index) => [
      frame({ type: 'content_block_start', index, content_block: start }),
      ...deltas.map((delta) => frame({ type: 'content_block_delta', index, delta })),
      frame({ type: 'content_block_stop', index }),
    ]),
    frame({
      type: 'message_delta',
      delta: { stop_reason: stopOf(said), stop_sequence: null },
      usage: said.usage ?? { output_tokens: TOKENS.output },
    }),
    frame({ type: 'message_stop' }),
  ],

  error: (status) => ({ type: 'error', error: { type: 'scripted_error', message: `scripted ${status}` } }),
};
