import { expect, suite, test } from 'vitest';
import { providerSide } from '../../../../proxy/protocols/anthropic-messages/provider-side.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../../../../proxy/protocols/anthropic-messages/structured-output-tool.ts';
import { decodeEvents, MESSAGE_START } from './support.ts';

const begin = (index: number, block: object) => ({ type: 'content_block_start', index, content_block: block });
const delta = (index: number, piece: object) => ({ type: 'content_block_delta', index, delta: piece });
const close = (index: number) => ({ type: 'content_block_stop', index });
const end = (reason: string, more: object = {}) => ({
  type: 'message_delta',
  delta: { stop_reason: reason, stop_sequence: null, ...more },
  usage: { output_tokens: 7 },
});
const STOP = { type: 'message_stop' };
const text = begin(0, { type: 'text', text: '' });

suite('a stream', () => {
  test('tells its usage, and its output only when it is counted', () => {
    const { events, end: ended } = decodeEvents(MESSAGE_START, text, close(0), end('end_turn'), STOP);
    expect(events).toEqual([
      { type: 'start', id: 'msg_1', model: 'claude' },
      { type: 'usage', usage: { inputTokens: 5 } },
      { type: 'block-start', choice: 0, block: 0, part: { kind: 'text' } },
      { type: 'block-end', choice: 0, block: 0 },
      { type: 'usage', usage: { inputTokens: 5, outputTokens: 7 } },
      { type: 'finish', choice: 0, finishReason: { unified: 'stop', raw: 'end_turn' } },
    ]);
    expect(ended).toEqual({ events: [], complete: true, usage: { inputTokens: 5, outputTokens: 7 } });
  });

  test('the tool that stands for structured output is text, and no call', () => {
    const { events } = decodeEvents(
      MESSAGE_START,
      begin(0, { type: 'tool_use', id: 't', name: STRUCTURED_OUTPUT_TOOL, input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"n":1}' }),
      close(0),
      end('tool_use'),
      STOP,
    );
    expect(events.filter(({ type }) => type !== 'usage').slice(1)).toEqual([
      { type: 'block-start', choice: 0, block: 0, part: { kind: 'text' } },
      { type: 'text', choice: 0, block: 0, text: '{"n":1}' },
      { type: 'block-end', choice: 0, block: 0 },
      { type: 'finish', choice: 0, finishReason: { unified: 'stop', raw: 'tool_use' } },
    ]);
  });

  test('a call whose input came with its start, or without any', () => {
    const { events } = decodeEvents(
      MESSAGE_START,
      begin(0, { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } }),
      close(0),
      begin(1, { type: 'tool_use', id: 'b', name: 'f', input: {} }),
      delta(1, { type: 'input_json_delta', partial_json: '' }),
      close(1),
      end('tool_use'),
      STOP,
    );
    const pieces = events.flatMap((event) => (event.type === 'arguments' ? [[event.block, event.json]] : []));
    expect(pieces.filter(([, json]) => json !== '')).toEqual([
      [0, '{"x":1}'],
      [1, '{}'],
    ]);
  });

  test('a big integer of a provider-run tool is kept', () => {
    const { events } = decodeEvents(
      MESSAGE_START,
      begin(0, { type: 'server_tool_use', id: 's', name: 'x', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"n":124796789391' }),
      delta(0, { type: 'input_json_delta', partial_json: '17453001}' }),
      close(0),
      end('pause_turn'),
      STOP,
    );
    const [whole] = events.flatMap((event) => (event.type === 'block-start' ? [event.part] : []));
    expect(JSON.stringify(whole)).toContain('"input":{"n":12479678939117453001}');
  });

  test('a refusal is explained', () => {
    const details = { stop_details: { type: 'refusal', explanation: 'No.' } };
    const { events } = decodeEvents(MESSAGE_START, end('refusal', details), STOP);
    expect(events).toContainEqual({ type: 'text', choice: 0, block: 0, text: 'No.' });
    expect(events.at(-1)).toMatchObject({ finishReason: { unified: 'content-filter', raw: 'refusal' } });
  });

  test.each<[string, object[], string]>([
    ['a second message', [MESSAGE_START, MESSAGE_START, text, close(0), end('end_turn'), STOP], 'malformed_frame'],
    ['a delta of nothing', [MESSAGE_START, delta(0, { type: 'text_delta', text: 'x' })], 'malformed_frame'],
    ['a block twice', [MESSAGE_START, text, close(0), text], 'malformed_frame'],
    [
      'a delta of another block',
      [MESSAGE_START, text, delta(0, { type: 'thinking_delta', thinking: 'x' })],
      'malformed_frame',
    ],
    ['a delta without its piece', [MESSAGE_START, text, delta(0, { type: 'text_delta' })], 'malformed_frame'],
    ['a block left open', [MESSAGE_START, text, end('end_turn'), STOP], 'malformed_frame'],
    ['a call without a name', [MESSAGE_START, begin(0, { type: 'tool_use', id: 'a' })], 'malformed_frame'],
    ['content after the end', [MESSAGE_START, end('end_turn'), text], 'malformed_frame'],
    ['no start', [text], 'malformed_frame'],
    ['no stop reason', [MESSAGE_START, text, close(0), STOP], 'no_finish_reason'],
    ['no end', [MESSAGE_START, text, close(0), end('end_turn')], 'cut'],
    ['nothing', [], 'cut'],
  ])('%s is no answer', (_name, frames, problem) => {
    const { end: ended } = decodeEvents(...frames);
    expect([ended.complete, ended.problem]).toEqual([false, problem]);
  });

  test('a block that the token limit cut need not be closed', () => {
    const { events, end: ended } = decodeEvents(MESSAGE_START, text, end('max_tokens'), STOP);
    expect(ended.complete).toBe(true);
    expect(events).toContainEqual({ type: 'block-end', choice: 0, block: 0 });
  });

  test('events of a kind that is not known yet are skipped, if that is what they are', () => {
    expect(
      decodeEvents(MESSAGE_START, { type: 'brand_new', x: 1 }, text, close(0), end('end_turn'), STOP).end.complete,
    ).toBe(true);
    const decoder = providerSide.decodeStream();
    decoder.push(Buffer.from(`event: message_start\ndata: ${JSON.stringify(MESSAGE_START)}\n\n`));
    decoder.push(Buffer.from('event: content_block_start\ndata: {"type":"content_block_stXrt"}\n\n'));
    expect(decoder.end()).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });

  test.each([
    [
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
      { type: 'overloaded_error', message: 'Overloaded', status: 529 },
    ],
    ['data: {"error":{"message":"no credit","code":402}}\n\n', { message: 'no credit', code: '402', status: 402 }],
    ['{"error":{"type":"api_error","message":"bare"}}\n\n', { type: 'api_error', message: 'bare', status: 500 }],
    ['event: error\ndata: went wrong\n\n', { message: 'went wrong' }],
  ])('an error inside a 200: %s', (frame, error) => {
    const decoder = providerSide.decodeStream();
    expect(decoder.push(Buffer.from(frame))).toEqual([{ type: 'error', error }]);
    expect(decoder.push(Buffer.from(frame))).toEqual([]);
    expect(decoder.end()).toEqual({ events: [], complete: false });
  });
});

suite('a whole answer', () => {
  const decodeAnswer = (value: unknown) => providerSide.decodeAnswer(Buffer.from(JSON.stringify(value)));

  test.each(['{"type":"message"}', '[]', 'null', '<html>', '{"content":"text"}', '{"content":[7]}'])(
    '%s is none',
    (body) => {
      expect(() => providerSide.decodeAnswer(Buffer.from(body))).toThrow(
        expect.objectContaining({ code: 'upstream_malformed' }),
      );
    },
  );

  test('without a stop reason has none', () => {
    expect(decodeAnswer({ content: [], stop_reason: null }).choices).toEqual([{ index: 0, parts: [] }]);
  });

  test('of the structured output tool is text', () => {
    const block = { type: 'tool_use', id: 'a', name: STRUCTURED_OUTPUT_TOOL, input: { n: 1 } };
    expect(decodeAnswer({ content: [block], stop_reason: 'tool_use' }).choices).toEqual([
      { index: 0, parts: [{ kind: 'text', text: '{"n":1}' }], finishReason: { unified: 'stop', raw: 'tool_use' } },
    ]);
  });
});
