import { expect, suite, test } from 'vitest';
import type { AnswerEvent, BlockHead } from '../../../../proxy/core/answer.ts';
import type { FinishReason } from '../../../../proxy/core/finish-reason.ts';
import { decode, factsOf, streamed } from './support.ts';

const start = (block: number, part: BlockHead): AnswerEvent => ({ type: 'block-start', choice: 0, block, part });
const text = (block: number, words: string): AnswerEvent => ({ type: 'text', choice: 0, block, text: words });
const args = (block: number, json: string): AnswerEvent => ({ type: 'arguments', choice: 0, block, json });
const sign = (block: number, signature: string): AnswerEvent => ({ type: 'signature', choice: 0, block, signature });
const stop = (block: number): AnswerEvent => ({ type: 'block-end', choice: 0, block });
const finish = (unified: FinishReason['unified'], raw: string): AnswerEvent => ({
  type: 'finish',
  choice: 0,
  finishReason: { unified, raw },
});

/** Short for the order: the event's name, index and what it brings. */
function outline(events: readonly AnswerEvent[]): string[] {
  return streamed(events).map(({ name, data }) => {
    const {
      index,
      content_block: block,
      delta,
    } = data as { index?: number; content_block?: { type: string }; delta?: Record<string, unknown> };
    const what = block?.type ?? (name === 'content_block_delta' ? Object.values(delta ?? {}).join(' ') : '');
    return [name.replace('content_block_', '').replace('message_', 'message-'), index ?? '', what].join(' ').trim();
  });
}

suite('the order of events', () => {
  test('parallel calls that arrive side by side are written one after the other', () => {
    const events = [
      { type: 'start', id: 'chatcmpl-1', model: 'gpt' } as const,
      start(0, { kind: 'text' }),
      text(0, 'Both'),
      start(1, { kind: 'tool-call', id: 'a', name: 'f' }),
      start(2, { kind: 'tool-call', id: 'b', name: 'g' }),
      args(2, '{"y"'),
      args(1, '{"x"'),
      stop(0),
      args(2, ':2}'),
      stop(2),
      args(1, ':1}'),
      stop(1),
      finish('stop', 'stop'),
    ];
    expect(outline(events)).toEqual([
      'message-start',
      'start 0 text',
      'delta 0 text_delta Both',
      'stop 0',
      'start 1 tool_use',
      'delta 1 input_json_delta {"x"',
      'delta 1 input_json_delta :1}',
      'stop 1',
      'start 2 tool_use',
      'delta 2 input_json_delta {"y"',
      'delta 2 input_json_delta :2}',
      'stop 2',
      'message-delta',
      'message-stop',
    ]);
    // Whatever the provider called the end: no client runs the tools of an answer that says end_turn.
    expect(streamed(events).at(-2)?.data).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });

  test('a signature comes last in its block, an encrypted block is whole', () => {
    const events = [
      start(0, { kind: 'reasoning', origin: 'anthropic-messages' }),
      sign(0, 'sig'),
      text(0, 'Hm'),
      stop(0),
      start(1, { kind: 'reasoning', redacted: true, origin: 'anthropic-messages' }),
      sign(1, 'enc'),
      stop(1),
      finish('stop', 'end_turn'),
    ];
    expect(outline(events).slice(1, 7)).toEqual([
      'start 0 thinking',
      'delta 0 thinking_delta Hm',
      'delta 0 signature_delta sig',
      'stop 0',
      'start 1 redacted_thinking',
      'stop 1',
    ]);
    expect(streamed(events)[5]?.data).toMatchObject({ content_block: { data: 'enc' } });
  });

  test('an answer without content is a whole message', () => {
    expect(outline([finish('content-filter', 'SAFETY')])).toEqual(['message-start', 'message-delta', 'message-stop']);
  });

  test('blocks of other protocols are left out, and the numbers stay without a gap', () => {
    const foreign = { kind: 'foreign', protocol: 'gemini', type: 'executableCode', raw: {} } as const;
    const own = {
      kind: 'foreign',
      protocol: 'anthropic-messages',
      type: 'server_tool_use',
      raw: { type: 'server_tool_use', id: 's', input: { q: 1 } },
    } as const;
    const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } } as const;
    const events = [foreign, own, image].flatMap((part, block) => [start(block, { kind: 'whole', part }), stop(block)]);
    expect(outline([...events, finish('stop', 'STOP')]).slice(1, -2)).toEqual([
      'start 0 server_tool_use',
      'delta 0 input_json_delta {"q":1}',
      'stop 0',
      'start 1 text',
      expect.stringContaining('The model made an image (image/png)'),
      'stop 1',
    ]);
  });

  test('further choices are not mixed in', () => {
    const other: AnswerEvent[] = [
      { type: 'block-start', choice: 1, block: 0, part: { kind: 'text' } },
      { type: 'text', choice: 1, block: 0, text: 'other' },
    ];
    expect(JSON.stringify(streamed([...other, finish('stop', 'stop')]))).not.toContain('other');
  });
});

suite('usage', () => {
  test('that is known at the start stands there; the end tells the whole', () => {
    const events = streamed([
      { type: 'start', id: 'msg_7' },
      { type: 'usage', usage: { inputTokens: 9, cacheReadTokens: 3 } },
      start(0, { kind: 'text' }),
      stop(0),
      finish('stop', 'end_turn'),
      { type: 'usage', usage: { outputTokens: 4, reasoningTokens: 2, cacheWriteTokens: 1, cacheWrite1hTokens: 5 } },
    ]);
    expect(events[0]?.data).toMatchObject({
      message: {
        id: 'msg_7',
        model: 'asked-for',
        usage: { input_tokens: 9, cache_read_input_tokens: 3, output_tokens: 0 },
      },
    });
    expect(events.at(-2)?.data).toMatchObject({
      usage: {
        input_tokens: 9,
        cache_read_input_tokens: 3,
        cache_creation_input_tokens: 6,
        cache_creation: { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 5 },
        output_tokens: 6,
        output_tokens_details: { thinking_tokens: 2 },
      },
    });
  });

  test('that nobody reported is 0 where clients need a number, and null elsewhere', () => {
    const events = streamed([finish('stop', 'stop')]);
    for (const { data } of [events[0], events[1]] as { data: { usage?: object; message?: { usage: object } } }[]) {
      expect(data.usage ?? data.message?.usage).toMatchObject({
        input_tokens: 0,
        output_tokens: 0,
        cache_read_input_tokens: null,
      });
    }
    expect(events[0]?.data).toMatchObject({ message: { id: 'msg_new' } });
  });
});

suite('refusals', () => {
  const refusal = [start(0, { kind: 'refusal' }), text(0, 'I '), text(0, 'cannot.'), stop(0)];

  test('in the answer itself are its text', () => {
    const events = streamed([...refusal, finish('stop', 'stop')]);
    expect(JSON.stringify(events)).toContain('"text":"I cannot."');
    expect(events.at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'refusal', stop_details: { explanation: null } },
    });
  });

  test('that the provider explained are explained', () => {
    const events = streamed([...refusal, finish('content-filter', 'refusal')]);
    expect(events.map(({ name }) => name)).toEqual(['message_start', 'message_delta', 'message_stop']);
    expect(events[1]?.data).toMatchObject({
      delta: { stop_reason: 'refusal', stop_details: { type: 'refusal', explanation: 'I cannot.' } },
    });
  });
});

suite('stop reasons', () => {
  test.each<[FinishReason['unified'], string, string | null]>([
    ['stop', 'stop', 'end_turn'],
    ['stop', 'end_turn', 'end_turn'],
    ['length', 'length', 'max_tokens'],
    ['length', 'model_context_window_exceeded', 'model_context_window_exceeded'],
    ['tool-calls', 'tool_calls', 'tool_use'],
    ['content-filter', 'SAFETY', 'refusal'],
    ['other', 'pause_turn', 'pause_turn'],
    ['other', 'LANGUAGE', null],
    ['error', 'MALFORMED_FUNCTION_CALL', null],
  ])('%s, %s', (unified, raw, expected) => {
    expect(streamed([finish(unified, raw)]).at(-2)?.data).toMatchObject({ delta: { stop_reason: expected } });
  });

  test('a stop sequence that another provider told', () => {
    const event = {
      type: 'finish',
      choice: 0,
      finishReason: { unified: 'stop', raw: 'stop' },
      stopSequence: '🌊',
    } as const;
    expect(streamed([event]).at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'stop_sequence', stop_sequence: '🌊' },
    });
  });
});

suite('thinking of another model', () => {
  /** What a client sends back: the blocks as it received them. */
  function sentBack(events: readonly AnswerEvent[]) {
    const blocks: Record<string, unknown>[] = [];
    for (const { data } of streamed(events, factsOf())) {
      const {
        content_block: block,
        delta,
        index,
      } = data as { content_block?: Record<string, unknown>; delta?: Record<string, string>; index: number };
      if (block !== undefined) blocks[index] = { ...block };
      const open = blocks[index];
      if (open === undefined || delta === undefined) continue;
      if (delta.thinking !== undefined) open.thinking = `${String(open.thinking)}${delta.thinking}`;
      if (delta.signature !== undefined) open.signature = delta.signature;
      if (delta.partial_json !== undefined) open.input = JSON.parse(delta.partial_json);
    }
    return decode({ model: 'm', messages: [{ role: 'assistant', content: blocks }] }).messages[0]?.parts;
  }

  test('comes back as it was', () => {
    const events = [
      start(0, { kind: 'reasoning', origin: 'openai-responses', id: 'rs_1', summary: true }),
      text(0, 'Sum'),
      sign(0, 'encrypted'),
      stop(0),
      start(1, { kind: 'reasoning' }),
      text(1, 'Bare'),
      stop(1),
      finish('stop', 'stop'),
    ];
    expect(sentBack(events)).toEqual([
      { kind: 'reasoning', text: 'Sum', origin: 'openai-responses', id: 'rs_1', summary: true, signature: 'encrypted' },
      { kind: 'reasoning', text: 'Bare' },
    ]);
  });

  test.each([
    ['before', [sign(0, 'thought'), args(0, '{"a":1}')]],
    ['after', [args(0, '{"a":1}'), sign(0, 'thought')]],
  ])('on a call, signed %s its arguments', (_when, middle) => {
    const head = { kind: 'tool-call', id: 'call_1', name: 'f', origin: 'gemini' } as const;
    expect(sentBack([start(0, head), ...middle, stop(0), finish('tool-calls', 'STOP')])).toEqual([
      { kind: 'tool-call', id: 'call_1', name: 'f', arguments: '{"a":1}', signature: 'thought', origin: 'gemini' },
    ]);
  });

  test('on a call stands before the call, where the provider knew it in time', () => {
    const head = { kind: 'tool-call', id: 'c', name: 'f', origin: 'gemini' } as const;
    const finished = finish('tool-calls', 'STOP');
    const early = outline([start(0, head), sign(0, 's'), args(0, '{}'), stop(0), finished]);
    expect(early.filter((line) => line.startsWith('start'))).toEqual(['start 0 redacted_thinking', 'start 1 tool_use']);
    const late = outline([start(0, head), args(0, '{}'), sign(0, 's'), stop(0), finished]);
    expect(late.filter((line) => line.startsWith('start'))).toEqual(['start 0 tool_use', 'start 1 redacted_thinking']);
  });
});
