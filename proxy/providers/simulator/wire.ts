/** The simulator's answers in OpenAI's bytes. */
import type { Answer, Piece, SimUsage } from './answer.ts';

export interface Envelope {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
}

export const DONE = Buffer.from('data: [DONE]\n\n');

export function frame(value: unknown): Buffer {
  return Buffer.from(`data: ${JSON.stringify(value)}\n\n`);
}

export function completion(
  envelope: Envelope,
  answer: Answer,
  choices: number,
  options: { finish: boolean; usage: boolean },
): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: envelope.id,
      object: 'chat.completion',
      created: envelope.created,
      model: envelope.model,
      choices: Array.from({ length: choices }, (_, index) => ({
        index,
        message: messageOf(envelope, answer.pieces, index),
        logprobs: null,
        finish_reason: options.finish ? answer.finishReason : null,
      })),
      ...(options.usage ? { usage: usageOf(answer.usage) } : {}),
      system_fingerprint: FINGERPRINT,
    }),
  );
}

/** `withUsageNull`: as OpenAI does on every chunk but the last when usage was asked for. */
export function chunk(envelope: Envelope, choice: object, withUsageNull: boolean): Buffer {
  return frame({ ...head(envelope), choices: [choice], ...(withUsageNull ? { usage: null } : {}) });
}

export function usageChunk(envelope: Envelope, usage: SimUsage): Buffer {
  return frame({ ...head(envelope), choices: [], usage: usageOf(usage) });
}

export function choiceStep(index: number, delta: object, finishReason: string | null): object {
  return { index, delta, logprobs: null, finish_reason: finishReason };
}

export function deltaOf(envelope: Envelope, piece: Piece, index: number): object {
  switch (piece.kind) {
    case 'text':
      return { content: piece.text };
    case 'reasoning':
      return { reasoning_content: piece.text };
    case 'call':
      return {
        tool_calls: [
          {
            index: piece.call,
            id: callId(envelope, index, piece.call),
            type: 'function',
            function: { name: piece.name, arguments: '' },
          },
        ],
      };
    case 'arguments':
      return { tool_calls: [{ index: piece.call, function: { arguments: piece.text } }] };
    default:
      return piece satisfies never;
  }
}

export function errorBody(message: string, type: string, code: string | null): object {
  return { error: { message, type, param: null, code } };
}

const FINGERPRINT = 'fp_simulator';

function head(envelope: Envelope): object {
  return {
    id: envelope.id,
    object: 'chat.completion.chunk',
    created: envelope.created,
    model: envelope.model,
    system_fingerprint: FINGERPRINT,
  };
}

function messageOf(envelope: Envelope, pieces: readonly Piece[], index: number): object {
  const joined = (kind: 'text' | 'reasoning') =>
    pieces.map((piece) => (piece.kind === kind ? piece.text : '')).join('');
  const calls = pieces.flatMap((piece) => (piece.kind === 'call' ? [piece] : []));
  const reasoning = joined('reasoning');
  return {
    role: 'assistant',
    content: calls.length > 0 ? null : joined('text'),
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ call, name }) => ({
            id: callId(envelope, index, call),
            type: 'function',
            function: {
              name,
              arguments: pieces.map((p) => (p.kind === 'arguments' && p.call === call ? p.text : '')).join(''),
            },
          })),
        }),
    refusal: null,
  };
}

function callId(envelope: Envelope, index: number, call: number): string {
  return `call_${envelope.id.slice(-12)}_${index}_${call}`;
}

function usageOf(usage: SimUsage): object {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens, audio_tokens: 0 },
  };
}
