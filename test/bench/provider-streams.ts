/** One content chunk and the ending of a stream, as a provider of each protocol sends them: prepared bytes, all alike. */
import { EventStreamCodec } from '@smithy/eventstream-codec';

export type BenchProtocol = 'openai-chat' | 'anthropic-messages' | 'gemini' | 'bedrock-converse';

export interface ProviderStream {
  readonly type: string;
  /** Before the first chunk. */
  readonly head: Buffer;
  readonly chunk: Buffer;
  readonly ending: Buffer;
}

const TEXT = ' lorem ipsum';
const TOKENS = 200;

const frame = (body: Readonly<Record<string, unknown>>): string =>
  `${body.type === undefined ? '' : `event: ${body.type}\n`}data: ${JSON.stringify(body)}\n\n`;
const bytes = (...frames: readonly string[]): Buffer => Buffer.from(frames.join(''));

function openAiChat(): ProviderStream {
  const usage = { prompt_tokens: TOKENS, completion_tokens: TOKENS, total_tokens: 2 * TOKENS };
  const chunk = (choices: readonly unknown[], more: object = {}) =>
    frame({
      ...{ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'stream', choices },
      ...more,
    });
  return {
    type: 'text/event-stream',
    head: Buffer.alloc(0),
    chunk: bytes(chunk([{ index: 0, delta: { content: TEXT }, finish_reason: null }])),
    ending: bytes(chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), chunk([], { usage }), 'data: [DONE]\n\n'),
  };
}

function anthropicMessages(): ProviderStream {
  const message = {
    id: 'msg_bench',
    type: 'message',
    role: 'assistant',
    model: 'stream',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: TOKENS, output_tokens: 1 },
  };
  const delta = { type: 'text_delta', text: TEXT };
  const stop = { stop_reason: 'end_turn', stop_sequence: null };
  const event = (type: string, fields: object) => frame({ type, ...fields });
  return {
    type: 'text/event-stream',
    head: bytes(
      event('message_start', { message }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ),
    chunk: bytes(event('content_block_delta', { index: 0, delta })),
    ending: bytes(
      event('content_block_stop', { index: 0 }),
      event('message_delta', { delta: stop, usage: { output_tokens: TOKENS } }),
      event('message_stop', {}),
    ),
  };
}

function gemini(): ProviderStream {
  const chunk = (text: string, candidate: object, usage: object) =>
    frame({
      ...{ candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...candidate }] },
      ...{ usageMetadata: usage, modelVersion: 'stream', responseId: 'bench' },
    });
  const counted = { promptTokenCount: TOKENS, candidatesTokenCount: TOKENS, totalTokenCount: 2 * TOKENS };
  return {
    type: 'text/event-stream',
    head: Buffer.alloc(0),
    // Google repeats the usage in every chunk.
    chunk: bytes(chunk(TEXT, {}, { promptTokenCount: TOKENS, totalTokenCount: TOKENS })),
    ending: bytes(chunk('', { finishReason: 'STOP' }, counted)),
  };
}

function bedrockConverse(): ProviderStream {
  const codec = new EventStreamCodec(
    (data) => (typeof data === 'string' ? data : Buffer.from(data).toString()),
    (text) => Buffer.from(text),
  );
  const event = (name: string, body: object): Buffer => {
    const header = (value: string) => ({ type: 'string' as const, value });
    const headers = {
      ':event-type': header(name),
      ':content-type': header('application/json'),
      ':message-type': header('event'),
    };
    return Buffer.from(codec.encode({ headers, body: Buffer.from(JSON.stringify(body)) }));
  };
  const usage = { inputTokens: TOKENS, outputTokens: TOKENS, totalTokens: 2 * TOKENS };
  return {
    type: 'application/vnd.amazon.eventstream',
    head: event('messageStart', { role: 'assistant' }),
    // `p` is padding against guessing by length; AWS sends some with every chunk.
    chunk: event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: TEXT }, p: 'abcdefghijklmnop' }),
    ending: Buffer.concat([
      event('contentBlockStop', { contentBlockIndex: 0 }),
      event('messageStop', { stopReason: 'end_turn' }),
      event('metadata', { usage, metrics: { latencyMs: 1 } }),
    ]),
  };
}

export const PROVIDER_STREAMS: Readonly<Record<BenchProtocol, ProviderStream>> = {
  'openai-chat': openAiChat(),
  'anthropic-messages': anthropicMessages(),
  gemini: gemini(),
  'bedrock-converse': bedrockConverse(),
};

/** Where a provider of the protocol is asked for a stream. */
export function streamPath(protocol: BenchProtocol, model: string): string {
  switch (protocol) {
    case 'openai-chat':
      return '/v1/chat/completions';
    case 'anthropic-messages':
      return '/v1/messages';
    case 'gemini':
      return `/v1beta/models/${model}:streamGenerateContent?alt=sse`;
    case 'bedrock-converse':
      return `/model/${model}/converse-stream`;
    default:
      return protocol satisfies never;
  }
}

/** Undefined for any other path. */
export function protocolOfPath(path: string): BenchProtocol | undefined {
  if (path === '/v1/chat/completions') return 'openai-chat';
  if (path === '/v1/messages') return 'anthropic-messages';
  if (path.startsWith('/v1beta/models/')) return 'gemini';
  if (path.startsWith('/model/')) return 'bedrock-converse';
  return undefined;
}
