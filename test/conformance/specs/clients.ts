/** Each client protocol: how it asks, and which schema of which description every document of its answers has to fit. */
import type { DialectName } from '../../../proxy/protocols/dialects.ts';
import type { DescriptionName } from './descriptions.ts';

type Json = Record<string, unknown>;

/** One document that left for a client. */
export interface Emitted {
  readonly schema: string;
  /** The schema, and for events of a stream their type. */
  readonly kind: string;
  readonly document: unknown;
}

export interface SpecClient {
  readonly dialect: DialectName & ('openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini');
  readonly description: DescriptionName;
  readonly url: (model: string, stream: boolean) => string;
  readonly body: (model: string, stream: boolean, more?: Json) => Json;
  readonly whole: (document: Json) => Emitted[];
  /** `[DONE]` and the like, which are no JSON, are not given here. */
  readonly event: (document: Json) => Emitted[];
  readonly error: (document: Json) => Emitted[];
}

const one = (schema: string, document: unknown, kind = schema): Emitted => ({ schema, kind, document });
const isError = (document: Json) => document.error !== undefined && document.error !== null;

const chat: SpecClient = {
  dialect: 'openai-chat',
  description: 'openai',
  url: () => '/v1/chat/completions',
  body: (model, stream, more) => ({
    model,
    stream,
    ...(stream ? { stream_options: { include_usage: true } } : {}),
    messages: [{ role: 'user', content: 'x' }],
    ...more,
  }),
  whole: (document) => [one('CreateChatCompletionResponse', document)],
  event: (document) => [
    isError(document)
      ? one('ErrorResponse', document, 'ErrorResponse (in a stream)')
      : one('CreateChatCompletionStreamResponse', document),
  ],
  error: (document) => [one('ErrorResponse', document)],
};

const responses: SpecClient = {
  dialect: 'openai-responses',
  description: 'openai',
  url: () => '/v1/responses',
  body: (model, stream, more) => ({ model, stream, input: 'x', ...more }),
  whole: (document) => [one('Response', document)],
  event: (document) => [one('ResponseStreamEvent', document, `ResponseStreamEvent ${String(document.type)}`)],
  error: (document) => [one('ErrorResponse', document)],
};

/** Clients that ask for `?beta=true` get the same documents. */
const messages: SpecClient = {
  dialect: 'anthropic-messages',
  description: 'anthropic',
  url: () => '/v1/messages',
  body: (model, stream, more) => ({
    model,
    stream,
    max_tokens: 500,
    messages: [{ role: 'user', content: 'x' }],
    ...more,
  }),
  whole: (document) => [one('Message', document), one('BetaMessage', document)],
  event: (document) => {
    if (document.type === 'error') return [one('ErrorResponse', document, 'ErrorResponse (in a stream)')];
    const type = String(document.type);
    return [
      one('MessageStreamEvent', document, `MessageStreamEvent ${type}`),
      one('BetaMessageStreamEvent', document, `BetaMessageStreamEvent ${type}`),
    ];
  },
  error: (document) => [one('ErrorResponse', document), one('BetaErrorResponse', document)],
};

const gemini: SpecClient = {
  dialect: 'gemini',
  description: 'gemini',
  url: (model, stream) => `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  body: (_model, _stream, more) => ({ contents: [{ role: 'user', parts: [{ text: 'x' }] }], ...more }),
  whole: (document) => [one('GenerateContentResponse', document)],
  event: (document) => [
    isError(document)
      ? one('Status', document.error, 'Status (in a stream)')
      : one('GenerateContentResponse', document, 'GenerateContentResponse (in a stream)'),
  ],
  error: (document) => [one('Status', document.error)],
};

export const SPEC_CLIENTS: readonly SpecClient[] = [chat, responses, messages, gemini];

/** All schemas that are asked for, by description. */
export const SCHEMAS: Readonly<Record<DescriptionName, readonly string[]>> = {
  openai: [
    'CreateChatCompletionResponse',
    'CreateChatCompletionStreamResponse',
    'Response',
    'ResponseStreamEvent',
    'ErrorResponse',
    'ListModelsResponse',
    'Model',
  ],
  anthropic: [
    'Message',
    'BetaMessage',
    'MessageStreamEvent',
    'BetaMessageStreamEvent',
    'ErrorResponse',
    'BetaErrorResponse',
    'CountMessageTokensResponse',
    'BetaCountMessageTokensResponse',
    'ListResponse_ModelInfo_',
    'ModelInfo',
  ],
  gemini: ['GenerateContentResponse', 'CountTokensResponse', 'ListModelsResponse', 'Model', 'Status'],
};

const RESPONSE_EVENTS = [
  ...['created', 'in_progress', 'completed', 'incomplete', 'failed'],
  ...['output_item.added', 'output_item.done', 'content_part.added', 'content_part.done'],
  ...['output_text.delta', 'output_text.done', 'output_text.annotation.added', 'refusal.delta', 'refusal.done'],
  ...['reasoning_summary_part.added', 'reasoning_summary_part.done'],
  ...['reasoning_summary_text.delta', 'reasoning_summary_text.done'],
  ...['function_call_arguments.delta', 'function_call_arguments.done'],
  ...['custom_tool_call_input.delta', 'custom_tool_call_input.done'],
];
const MESSAGE_EVENTS = [
  ...['message_start', 'message_delta', 'message_stop'],
  ...['content_block_start', 'content_block_delta', 'content_block_stop'],
];

/** Everything that leaves the gateway by translation or is made by itself. */
export const KINDS: readonly string[] = [
  'CreateChatCompletionResponse',
  'CreateChatCompletionStreamResponse',
  'Response',
  'ResponseStreamEvent error',
  ...RESPONSE_EVENTS.map((type) => `ResponseStreamEvent response.${type}`),
  'Message',
  'BetaMessage',
  ...MESSAGE_EVENTS.flatMap((type) => [`MessageStreamEvent ${type}`, `BetaMessageStreamEvent ${type}`]),
  'GenerateContentResponse',
  'GenerateContentResponse (in a stream)',
  'GenerateContentResponse (in a list)',
  'CountMessageTokensResponse',
  'BetaCountMessageTokensResponse',
  'CountTokensResponse',
  'ListModelsResponse',
  'ListResponse_ModelInfo_',
  'Model',
  'ErrorResponse',
  'ErrorResponse (in a stream)',
  'BetaErrorResponse',
  'Status',
  'Status (in a stream)',
];

/** What of a body has to fit: documents of a whole answer, an error, or the events of a stream. */
export function documentsOf(client: SpecClient, answer: { status: number; stream: boolean; body: string }): Emitted[] {
  if (answer.status >= 400) return client.error(JSON.parse(answer.body) as Json);
  if (!answer.stream) return client.whole(JSON.parse(answer.body) as Json);
  return eventsOf(answer.body).flatMap((document) => client.event(document));
}

/** The documents of a server-sent event stream, or of the list that Gemini streams without `alt=sse`. */
export function eventsOf(body: string): Json[] {
  if (body.startsWith('[')) return JSON.parse(body) as Json[];
  return body
    .split(/\r?\n\r?\n/)
    .flatMap((frame) => frame.split(/\r?\n/).filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice('data: '.length))
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Json);
}
