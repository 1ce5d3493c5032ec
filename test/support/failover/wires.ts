/** What a provider of each protocol says: a whole answer, the frames of a stream, its errors. */
import { chunk, completion, DONE, FINISH, ROLE, USAGE } from '../gateway/upstream.ts';

export type WireProtocol = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

export interface SaidError {
  readonly status: number;
  /** The protocol's word for it, where it has room for one. */
  readonly code: string;
  readonly message: string;
}

/** Every good answer counts 10 tokens in and 5 out. */
export interface Wire {
  whole(text: string): string;
  /** Frames before any content. */
  readonly begin: readonly string[];
  content(text: string): string;
  /** From the finish reason on. */
  end(text: string): readonly string[];
  errorBody(error: SaidError): string;
  errorFrame(error: SaidError): string;
  /** The frames before content tell how many tokens the input has. */
  readonly countsFirst?: boolean;
}

const event = (type: string, fields: Record<string, unknown> = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const data = (body: unknown): string => `data: ${JSON.stringify(body)}\r\n\r\n`;

const chat: Wire = {
  whole: (text) =>
    JSON.stringify(
      completion({ choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] }),
    ),
  begin: [ROLE],
  content: (text) => chunk({ content: text }),
  end: () => [FINISH, USAGE, DONE],
  errorBody: ({ code, message }) => JSON.stringify({ error: { message, type: code, param: null, code } }),
  errorFrame: ({ code, message }) => `data: ${JSON.stringify({ error: { message, type: code, code } })}\n\n`,
};

const RESPONSE = { id: 'resp_1', object: 'response', created_at: 1, model: 'm', error: null, incomplete_details: null };
const RESPONSE_USAGE = {
  input_tokens: 10,
  output_tokens: 5,
  total_tokens: 15,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens_details: { reasoning_tokens: 0 },
};
const outputText = (text: string) => ({ type: 'output_text', text, annotations: [] });
const outputMessage = (text: string) => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [outputText(text)],
});
const PLACE = { item_id: 'msg_1', output_index: 0, content_index: 0 };

const responses: Wire = {
  whole: (text) =>
    JSON.stringify({ ...RESPONSE, status: 'completed', output: [outputMessage(text)], usage: RESPONSE_USAGE }),
  begin: [
    event('response.created', {
      sequence_number: 0,
      response: { ...RESPONSE, status: 'in_progress', output: [], usage: null },
    }),
    event('response.output_item.added', {
      sequence_number: 1,
      output_index: 0,
      item: { ...outputMessage(''), status: 'in_progress', content: [] },
    }),
    event('response.content_part.added', { sequence_number: 2, ...PLACE, part: outputText('') }),
  ],
  content: (text) => event('response.output_text.delta', { sequence_number: 3, ...PLACE, delta: text }),
  end: (text) => [
    event('response.output_text.done', { sequence_number: 4, ...PLACE, text }),
    event('response.content_part.done', { sequence_number: 5, ...PLACE, part: outputText(text) }),
    event('response.output_item.done', { sequence_number: 6, output_index: 0, item: outputMessage(text) }),
    event('response.completed', {
      sequence_number: 7,
      response: { ...RESPONSE, status: 'completed', output: [outputMessage(text)], usage: RESPONSE_USAGE },
    }),
  ],
  errorBody: chat.errorBody,
  errorFrame: ({ code, message }) => event('error', { sequence_number: 4, code, message, param: null }),
};

const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null };

const messages: Wire = {
  whole: (text) =>
    JSON.stringify({
      ...MESSAGE,
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 5 },
    }),
  begin: [
    event('message_start', {
      message: { ...MESSAGE, content: [], stop_reason: null, usage: { input_tokens: 10, output_tokens: 1 } },
    }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  ],
  content: (text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  end: () => [
    event('content_block_stop', { index: 0 }),
    event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 5 } }),
    event('message_stop'),
  ],
  errorBody: ({ code, message }) => JSON.stringify({ type: 'error', error: { type: code, message } }),
  errorFrame: ({ code, message }) => event('error', { error: { type: code, message } }),
  countsFirst: true,
};

const geminiPart = (text: string, more: Record<string, unknown> = {}) => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }],
  modelVersion: 'm',
});
const GEMINI_USAGE = { usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 } };
const geminiError = ({ status, code, message }: SaidError) =>
  JSON.stringify({ error: { code: status, message, status: code.toUpperCase() } });

const gemini: Wire = {
  whole: (text) => JSON.stringify({ ...geminiPart(text, { finishReason: 'STOP' }), ...GEMINI_USAGE }),
  begin: [data(geminiPart(''))],
  content: (text) => data(geminiPart(text)),
  end: () => [data({ ...geminiPart('', { finishReason: 'STOP' }), ...GEMINI_USAGE })],
  errorBody: geminiError,
  errorFrame: (error) => `data: ${geminiError(error)}\r\n\r\n`,
};

export const WIRES: Readonly<Record<WireProtocol, Wire>> = {
  'openai-chat': chat,
  'openai-responses': responses,
  'anthropic-messages': messages,
  gemini,
};
