import { expect, suite, test } from 'vitest';
import { decodeStream } from '../../../../proxy/protocols/openai-responses/stream-decoder.ts';
import { type Fields, read, wire } from './wire.ts';

const response = (more: Fields = {}) => ({
  id: 'resp_1',
  object: 'response',
  model: 'gpt',
  created_at: 7,
  output: [],
  ...more,
});
const created = { type: 'response.created', response: response({ status: 'in_progress' }) };
const completed = (output: Fields[] = [], more: Fields = {}) => ({
  type: 'response.completed',
  response: response({ status: 'completed', output, ...more }),
});
const message = (text: string, more: Fields = {}) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [], ...more }],
});
const added = (index: number, item: Fields) => ({ type: 'response.output_item.added', output_index: index, item });
const done = (index: number, item: Fields) => ({ type: 'response.output_item.done', output_index: index, item });
const delta = (text: string, index = 0) => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: index,
  content_index: 0,
  delta: text,
});
const call = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{"a":1}' };
const argument = (text: string) => ({ type: 'response.function_call_arguments.delta', output_index: 0, delta: text });

const kinds = (events: readonly { type: string }[]) => events.map(({ type }) => type).join(' ');

suite('steps that servers leave out', () => {
  test.each<[string, Fields[], string]>([
    [
      'all but deltas and the end',
      [delta('Hel'), delta('lo'), completed([message('Hello')])],
      'start block-start text text block-end finish',
    ],
    ['everything but the end', [completed([message('Hello')])], 'start block-start text block-end finish'],
    [
      'the status in the end',
      [created, delta('Hello'), { type: 'response.completed', response: response() }],
      'start block-start text block-end finish',
    ],
    ['the output in the end', [created, delta('Hello'), completed()], 'start block-start text block-end finish'],
    [
      'deltas',
      [created, added(0, message('')), done(0, message('Hello')), completed()],
      'start block-start text block-end finish',
    ],
    [
      'the beginning of a call',
      [created, done(0, call), completed([call])],
      'start block-start arguments block-end finish',
    ],
    [
      'the deltas of a call',
      [created, added(0, { ...call, arguments: '' }), done(0, call), completed([call])],
      'start block-start arguments block-end finish',
    ],
    [
      'the end of a call',
      [created, added(0, { ...call, arguments: '' }), argument('{"a":1}'), completed([call])],
      'start block-start arguments block-end finish',
    ],
  ])('%s', (_what, events, expected) => {
    const { events: seen, complete } = read(wire(...events));
    expect(kinds(seen)).toBe(expected);
    expect(complete).toBe(true);
  });

  test('event lines, numbers and a final [DONE] are not needed and do no harm', () => {
    const bare = [created, delta('Hi'), completed([message('Hi')])].map(
      (event) => `data:${JSON.stringify(event)}\r\n\r\n`,
    );
    const bytes = Buffer.from(`: keep-alive\r\n\r\n${bare.join(': ping\r\n\r\n')}data: [DONE]\r\n\r\n`);
    const { events, complete } = read(bytes);
    expect(kinds(events)).toBe('start block-start text block-end finish');
    expect(complete).toBe(true);
  });

  test('events of hosted tools and unknown ones pass by', () => {
    const odd = { type: 'response.something_new.delta', delta: 'x', output_index: 9 };
    expect(read(wire(created, odd, { type: 'keepalive' }, delta('Hi'), completed([message('Hi')]))).complete).toBe(
      true,
    );
  });

  test('thinking that the end leaves out is no contradiction', () => {
    const thought = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] };
    const { events, complete } = read(
      wire(
        created,
        added(0, { ...thought, summary: [] }),
        done(0, thought),
        added(1, message('')),
        delta('Hi', 1),
        completed([message('Hi')]),
      ),
    );
    expect(kinds(events)).toBe('start block-start text block-end block-start text block-end finish');
    expect(complete).toBe(true);
  });
});

suite('what ends the stream', () => {
  test.each<[Fields, unknown]>([
    [completed([message('Hi')]), { unified: 'stop', raw: 'completed' }],
    [completed([message('Hi'), call]), { unified: 'tool-calls', raw: 'completed' }],
    [
      {
        type: 'response.incomplete',
        response: response({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
      },
      { unified: 'length', raw: 'max_output_tokens' },
    ],
    [
      {
        type: 'response.incomplete',
        response: response({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }),
      },
      { unified: 'content-filter', raw: 'content_filter' },
    ],
  ])('%j', (end, finishReason) => {
    const { events, complete } = read(wire(created, delta('Hi'), end));
    expect(events.at(-1)).toEqual({ type: 'finish', choice: 0, finishReason });
    expect(complete).toBe(true);
  });

  test.each<[Fields, Fields]>([
    [
      { type: 'error', code: 'server_error', message: 'Broken', param: null },
      { code: 'server_error', message: 'Broken' },
    ],
    [
      { type: 'error', error: { type: 't', code: 'insufficient_quota', message: 'Pay' } },
      { type: 't', code: 'insufficient_quota', message: 'Pay' },
    ],
    [
      { type: 'response.failed', response: response({ status: 'failed', error: { code: 'x', message: 'No' } }) },
      { code: 'x', message: 'No' },
    ],
    [{ error: { message: 'Naked' } }, { message: 'Naked' }],
  ])('the failure %j, and nothing behind it', (failure, error) => {
    const { events, complete } = read(wire(created, delta('Hi'), failure, delta('more'), completed([message('Hi')])));
    expect(events.at(-1)).toEqual({ type: 'error', error });
    expect(complete).toBe(false);
  });

  test('an unframed error under text/event-stream', () => {
    const { events, complete } = read(Buffer.from('{"error":{"message":"Bad key","code":401}}\n\n'));
    expect(events).toEqual([{ type: 'error', error: { message: 'Bad key', code: '401', status: 401 } }]);
    expect(complete).toBe(false);
  });

  test('without an end it is cut; an end that says it still runs has no finish reason', () => {
    expect(read(wire(created, delta('Hi')))).toMatchObject({ complete: false, problem: 'cut' });
    const whole = wire(created, delta('Hi'), completed([message('Hi')]));
    expect(read(whole.subarray(0, whole.length - 9))).toMatchObject({ complete: false, problem: 'cut' });
    expect(read(Buffer.alloc(0))).toMatchObject({ complete: false, problem: 'cut' });
    expect(
      read(wire(created, { type: 'response.completed', response: response({ status: 'in_progress' }) })),
    ).toMatchObject({
      complete: false,
      problem: 'no_finish_reason',
    });
  });
});

suite('streams that contradict themselves never end well', () => {
  const good = [
    created,
    added(0, message('')),
    delta('Hel'),
    delta('lo'),
    done(0, message('Hello')),
    completed([message('Hello')]),
  ];

  test('the good one does', () => {
    expect(read(wire(...good)).complete).toBe(true);
  });

  test.each<[string, Fields[]]>([
    ['a delta lost', good.filter((_event, index) => index !== 2)],
    ['a delta twice', [...good.slice(0, 3), ...good.slice(2)]],
    ['deltas swapped', [created, added(0, message('')), delta('lo'), delta('Hel'), ...good.slice(4)]],
    ['text behind the end of its item', [...good.slice(0, 5), delta('!'), ...good.slice(5)]],
    [
      'a refusal inside a text',
      [created, delta('Hi'), { ...delta('No'), type: 'response.refusal.delta' }, completed()],
    ],
    ['another text at the end', [...good.slice(0, 5), completed([message('Help')])]],
    ['an item missing at the end', [...good.slice(0, 5), completed([call])]],
    [
      'two responses',
      [...good.slice(0, 3), { type: 'response.created', response: response({ id: 'resp_2' }) }, ...good.slice(3)],
    ],
    ['arguments of nobody', [created, argument('{}'), completed([call])]],
    [
      'a call that ends as another',
      [created, added(0, { ...call, name: 'g', arguments: '' }), done(0, call), completed([call])],
    ],
    ['half a call', [created, added(0, { ...call, arguments: '' }), argument('{"a"'), completed()]],
    ['no JSON', [created]],
  ])('%s', (what, events) => {
    const bytes =
      what === 'no JSON'
        ? Buffer.concat([wire(...good.slice(0, 3)), Buffer.from('data: {"ty\n\n'), wire(...good.slice(3))])
        : wire(...events);
    expect(read(bytes)).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });
});

suite('thinking', () => {
  const begun = { id: 'rs_1', type: 'reasoning', summary: [] };
  const part = {
    type: 'response.reasoning_summary_part.added',
    item_id: 'rs_1',
    output_index: 0,
    summary_index: 0,
    part: {},
  };
  const piece = { ...part, type: 'response.reasoning_summary_text.delta', delta: 'hm' };
  const partEnd = { ...part, type: 'response.reasoning_summary_part.done' };
  const ended = { ...begun, summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'E' };

  test('has its signature before its end, though that comes later', () => {
    const { events, complete } = read(
      wire(created, added(0, begun), part, piece, partEnd, done(0, ended), completed([ended])),
    );
    expect(kinds(events)).toBe('start block-start text signature block-end finish');
    expect(complete).toBe(true);
  });

  test('that the end of its item knows nothing of is a contradiction', () => {
    const empty = { ...begun, encrypted_content: 'E' };
    const { complete, problem } = read(
      wire(created, added(0, begun), part, piece, partEnd, done(0, empty), completed([empty])),
    );
    expect([complete, problem]).toEqual([false, 'malformed_frame']);
  });
});

test('a frame without end is not gathered for ever', () => {
  const decoder = decodeStream({ frameBytesMax: 100 });
  decoder.push(Buffer.from(`data: {"a":"${'x'.repeat(100)}`));
  expect(decoder.push(wire(created, completed([message('Hi')])))).toEqual([]);
  expect(decoder.end()).toMatchObject({ complete: false, problem: 'frame_too_large' });
});

test('what follows the end is not of this response', () => {
  const whole = wire(created, delta('Hi'), completed([message('Hi')]));
  expect(read(Buffer.concat([whole, wire(completed([message('Hi')]))])).complete).toBe(true);
  expect(read(Buffer.concat([whole, wire(delta('more'))])).complete).toBe(false);
  expect(read(Buffer.concat([whole, wire({ type: 'error', message: 'late' })])).complete).toBe(false);
});

test('one id for several items, as xAI gives them, does not mix them up', () => {
  const thought = (text: string) => ({ id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text }] });
  const { complete, events } = read(
    wire(created, done(0, thought('a')), done(1, thought('b')), completed([thought('a'), thought('b')])),
  );
  expect(complete).toBe(true);
  expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : []))).toEqual(['a', 'b']);
});
