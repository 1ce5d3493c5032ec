/** A client of each protocol, as small as it can be: asks, reads what came, and says whether it was whole. */
import type { WireProtocol } from './wires.ts';

export interface Read {
  readonly status: number;
  readonly headers: Headers;
  /** All text content. */
  readonly text: string;
  /** The error of the envelope, or of an event in the stream, as it came. */
  readonly error: Readonly<Record<string, unknown>> | undefined;
  /** The answer came to its proper end. */
  readonly complete: boolean;
  readonly body: string;
}

export interface AskInput {
  readonly origin: string;
  readonly key: string;
  readonly model: string;
  readonly stream: boolean;
  readonly prompt?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** The first bytes of the answer's body are here. */
  readonly onFirstBytes?: () => void;
}

export interface ProtocolClient {
  send(input: AskInput): Promise<Response>;
  ask(input: AskInput): Promise<Read>;
}

interface Shape {
  path(input: AskInput): string;
  body(input: AskInput): Record<string, unknown>;
  textOf(json: Json): string;
  /** Of one event of a stream. */
  deltaOf(json: Json): string;
  isEnd(data: string, json: Json): boolean;
}

type Json = Readonly<Record<string, unknown>>;

const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((found, key) => (Array.isArray(found) ? found[Number(key)] : asJson(found)[key]), value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const userMessage = (input: AskInput) => [{ role: 'user', content: input.prompt ?? 'hello' }];
const partsText = (parts: unknown): string =>
  Array.isArray(parts) ? parts.map((part) => text(at(part, 'text'))).join('') : '';

const SHAPES: Readonly<Record<WireProtocol, Shape>> = {
  'openai-chat': {
    path: () => '/v1/chat/completions',
    body: (input) => ({ model: input.model, stream: input.stream, messages: userMessage(input), max_tokens: 100 }),
    textOf: (json) => text(at(json, 'choices', 0, 'message', 'content')),
    deltaOf: (json) => text(at(json, 'choices', 0, 'delta', 'content')),
    isEnd: (data) => data === '[DONE]',
  },
  'openai-responses': {
    path: () => '/v1/responses',
    body: (input) => ({
      model: input.model,
      stream: input.stream,
      input: input.prompt ?? 'hello',
      max_output_tokens: 100,
      store: false,
    }),
    textOf: (json) => partsText(at(json, 'output', 0, 'content')),
    deltaOf: (json) => (json.type === 'response.output_text.delta' ? text(json.delta) : ''),
    isEnd: (_data, json) => json.type === 'response.completed',
  },
  'anthropic-messages': {
    path: () => '/v1/messages',
    body: (input) => ({ model: input.model, stream: input.stream, messages: userMessage(input), max_tokens: 100 }),
    textOf: (json) => partsText(json.content),
    deltaOf: (json) => text(at(json, 'delta', 'text')),
    isEnd: (_data, json) => json.type === 'message_stop',
  },
  gemini: {
    path: ({ model, stream }) =>
      `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: (input) => ({
      contents: [{ role: 'user', parts: [{ text: input.prompt ?? 'hello' }] }],
      generationConfig: { maxOutputTokens: 100 },
    }),
    textOf: (json) => partsText(at(json, 'candidates', 0, 'content', 'parts')),
    deltaOf: (json) => partsText(at(json, 'candidates', 0, 'content', 'parts')),
    isEnd: (_data, json) => at(json, 'candidates', 0, 'finishReason') !== undefined,
  },
};

export function clientOf(protocol: WireProtocol): ProtocolClient {
  const shape = SHAPES[protocol];
  const send = (input: AskInput): Promise<Response> =>
    fetch(input.origin + shape.path(input), {
      method: 'POST',
      headers: { authorization: `Bearer ${input.key}`, 'content-type': 'application/json', ...input.headers },
      body: JSON.stringify({ ...shape.body(input), ...input.more }),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    });
  return {
    send,
    ask: async (input) => read(shape, await send(input), input.onFirstBytes),
  };
}

async function bodyOf(response: Response, onFirstBytes: () => void): Promise<string> {
  let body = '';
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    if (body === '') onFirstBytes();
    body += text;
  }
  return body;
}

async function read(shape: Shape, response: Response, onFirstBytes: () => void = () => undefined): Promise<Read> {
  const { status, headers } = response;
  const body = await bodyOf(response, onFirstBytes);
  const found = { status, headers, body };
  if (headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    const json = asJson(JSON.parse(body));
    const error = json.error === undefined || json.error === null ? undefined : asJson(json.error);
    return { ...found, text: shape.textOf(json), error, complete: status === 200 && error === undefined };
  }
  const events = body.split(/\r?\n\r?\n/).flatMap((frame) => {
    const line = frame.split(/\r?\n/).find((each) => each.startsWith('data: '));
    return line === undefined ? [] : [line.slice('data: '.length)];
  });
  const parsed = events.map((data) => ({ data, json: data === '[DONE]' ? {} : asJson(JSON.parse(data)) }));
  const error = parsed.map(({ json }) => errorIn(json)).find((each) => each !== undefined);
  return {
    ...found,
    text: parsed.map(({ json }) => shape.deltaOf(json)).join(''),
    error,
    complete: parsed.some(({ data, json }) => shape.isEnd(data, json)),
  };
}

function errorIn(json: Json): Json | undefined {
  if (json.error !== undefined && json.error !== null) return asJson(json.error);
  if (json.type === 'error') return json;
  const failed = at(json, 'response', 'error');
  return failed === undefined || failed === null ? undefined : asJson(failed);
}
