/** Short ways to put a question to the codec. */
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { Call, Message } from '../../../../proxy/core/call.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { clientSide } from '../../../../proxy/protocols/openai-chat/client-side.ts';
import { providerSide } from '../../../../proxy/protocols/openai-chat/provider-side.ts';
import type { EncodeFacts, Quirks } from '../../../../proxy/protocols/translation.ts';

export type Json = Record<string, unknown>;

export function decodeRequest(fields: Json): Call {
  const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }], ...fields };
  return clientSide.decodeRequest(Buffer.from(JSON.stringify(body)), {});
}

export function callOf(fields: Partial<Call>): Call {
  return { model: 'm', stream: false, messages: [userSays('hi')], tools: [], ...fields };
}

export function userSays(...said: (string | Part)[]): Message {
  return { role: 'user', parts: said.map((part) => (typeof part === 'string' ? { kind: 'text', text: part } : part)) };
}

/** The request as the provider gets it, and what was lost. */
export function encodeRequest(fields: Partial<Call>, quirks: Quirks = {}) {
  const warnings = new Warnings();
  const { body } = providerSide.encodeRequest(callOf(fields), { model: 'target', quirks }, warnings);
  const text = body.toString('utf8');
  const request = JSON.parse(text) as Json & { messages: Json[] };
  return { text, request, warnings: warnings.list().map(({ code }) => code), fields: warnings.list() };
}

export function decodeAnswer(message: Json, rest: Json = {}, finish: string | null = 'stop') {
  const body = { id: 'chatcmpl-1', model: 'served', choices: [{ index: 0, message, finish_reason: finish }], ...rest };
  return providerSide.decodeAnswer(Buffer.from(JSON.stringify(body)));
}

export function decodeStream(frames: readonly (Json | string)[], options: { done?: boolean } = {}) {
  const decoder = providerSide.decodeStream();
  const text = frames
    .map((frame) => (typeof frame === 'string' ? frame : `data: ${JSON.stringify(frame)}\n\n`))
    .join('');
  const events = [...decoder.push(Buffer.from(text + (options.done === false ? '' : 'data: [DONE]\n\n')))];
  const { events: last, ...end } = decoder.end();
  return { events: [...events, ...last], ...end };
}

/** One chunk of the first choice. */
export function delta(fields: Json, finish: string | null = null, rest: Json = {}): Json {
  return {
    id: 'chatcmpl-1',
    model: 'served',
    created: 7,
    choices: [{ index: 0, delta: fields, finish_reason: finish }],
    ...rest,
  };
}

export const FACTS: EncodeFacts = {
  model: 'asked',
  call: callOf({ stream: true }),
  createdAt: 1_700_000_000,
  newId: (prefix) => `${prefix}new`,
  wantsUsage: false,
};

/** The chunks that a client gets, parsed; `[DONE]` as it is. */
export function encodeStream(events: readonly AnswerEvent[], facts: Partial<EncodeFacts> = {}): (Json | string)[] {
  const encoder = clientSide.encodeStream({ ...FACTS, ...facts });
  const bytes = Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]);
  return bytes
    .toString('utf8')
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => (frame === 'data: [DONE]' ? frame : (JSON.parse(frame.slice('data: '.length)) as Json)));
}

/** The deltas and finish reasons of the first choice. */
export function deltasOf(chunks: readonly (Json | string)[]): Json[] {
  return chunks.flatMap((chunk) =>
    typeof chunk === 'string'
      ? []
      : (chunk.choices as Json[]).map(({ delta: fields, finish_reason: finish }) =>
          finish === null ? (fields as Json) : { finish, ...(fields as Json) },
        ),
  );
}

/** One line an event: `0 text: Hel`. */
export function story(frames: readonly (Json | string)[], options?: { done?: boolean }): string[] {
  return decodeStream(frames, options).events.map((event) => {
    switch (event.type) {
      case 'block-start': {
        const { kind, ...head } = event.part;
        return `${event.block} begins: ${kind}${Object.keys(head).length === 0 ? '' : ` ${JSON.stringify(head)}`}`;
      }
      case 'text':
        return `${event.block} text: ${event.text}`;
      case 'arguments':
        return `${event.block} arguments: ${event.json}`;
      case 'signature':
        return `${event.block} proof: ${event.signature}`;
      case 'citation':
        return `${event.block} cites: ${event.citation.url}`;
      case 'block-end':
        return `${event.block} ends`;
      case 'finish':
        return `${event.finishReason.unified} (${event.finishReason.raw})`;
      case 'error':
        return `error: ${event.error.message}`;
      default:
        return event.type;
    }
  });
}

/** A piece of a call; what is undefined is left out. */
export const toolPiece = (
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
  args: unknown,
) => ({
  tool_calls: [
    {
      ...(index === undefined ? {} : { index }),
      ...(id === undefined ? {} : { id }),
      function: { name, arguments: args },
    },
  ],
});
