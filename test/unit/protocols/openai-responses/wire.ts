/** Small helpers of these tests: requests, facts, and a stream encoder's output as events. */
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { Call } from '../../../../proxy/core/call.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { clientSide } from '../../../../proxy/protocols/openai-responses/client-side.ts';
import { providerSide } from '../../../../proxy/protocols/openai-responses/provider-side.ts';
import type { EncodeFacts, EncodeTarget } from '../../../../proxy/protocols/translation.ts';

export type Fields = Record<string, unknown>;

export function decode(request: Fields): Call {
  return clientSide.decodeRequest(Buffer.from(JSON.stringify({ model: 'm', input: 'Hi', ...request })), {});
}

export function encode(call: Partial<Call>, quirks: EncodeTarget['quirks'] = {}) {
  const warnings = new Warnings();
  const whole: Call = {
    model: 'asked',
    stream: false,
    tools: [],
    messages: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }],
    ...call,
  };
  const { body } = providerSide.encodeRequest(whole, { model: 'target', quirks }, warnings);
  return { body: JSON.parse(body.toString()) as Fields, warnings: warnings.list() };
}

export function factsFor(call: Partial<Call> = {}): EncodeFacts {
  let count = 0;
  return {
    model: 'asked',
    call: { model: 'asked', stream: true, messages: [], tools: [], ...call },
    createdAt: 1_700_000_000,
    newId: (prefix) => {
      count += 1;
      return `${prefix}${count}`;
    },
    wantsUsage: true,
  };
}

export interface SentEvent extends Fields {
  readonly type: string;
}

/** Checks the framing on the way: an event line that names the type, one data line, a blank line. */
export function sentEvents(bytes: Buffer): SentEvent[] {
  const frames = bytes.toString().split('\n\n');
  if (frames.pop() !== '') throw new Error('the last frame has no blank line');
  return frames.map((frame) => {
    const [name, data, more] = frame.split('\n');
    if (more !== undefined || name === undefined || data?.startsWith('data: ') !== true)
      throw new Error(`odd frame: ${frame}`);
    const event = JSON.parse(data.slice('data: '.length)) as SentEvent;
    if (name !== `event: ${event.type}`) throw new Error(`the event line does not name the type: ${frame}`);
    return event;
  });
}

export function stream(events: readonly AnswerEvent[], call: Partial<Call> = {}): SentEvent[] {
  const encoder = clientSide.encodeStream(factsFor(call));
  const failed = events.at(-1)?.type === 'error';
  const pushed = events.map((event) => encoder.push(event));
  return sentEvents(Buffer.concat([...pushed, failed ? Buffer.alloc(0) : encoder.end()]));
}

/** Of `data:` objects, as a server would send them. */
export function wire(...events: Fields[]): Buffer {
  return Buffer.from(
    events.map((event) => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  );
}

export function read(bytes: Buffer) {
  const decoder = providerSide.decodeStream();
  const pushed = decoder.push(bytes);
  const end = decoder.end();
  return { events: [...pushed, ...end.events], complete: end.complete, problem: end.problem, usage: end.usage };
}
