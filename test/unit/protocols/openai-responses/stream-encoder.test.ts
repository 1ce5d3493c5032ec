import { expect, suite, test } from 'vitest';
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { Tool } from '../../../../proxy/core/call.ts';
import { unpackSignature } from '../../../../proxy/protocols/openai-responses/signature.ts';
import { type SentEvent, stream } from './wire.ts';

const START: AnswerEvent = { type: 'start', id: 'chatcmpl-1', model: 'real-model', created: 5 };
const FINISH: AnswerEvent = { type: 'finish', choice: 0, finishReason: { unified: 'stop', raw: 'end_turn' } };
const USAGE: AnswerEvent = {
  type: 'usage',
  usage: { inputTokens: 10, cacheReadTokens: 5, outputTokens: 3, reasoningTokens: 2 },
};
const at = (block: number) => ({ choice: 0, block });
const open = (block: number, part: Extract<AnswerEvent, { type: 'block-start' }>['part']): AnswerEvent => ({
  type: 'block-start',
  ...at(block),
  part,
});
const text = (block: number, value: string): AnswerEvent => ({ type: 'text', ...at(block), text: value });
const args = (block: number, json: string): AnswerEvent => ({ type: 'arguments', ...at(block), json });
const close = (block: number): AnswerEvent => ({ type: 'block-end', ...at(block) });

const types = (events: readonly SentEvent[]) => events.map(({ type }) => type.replace('response.', ''));
const last = (events: readonly SentEvent[]) => (events.at(-1) as SentEvent).response as Record<string, unknown>;
const TEXT = [
  'output_item.added',
  'content_part.added',
  'output_text.delta',
  'output_text.delta',
  'output_text.done',
  'content_part.done',
  'output_item.done',
];

suite('the sequence of events', () => {
  const whole = [START, open(0, { kind: 'text' }), text(0, 'Hel'), text(0, 'lo'), close(0), FINISH, USAGE];

  test('of a text, numbered from 0 without a gap', () => {
    const events = stream(whole);
    expect(types(events)).toEqual(['created', 'in_progress', ...TEXT, 'completed']);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_event, index) => index));
  });

  test('the last event has the whole output and the usage', () => {
    const response = last(stream(whole));
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      model: 'real-model',
      created_at: 5,
      error: null,
      incomplete_details: null,
      output: [
        {
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hello', annotations: [], logprobs: [] }],
        },
      ],
      usage: {
        input_tokens: 15,
        input_tokens_details: { cached_tokens: 5 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 20,
      },
    });
    expect(response.id).toMatch(/^resp_/);
  });

  test('every event of an item names it and its place', () => {
    const events = stream(whole).slice(2, -1);
    const { id } = (events[0] as SentEvent).item as { id: string };
    for (const event of events) {
      expect(event.output_index).toBe(0);
      expect(event.item_id ?? (event.item as { id: string }).id).toBe(id);
    }
  });

  test('begins also where the provider said nothing first', () => {
    const events = stream(whole.slice(1));
    expect(types(events).slice(0, 3)).toEqual(['created', 'in_progress', 'output_item.added']);
    expect(last(events)).toMatchObject({ model: 'asked', created_at: 1_700_000_000 });
  });

  test('texts that follow each other are parts of one message', () => {
    const events = stream([
      START,
      open(0, { kind: 'text' }),
      text(0, 'a'),
      close(0),
      open(1, { kind: 'refusal' }),
      text(1, 'b'),
      close(1),
      FINISH,
    ]);
    expect(types(events)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'content_part.added',
      'refusal.delta',
      'refusal.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ]);
    expect(last(events).output).toMatchObject([
      {
        content: [
          { type: 'output_text', text: 'a' },
          { type: 'refusal', refusal: 'b' },
        ],
      },
    ]);
  });

  test('an empty answer is a whole response without output', () => {
    expect(types(stream([START, FINISH]))).toEqual(['created', 'in_progress', 'completed']);
  });
});

suite('tool calls', () => {
  const call = (block: number, name: string, json: string[], id = `call_${block}`): AnswerEvent[] => [
    open(block, { kind: 'tool-call', id, name }),
    ...json.map((piece) => args(block, piece)),
    close(block),
  ];
  const tools: Tool[] = [
    { kind: 'custom', name: 'apply_patch' },
    { kind: 'function', name: 'spawn', namespace: 'agents' },
    { kind: 'function', name: 'f' },
  ];

  test('arguments arrive as they come', () => {
    const events = stream([START, ...call(0, 'f', ['{"a"', ':1}']), FINISH], { tools });
    expect(types(events).slice(2, -1)).toEqual([
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
    ]);
    expect(last(events).output).toMatchObject([
      { type: 'function_call', call_id: 'call_0', name: 'f', arguments: '{"a":1}', status: 'completed' },
    ]);
  });

  test('parallel and interleaved calls stay apart', () => {
    const events = stream(
      [
        START,
        open(0, { kind: 'tool-call', id: 'a', name: 'f' }),
        open(1, { kind: 'tool-call', id: 'b', name: 'f' }),
        args(1, '{"x"'),
        args(0, '{"y"'),
        args(1, ':1}'),
        close(1),
        args(0, ':2}'),
        close(0),
        FINISH,
      ],
      { tools },
    );
    expect(last(events).output).toMatchObject([
      { call_id: 'a', arguments: '{"y":2}' },
      { call_id: 'b', arguments: '{"x":1}' },
    ]);
  });

  test('a text that is still open when a call begins is finished later, once', () => {
    const events = stream(
      [START, open(0, { kind: 'text' }), text(0, 'a'), ...call(1, 'f', ['{}']), text(0, 'b'), close(0), FINISH],
      { tools },
    );
    expect(types(events).filter((type) => type === 'output_item.done')).toHaveLength(2);
    expect(last(events).output).toMatchObject([{ content: [{ text: 'ab' }] }, { arguments: '{}' }]);
  });

  test('a call without arguments has an empty object, also as a delta', () => {
    const events = stream([START, ...call(0, 'f', []), FINISH], { tools });
    expect(events.find(({ type }) => type === 'response.function_call_arguments.delta')?.delta).toBe('{}');
  });

  test('big integers pass', () => {
    const json = '{"seed":12479678939117453000}';
    expect(last(stream([START, ...call(0, 'f', [json]), FINISH])).output).toMatchObject([{ arguments: json }]);
  });

  test('flat names come back as the groups they were', () => {
    const events = stream([START, ...call(0, 'agents__spawn', ['{}']), FINISH], { tools });
    expect(last(events).output).toMatchObject([{ type: 'function_call', name: 'spawn', namespace: 'agents' }]);
  });

  test('functions that stood for free text come back as free text, piece by piece', () => {
    const events = stream([START, ...call(0, 'apply_patch', ['{"input":"*** Be', 'gin\\n', '+x"}']), FINISH], {
      tools,
    });
    expect(types(events).slice(2, -1)).toEqual([
      'output_item.added',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.done',
      'output_item.done',
    ]);
    expect(last(events).output).toMatchObject([
      { type: 'custom_tool_call', call_id: 'call_0', name: 'apply_patch', input: '*** Begin\n+x' },
    ]);
  });

  test('a provider that knew the tool as free text is not unpacked', () => {
    const events = stream(
      [
        START,
        open(0, { kind: 'tool-call', id: 'c', name: 'apply_patch', custom: true }),
        args(0, '{"input":1}'),
        close(0),
        FINISH,
      ],
      { tools },
    );
    expect(last(events).output).toMatchObject([{ type: 'custom_tool_call', input: '{"input":1}' }]);
  });

  test('a tool nobody offered is given as the model called it', () => {
    expect(last(stream([START, ...call(0, 'made_up', ['{}']), FINISH], { tools })).output).toMatchObject([
      { type: 'function_call', name: 'made_up' },
    ]);
  });
});

suite('thinking', () => {
  test('is shown as a summary, with a foreign signature packed so that it comes back', () => {
    const events = stream([
      START,
      open(0, { kind: 'reasoning', origin: 'anthropic-messages' }),
      text(0, 'hm'),
      { type: 'signature', ...at(0), signature: 'si' },
      { type: 'signature', ...at(0), signature: 'g' },
      close(0),
      open(1, { kind: 'text' }),
      text(1, 'a'),
      close(1),
      FINISH,
    ]);
    expect(types(events).slice(2, 8)).toEqual([
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
    ]);
    const [item] = last(events).output as [{ summary: unknown; encrypted_content: string; id: string }];
    expect(item).toMatchObject({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] });
    expect(item.id).toMatch(/^rs_/);
    expect(unpackSignature(item.encrypted_content)).toEqual({ signature: 'sig', origin: 'anthropic-messages' });
  });

  test('that is only encrypted has no summary; several summaries of one item stay one item', () => {
    const head = { kind: 'reasoning', id: 'rs_x', origin: 'openai-responses' } as const;
    const events = stream([
      START,
      open(0, { ...head, summary: true }),
      text(0, 'one'),
      close(0),
      open(1, { ...head, summary: true }),
      text(1, 'two'),
      { type: 'signature', ...at(1), signature: 'E' },
      close(1),
      open(2, { kind: 'reasoning', redacted: true, id: 'rs_y', origin: 'openai-responses' }),
      { type: 'signature', ...at(2), signature: 'F' },
      close(2),
      FINISH,
    ]);
    expect(last(events).output).toEqual([
      {
        id: 'rs_x',
        type: 'reasoning',
        summary: [
          { type: 'summary_text', text: 'one' },
          { type: 'summary_text', text: 'two' },
        ],
        encrypted_content: 'E',
      },
      { id: 'rs_y', type: 'reasoning', summary: [], encrypted_content: 'F' },
    ]);
  });
});

test('signed thinking ends its item, also where the next has the same id', () => {
  const thought = (block: number, signature: string): AnswerEvent[] => [
    open(block, { kind: 'reasoning', redacted: true, id: 'rs_1', origin: 'openai-responses' }),
    { type: 'signature', ...at(block), signature },
    close(block),
  ];
  const response = last(stream([START, ...thought(0, 'E'), ...thought(1, 'F'), FINISH]));
  expect(response.output).toMatchObject([{ encrypted_content: 'E' }, { encrypted_content: 'F' }]);
});

suite('other ends', () => {
  test.each([
    ['length', 'incomplete', { reason: 'max_output_tokens' }],
    ['content-filter', 'incomplete', { reason: 'content_filter' }],
    ['tool-calls', 'completed', null],
    ['other', 'completed', null],
  ] as const)('%s is %s', (unified, status, details) => {
    const events = stream([
      START,
      open(0, { kind: 'text' }),
      text(0, 'a'),
      { type: 'finish', choice: 0, finishReason: { unified, raw: 'x' } },
    ]);
    expect(events.at(-1)?.type).toBe(`response.${status}`);
    expect(last(events)).toMatchObject({ status, incomplete_details: details, output: [{ status }] });
  });

  test('a failure is an error event and a failed response, with the code and the words of the provider', () => {
    const events = stream([START, { type: 'error', error: { message: 'Too many', code: 'rate_limit_exceeded' } }]);
    expect(types(events)).toEqual(['created', 'in_progress', 'error', 'failed']);
    expect(events[2]).toMatchObject({ code: 'rate_limit_exceeded', message: 'Too many', param: null });
    expect(last(events)).toMatchObject({
      status: 'failed',
      error: { code: 'rate_limit_exceeded', message: 'Too many' },
    });
  });

  test('citations, pictures and log probabilities have their places', () => {
    const events = stream([
      START,
      open(0, { kind: 'text' }),
      text(0, 'abc'),
      { type: 'citation', ...at(0), citation: { url: 'https://x.test', title: 'X' } },
      { type: 'citation', ...at(0), citation: { title: 'no address' } },
      { type: 'logprobs', choice: 0, logprobs: { content: [{ token: 'abc', logprob: -1 }] } },
      close(0),
      open(1, {
        kind: 'whole',
        part: { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } },
      }),
      close(1),
      open(2, {
        kind: 'whole',
        part: { kind: 'foreign', protocol: 'anthropic-messages', type: 'server_tool_use', raw: {} },
      }),
      close(2),
      FINISH,
    ]);
    expect(last(events).output).toMatchObject([
      {
        content: [
          {
            text: 'abc',
            annotations: [{ type: 'url_citation', url: 'https://x.test', title: 'X', start_index: 3, end_index: 3 }],
            logprobs: [{ token: 'abc', logprob: -1 }],
          },
        ],
      },
      { type: 'image_generation_call', result: 'AA', output_format: 'png' },
    ]);
  });

  test('further choices of another protocol do not mix in', () => {
    const events = stream([
      START,
      open(0, { kind: 'text' }),
      { type: 'block-start', choice: 1, block: 0, part: { kind: 'text' } },
      { type: 'text', choice: 1, block: 0, text: 'other' },
      text(0, 'mine'),
      close(0),
      FINISH,
    ]);
    expect(JSON.stringify(events)).not.toContain('other');
  });
});
