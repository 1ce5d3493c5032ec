/** Event order of a binary stream: what each block becomes, and what no stream may do. */
import { describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import { MESSAGE_BYTES_MAX } from '../../../../proxy/protocols/bedrock-converse/message-splitter.ts';
import { decodeStream } from '../../../../proxy/protocols/bedrock-converse/stream-decoder.ts';
import { eventOf, frameOf, type Json } from '../../../conformance/bedrock-converse/reading.ts';

const start = eventOf('messageStart', { role: 'assistant' });
const stop = (stopReason = 'end_turn', more: Json = {}) => eventOf('messageStop', { stopReason, ...more });
const metadata = eventOf('metadata', { usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 } });
const blockStart = (contentBlockIndex: number, begin: Json) =>
  eventOf('contentBlockStart', { contentBlockIndex, start: begin });
const delta = (contentBlockIndex: number, change: Json) =>
  eventOf('contentBlockDelta', { contentBlockIndex, delta: change });
const blockStop = (contentBlockIndex: number) => eventOf('contentBlockStop', { contentBlockIndex });
const exception = (type: string, payload: Json) =>
  frameOf(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    JSON.stringify(payload),
  );

function decode(...frames: readonly Buffer[]) {
  const decoder = decodeStream();
  const events = frames.flatMap((frame) => decoder.push(frame));
  const { complete, problem, usage } = decoder.end();
  return { all: events, complete, problem, usage };
}

/** Without the choice, which is always the one. */
const plain = (events: readonly AnswerEvent[]) =>
  events.map(({ ...event }) => ('choice' in event ? { ...event, choice: undefined } : event));

describe('blocks', () => {
  test('text opens with its first delta; usage comes after the finish', () => {
    const { all, complete, usage } = decode(
      start,
      delta(0, { text: 'A' }),
      delta(0, { text: 'B' }),
      blockStop(0),
      stop(),
      metadata,
    );
    expect(plain(all)).toEqual([
      { type: 'start' },
      { type: 'block-start', block: 0, part: { kind: 'text' } },
      { type: 'text', block: 0, text: 'A' },
      { type: 'text', block: 0, text: 'B' },
      { type: 'block-end', block: 0 },
      { type: 'finish', finishReason: { unified: 'stop', raw: 'end_turn' } },
      { type: 'usage', usage: { inputTokens: 3, outputTokens: 5 } },
    ]);
    expect([complete, usage]).toEqual([true, { inputTokens: 3, outputTokens: 5 }]);
  });

  test('thinking tells its proof at its end, once', () => {
    const thought = (content: Json) => delta(0, { reasoningContent: content });
    const { all } = decode(
      start,
      thought({ text: 'Hm' }),
      thought({ signature: 'ab' }),
      thought({ signature: 'cd' }),
      blockStop(0),
      stop(),
    );
    expect(plain(all).slice(1, -1)).toEqual([
      { type: 'block-start', block: 0, part: { kind: 'reasoning', origin: 'bedrock-converse' } },
      { type: 'text', block: 0, text: 'Hm' },
      { type: 'signature', block: 0, signature: 'abcd' },
      { type: 'block-end', block: 0 },
    ]);
  });

  test.each([
    ["Claude's bytes are Anthropic's data", Buffer.from('EuYBCkYI').toString('base64'), 'EuYBCkYI'],
    ['other bytes keep their base64', 'AP8B', 'bedrock:AP8B'],
  ])('redacted thinking: %s', (_name, redactedContent, signature) => {
    const { all } = decode(start, delta(0, { reasoningContent: { redactedContent } }), blockStop(0), stop());
    expect(plain(all).slice(1, -1)).toEqual([
      { type: 'block-start', block: 0, part: { kind: 'reasoning', origin: 'bedrock-converse', redacted: true } },
      { type: 'signature', block: 0, signature },
      { type: 'block-end', block: 0 },
    ]);
  });

  test('parallel calls, interleaved, with arguments as they were written; none at all are an empty object', () => {
    const input = (index: number, json: string) => delta(index, { toolUse: { input: json } });
    const { all, complete } = decode(
      start,
      blockStart(0, { toolUse: { toolUseId: 'x', name: 'f' } }),
      blockStart(1, { toolUse: { toolUseId: 'y', name: 'g' } }),
      input(0, ''),
      input(0, '{"id":1247967'),
      input(1, ''),
      input(0, '8939117453000}'),
      blockStop(0),
      blockStop(1),
      stop('tool_use'),
    );
    expect(plain(all).slice(1)).toEqual([
      { type: 'block-start', block: 0, part: { kind: 'tool-call', id: 'x', name: 'f' } },
      { type: 'block-start', block: 1, part: { kind: 'tool-call', id: 'y', name: 'g' } },
      { type: 'arguments', block: 0, json: '{"id":1247967' },
      { type: 'arguments', block: 0, json: '8939117453000}' },
      { type: 'block-end', block: 0 },
      { type: 'arguments', block: 1, json: '{}' },
      { type: 'block-end', block: 1 },
      { type: 'finish', finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
    ]);
    expect(complete).toBe(true);
  });

  test('the tool that stands for structured output is text, and its call is a plain stop', () => {
    const { all } = decode(
      start,
      blockStart(0, { toolUse: { toolUseId: 'x', name: 'gatehouse_structured_output' } }),
      delta(0, { toolUse: { input: '{"a":1}' } }),
      blockStop(0),
      stop('tool_use'),
    );
    expect(plain(all).slice(1)).toEqual([
      { type: 'block-start', block: 0, part: { kind: 'text' } },
      { type: 'text', block: 0, text: '{"a":1}' },
      { type: 'block-end', block: 0 },
      { type: 'finish', finishReason: { unified: 'stop', raw: 'tool_use' } },
    ]);
  });

  test('a citation alone belongs to the words before it; with words of its own to those', () => {
    const cite = (url: string) => ({ citation: { location: { web: { url } }, title: 'T' } });
    const { all } = decode(
      start,
      delta(0, { text: 'A' }),
      blockStop(0),
      delta(1, cite('https://a.example')),
      blockStop(1),
      delta(2, cite('https://b.example')),
      delta(2, { text: 'B' }),
      blockStop(2),
      stop(),
    );
    const told = all.map((event) => {
      if (event.type === 'citation') return `${event.block} cites ${event.citation.url}`;
      return 'block' in event ? `${event.block} ${event.type}` : event.type;
    });
    expect(told).toEqual([
      'start',
      '0 block-start',
      '0 text',
      '0 cites https://a.example',
      '0 block-end',
      '1 block-start',
      '1 cites https://b.example',
      '1 text',
      '1 block-end',
      'finish',
    ]);
  });

  test('images, and what the provider did itself, come whole', () => {
    const { all } = decode(
      start,
      blockStart(0, { image: { format: 'png' } }),
      delta(0, { image: { source: { bytes: 'QUJD' } } }),
      blockStop(0),
      blockStart(1, { toolUse: { toolUseId: 's', name: 'nova_grounding', type: 'server_tool_use' } }),
      delta(1, { toolUse: { input: '{"q":' } }),
      delta(1, { toolUse: { input: '1}' } }),
      blockStop(1),
      blockStart(2, { toolResult: { toolUseId: 's', type: 'nova_grounding_result', status: 'success' } }),
      delta(2, { toolResult: [{ text: 'x' }] }),
      blockStop(2),
      stop(),
    );
    expect(
      all.flatMap((event) => (event.type === 'block-start' && event.part.kind === 'whole' ? [event.part.part] : [])),
    ).toEqual([
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'QUJD' } },
      {
        kind: 'foreign',
        protocol: 'bedrock-converse',
        type: 'toolUse',
        raw: { toolUse: { toolUseId: 's', name: 'nova_grounding', type: 'server_tool_use', input: { q: 1 } } },
      },
      {
        kind: 'foreign',
        protocol: 'bedrock-converse',
        type: 'toolResult',
        raw: {
          toolResult: { toolUseId: 's', type: 'nova_grounding_result', status: 'success', content: [{ text: 'x' }] },
        },
      },
    ]);
    expect(all.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } });
  });

  test('empty text is no block, and the stop tells its sequence', () => {
    const { all } = decode(
      start,
      delta(0, { text: '' }),
      blockStop(0),
      blockStop(1),
      stop('stop_sequence', { additionalModelResponseFields: { stop_sequence: 'END' } }),
    );
    expect(plain(all)).toEqual([
      { type: 'start' },
      { type: 'finish', finishReason: { unified: 'stop', raw: 'stop_sequence' }, stopSequence: 'END' },
    ]);
  });
});

describe('ends', () => {
  test.each<[string, Buffer[], boolean, string | undefined]>([
    ['without metadata the usage is unknown', [start, delta(0, { text: 'A' }), blockStop(0), stop()], true, undefined],
    ['nothing at all', [], false, 'cut'],
    ['only a start', [start], false, 'cut'],
    ['no stop', [start, delta(0, { text: 'A' }), blockStop(0)], false, 'cut'],
    ['usage but no stop', [start, delta(0, { text: 'A' }), blockStop(0), metadata], false, 'no_finish_reason'],
    ['a stop without a reason', [start, eventOf('messageStop', {})], false, 'no_finish_reason'],
    ['half a message behind it', [start, stop(), metadata.subarray(0, 20)], false, 'cut'],
    ['a delta before the start', [delta(0, { text: 'A' }), start, stop()], false, 'malformed_frame'],
    ['two starts', [start, start, stop()], false, 'malformed_frame'],
    ['two stops', [start, stop(), stop()], false, 'malformed_frame'],
    ['content after the stop', [start, stop(), delta(0, { text: 'A' })], false, 'malformed_frame'],
    [
      'a delta for a closed block',
      [start, delta(0, { text: 'A' }), blockStop(0), delta(0, { text: 'B' }), stop()],
      false,
      'malformed_frame',
    ],
    ['arguments for no call', [start, delta(0, { toolUse: { input: '{}' } }), stop()], false, 'malformed_frame'],
    [
      'text in a call',
      [start, blockStart(0, { toolUse: { toolUseId: 'x', name: 'f' } }), delta(0, { text: 'A' }), stop()],
      false,
      'malformed_frame',
    ],
    [
      'a call without a name',
      [start, blockStart(0, { toolUse: { toolUseId: 'x' } }), stop()],
      false,
      'malformed_frame',
    ],
    [
      'half a call that was never closed',
      [
        start,
        blockStart(0, { toolUse: { toolUseId: 'x', name: 'f' } }),
        delta(0, { toolUse: { input: '{"a' } }),
        stop('max_tokens'),
      ],
      false,
      'malformed_frame',
    ],
    [
      'a block without an index',
      [start, eventOf('contentBlockDelta', { delta: { text: 'A' } }), stop()],
      false,
      'malformed_frame',
    ],
    [
      'a payload that is no JSON',
      [start, frameOf({ ':message-type': 'event', ':event-type': 'metadata' }, '<html>'), stop()],
      false,
      'malformed_frame',
    ],
    ['a message of no type', [start, frameOf({ ':event-type': 'metadata' }, '{}'), stop()], false, 'malformed_frame'],
    ['an event nobody knows is passed over', [start, eventOf('weather', {}), stop()], true, undefined],
  ])('%s', (_name, frames, complete, problem) => {
    const result = decode(...frames);
    expect([result.complete, result.problem]).toEqual([complete, problem]);
  });

  test.each([
    [
      'throttlingException',
      { message: 'Slow down' },
      { code: 'ThrottlingException', message: 'Slow down', status: 429 },
    ],
    [
      'internalServerException',
      {},
      { code: 'InternalServerException', message: 'the provider sent an error without a message', status: 500 },
    ],
    [
      'modelStreamErrorException',
      { originalMessage: 'x', originalStatusCode: 500 },
      { code: 'ModelStreamErrorException', message: 'x', status: 424 },
    ],
    ['newException', { message: 'x', originalStatusCode: 502 }, { code: 'NewException', message: 'x', status: 502 }],
  ])('%s in the middle ends it, and nothing after it counts', (type, payload, error) => {
    const { all, complete, problem } = decode(
      start,
      delta(0, { text: 'A' }),
      exception(type, payload),
      stop(),
      metadata,
    );
    expect(all.at(-1)).toEqual({ type: 'error', error });
    expect([complete, problem]).toEqual([false, undefined]);
  });

  test("the stream's own error message says it in its headers", () => {
    const frame = frameOf(
      { ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'Broken' },
      '',
    );
    expect(decode(start, frame).all.at(-1)).toEqual({
      type: 'error',
      error: { code: 'InternalFailure', message: 'Broken', status: 500 },
    });
  });
});

describe('framing', () => {
  test('a wrong CRC is malformed, in the prelude and at the end', () => {
    for (const at of [9, start.length - 1]) {
      const broken = Buffer.from(start);
      broken.writeUInt8((broken[at] ?? 0) ^ 1, at);
      const { all, complete, problem } = decode(broken, stop());
      expect([all, complete, problem]).toEqual([[], false, 'malformed_frame']);
    }
  });

  test('a length nobody sends is refused at once, and nothing is kept', () => {
    const huge = frameOf({ ':message-type': 'event' }, '{}');
    const decoder = decodeStream();
    huge.writeUInt32BE(MESSAGE_BYTES_MAX + 1, 0);
    expect(decoder.push(withPreludeCrc(huge))).toEqual([]);
    expect(decoder.push(Buffer.alloc(1_000_000))).toEqual([]);
    expect(decoder.end()).toMatchObject({ complete: false, problem: 'frame_too_large' });
  });

  test('a length that was changed on the way is noticed at once, and not waited for', () => {
    const longer = Buffer.from(start);
    longer.writeUInt32BE(start.length + 1_000_000, 0);
    expect(decode(longer).problem).toBe('malformed_frame');
  });

  test('a message that claims to be shorter than its own frame is malformed', () => {
    const frame = frameOf({}, '');
    frame.writeUInt32BE(0, 0);
    expect(decode(withPreludeCrc(frame)).problem).toBe('malformed_frame');
  });

  test('headers longer than their message are malformed', () => {
    const frame = frameOf({ ':message-type': 'event' }, '{}');
    frame.writeUInt32BE(frame.length, 4);
    expect(decode(withPreludeCrc(frame)).problem).toBe('malformed_frame');
  });
});

function withPreludeCrc(frame: Buffer): Buffer {
  frame.writeUInt32BE(crcOf(frame.subarray(0, 8)), 8);
  return frame;
}

function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
