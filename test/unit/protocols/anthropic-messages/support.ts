import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { Call, Message } from '../../../../proxy/core/call.ts';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { clientSide } from '../../../../proxy/protocols/anthropic-messages/client-side.ts';
import { providerSide } from '../../../../proxy/protocols/anthropic-messages/provider-side.ts';
import type { EncodeFacts, EncodeTarget } from '../../../../proxy/protocols/translation.ts';

export const USER: Message = { role: 'user', parts: [{ kind: 'text', text: 'Hi' }] };

export function callOf(changes: Partial<Call> = {}): Call {
  return { model: 'm', stream: false, messages: [USER], tools: [], maxOutputTokens: 4_096, ...changes };
}

export function decode(body: object): Call {
  return clientSide.decodeRequest(Buffer.from(JSON.stringify(body)), {});
}

/** The body as objects, and the codes of the warnings. */
export function encode(call: Partial<Call>, target: Partial<EncodeTarget> = {}) {
  const warnings = new Warnings();
  const { body, headers } = providerSide.encodeRequest(
    callOf(call),
    { model: 'claude-sonnet-4-5', quirks: {}, ...target },
    warnings,
  );
  return {
    body: JSON.parse(body.toString()) as Record<string, JsonObject & JsonObject[]>,
    text: body.toString(),
    warnings: warnings.list().map(({ code }) => code),
    headers,
  };
}

export function factsOf(changes: Partial<EncodeFacts> = {}): EncodeFacts {
  return {
    model: 'asked-for',
    call: callOf(),
    createdAt: 0,
    newId: (prefix) => `${prefix}new`,
    wantsUsage: true,
    ...changes,
  };
}

/** What a client gets: name and data of each event. */
export function streamed(
  events: readonly AnswerEvent[],
  facts: EncodeFacts = factsOf(),
): { name: string; data: JsonObject }[] {
  const encoder = clientSide.encodeStream(facts);
  const text = Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]).toString();
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [event = '', data = ''] = frame.split('\n');
      return { name: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) as JsonObject };
    });
}

export function decodeEvents(...frames: readonly object[]) {
  const decoder = providerSide.decodeStream();
  const text = frames
    .map((frame) => `event: ${(frame as { type: string }).type}\ndata: ${JSON.stringify(frame)}\n\n`)
    .join('');
  const events = decoder.push(Buffer.from(text));
  return { events, end: decoder.end() };
}

export const MESSAGE_START = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 5, output_tokens: 2 } },
};
