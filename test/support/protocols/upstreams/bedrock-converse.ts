import { EventStreamCodec } from '@smithy/eventstream-codec';
import { type Fields, listOf, objectOf, parse, textOf, unmatched } from './fields.ts';
import { halves, type Said, SIGNATURE, TOKENS, type UpstreamWire } from './script.ts';

const USAGE = {
  inputTokens: TOKENS.input,
  outputTokens: TOKENS.output,
  totalTokens: TOKENS.input + TOKENS.output,
};
const stopOf = (said: Said) => (said.calls === undefined ? 'end_turn' : 'tool_use');

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

function frame(event: string, body: Fields): Buffer {
  const header = (value: string) => ({ type: 'string' as const, value });
  return Buffer.from(
    codec.encode({
      headers: {
        ':event-type': header(event),
        ':content-type': header('application/json'),
        ':message-type': header('event'),
      },
      body: Buffer.from(JSON.stringify(body)),
    }),
  );
}

interface Block {
  readonly whole: Fields;
  /** Only tools have one. */
  readonly start?: Fields;
  readonly deltas: readonly Fields[];
}

function blocksOf(said: Said): Block[] {
  const blocks: Block[] = [];
  if (said.thought !== undefined) {
    blocks.push({
      whole: { reasoningContent: { reasoningText: { text: said.thought.join(''), signature: SIGNATURE } } },
      deltas: [...said.thought.map((text) => ({ text })), { signature: SIGNATURE }].map((reasoningContent) => ({
        reasoningContent,
      })),
    });
  }
  if (said.text !== undefined) {
    blocks.push({ whole: { text: said.text.join('') }, deltas: said.text.map((text) => ({ text })) });
  }
  for (const [place, { name, args }] of (said.calls ?? []).entries()) {
    const use = { toolUseId: `tooluse_${place}`, name };
    blocks.push({
      whole: { toolUse: { ...use, input: args } },
      start: { toolUse: use },
      deltas: halves(JSON.stringify(args)).map((input) => ({ toolUse: { input } })),
    });
  }
  return blocks;
}

/** Roles take turns, and each tool turn is answered in the very next message. */
function turnProblems(messages: readonly Fields[]): string[] {
  return messages.flatMap(({ role, content }, place) => {
    const uses = listOf(content).filter((block) => block.toolUse !== undefined);
    const results = listOf(messages[place + 1]?.content).filter((block) => block.toolResult !== undefined);
    return [
      ...(role === (place % 2 === 0 ? 'user' : 'assistant') ? [] : [`message ${place} is of ${role}`]),
      ...(listOf(content).length > 0 ? [] : [`message ${place} is empty`]),
      ...unmatched(
        uses.map((block) => textOf(objectOf(block.toolUse).toolUseId)),
        results.map((block) => textOf(objectOf(block.toolResult).toolUseId)),
      ),
    ];
  });
}

export const bedrockUpstream: UpstreamWire = {
  protocol: 'bedrock-converse',
  provider: {
    kind: 'bedrock',
    model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    basePath: '',
    secret: 'AKIAIOSFODNN7EXAMPLE:secret-example-key',
  },
  streamType: 'application/vnd.amazon.eventstream',

  understand({ url, headers, body }) {
    const request = parse(body);
    const messages = listOf(request.messages);
    const blocks = messages.flatMap(({ content }) => listOf(content));
    const tools = listOf(objectOf(request.toolConfig).tools).map((tool) => objectOf(tool.toolSpec));
    const choice = objectOf(objectOf(request.toolConfig).toolChoice);
    const only = choice.any !== undefined && tools.length === 1 ? tools[0] : undefined;
    const native = objectOf(objectOf(objectOf(request.outputConfig).textFormat).structure).jsonSchema;
    const path = new RegExp(`^/model/${encodeURIComponent(this.provider.model)}/(converse|converse-stream)$`).exec(url);
    const results = blocks.filter((block) => block.toolResult !== undefined).map((block) => objectOf(block.toolResult));
    return {
      stream: path?.[1] === 'converse-stream',
      images: blocks
        .filter((block) => block.image !== undefined)
        .map((block) => textOf(objectOf(objectOf(block.image).source).bytes)),
      results: results.map(({ content }) => JSON.stringify(content)),
      signatures: blocks
        .map((block) => textOf(objectOf(objectOf(block.reasoningContent).reasoningText).signature))
        .filter((signature) => signature !== ''),
      ...(only === undefined ? {} : { output: { schema: objectOf(only.inputSchema).json, tool: textOf(only.name) } }),
      ...(native === undefined ? {} : { output: { schema: JSON.parse(textOf(objectOf(native).schema)) } }),
      problems: [
        ...(path === null ? [`no such path: ${url}`] : []),
        ...(/^AWS4-HMAC-SHA256 .*us-east-1/.test(headers.authorization ?? '') ? [] : ['not signed']),
        ...(messages.length > 0 ? turnProblems(messages) : ['no messages']),
        ...(results.length > 0 && tools.length === 0 ? ['tool blocks without toolConfig'] : []),
      ],
    };
  },

  whole: (said) => ({
    output: { message: { role: 'assistant', content: blocksOf(said).map(({ whole }) => whole) } },
    stopReason: stopOf(said),
    usage: said.usage ?? USAGE,
    metrics: { latencyMs: 1 },
  }),

  stream: (said) => [
    frame('messageStart', { role: 'assistant' }),
    ...blocksOf(said).flatMap(({ start, deltas }, contentBlockIndex) => [
      ...(start === undefined ? [] : [frame('contentBlockStart', { start, contentBlockIndex })]),
      ...deltas.map((delta) => frame('contentBlockDelta', { delta, contentBlockIndex })),
      frame('contentBlockStop', { contentBlockIndex }),
    ]),
    frame('messageStop', { stopReason: stopOf(said) }),
    frame('metadata', { usage: said.usage ?? USAGE, metrics: { latencyMs: 1 } }),
  ],

  error: (status) => ({ message: `scripted ${status}` }),
};
