/** Streams as chat clients read them: the order of the deltas, and what stands in each. */
import { expect, suite, test } from 'vitest';
import type { AnswerEvent, BlockHead } from '../../../../proxy/core/answer.ts';
import { callOf, deltasOf, encodeStream, type Json } from './helpers.ts';

const stop = { unified: 'stop', raw: 'end_turn' } as const;
const calling = { unified: 'tool-calls', raw: 'tool_use' } as const;
const patch = callOf({ tools: [{ kind: 'custom', name: 'patch' }] });

const begin = (block: number, part: BlockHead): AnswerEvent => ({ type: 'block-start', choice: 0, block, part });
const says = (block: number, text: string): AnswerEvent => ({ type: 'text', choice: 0, block, text });
const passes = (block: number, json: string): AnswerEvent => ({ type: 'arguments', choice: 0, block, json });
const proves = (block: number, signature: string): AnswerEvent => ({ type: 'signature', choice: 0, block, signature });
const end = (block: number): AnswerEvent => ({ type: 'block-end', choice: 0, block });
const finish = (finishReason: { unified: 'stop' | 'tool-calls'; raw: string } = stop): AnswerEvent => ({
  type: 'finish',
  choice: 0,
  finishReason,
});
const call = (id: string, name: string): BlockHead => ({ kind: 'tool-call', id, name });
const announced = (index: number, id: string, name: string, more: Json = {}) => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' }, ...more }],
});
const piece = (index: number, text: string) => ({ tool_calls: [{ index, function: { arguments: text } }] });

suite('streams', () => {
  test.each<[string, AnswerEvent[], Json[]]>([
    [
      'text',
      [begin(0, { kind: 'text' }), says(0, 'a'), says(0, 'b'), end(0), finish()],
      [{ role: 'assistant', content: 'a' }, { content: 'b' }, { finish: 'stop' }],
    ],
    ['nothing', [finish()], [{ role: 'assistant', content: '' }, { finish: 'stop' }]],
    [
      'thinking and a refusal',
      [
        begin(0, { kind: 'reasoning' }),
        says(0, 'hm'),
        end(0),
        begin(1, { kind: 'refusal' }),
        says(1, 'no'),
        end(1),
        finish(),
      ],
      [{ role: 'assistant', reasoning_content: 'hm' }, { refusal: 'no' }, { finish: 'stop' }],
    ],
    [
      'thinking with its proof',
      [begin(0, { kind: 'reasoning', origin: 'anthropic-messages' }), says(0, 'hm'), proves(0, 's'), end(0), finish()],
      [
        {
          role: 'assistant',
          reasoning_content: 'hm',
          reasoning_details: [{ type: 'reasoning.text', text: 'hm', format: 'anthropic-claude-v1', index: 0 }],
        },
        {
          reasoning_details: [
            { type: 'reasoning.text', text: '', signature: 's', format: 'anthropic-claude-v1', index: 0 },
          ],
        },
        { finish: 'stop' },
      ],
    ],
    [
      'a summary with its encrypted thought',
      [
        begin(0, { kind: 'reasoning', origin: 'openai-responses', summary: true, id: 'rs' }),
        says(0, 'hm'),
        proves(0, 'e'),
        end(0),
        finish(),
      ],
      [
        {
          role: 'assistant',
          reasoning_content: 'hm',
          reasoning_details: [
            { type: 'reasoning.summary', summary: 'hm', format: 'openai-responses-v1', index: 0, id: 'rs' },
          ],
        },
        {
          reasoning_details: [
            { type: 'reasoning.encrypted', data: 'e', format: 'openai-responses-v1', index: 0, id: 'rs' },
          ],
        },
        { finish: 'stop' },
      ],
    ],
    [
      'calls side by side, one without arguments',
      [
        begin(0, call('a', 'f')),
        passes(0, '{'),
        begin(1, call('b', 'g')),
        passes(0, '}'),
        end(0),
        end(1),
        finish(calling),
      ],
      [
        { role: 'assistant', ...announced(0, 'a', 'f') },
        piece(0, '{'),
        announced(1, 'b', 'g'),
        piece(0, '}'),
        piece(1, '{}'),
        { finish: 'tool_calls' },
      ],
    ],
    [
      'calls of a provider that says stop',
      [begin(0, call('a', 'f')), passes(0, '{}'), end(0), finish()],
      [{ role: 'assistant', ...announced(0, 'a', 'f') }, piece(0, '{}'), { finish: 'tool_calls' }],
    ],
    [
      'a proof beside the name, and one that comes late',
      [
        begin(0, call('a', 'f')),
        proves(0, 's'),
        passes(0, '{}'),
        end(0),
        begin(1, call('b', 'g')),
        passes(1, '{}'),
        proves(1, 't'),
        end(1),
        finish(calling),
      ],
      [
        { role: 'assistant', ...announced(0, 'a', 'f', { extra_content: { google: { thought_signature: 's' } } }) },
        piece(0, '{}'),
        announced(1, 'b', 'g'),
        piece(1, '{}'),
        {
          tool_calls: [
            { index: 1, function: { arguments: '' }, extra_content: { google: { thought_signature: 't' } } },
          ],
        },
        { finish: 'tool_calls' },
      ],
    ],
    [
      'citations behind the text they belong to',
      [
        begin(0, { kind: 'text' }),
        says(0, 'ab'),
        end(0),
        begin(1, { kind: 'text' }),
        { type: 'citation', choice: 0, block: 1, citation: { url: 'https://x', title: 'X' } },
        says(1, 'cd'),
        end(1),
        finish(),
      ],
      [
        { role: 'assistant', content: 'ab' },
        { content: 'cd' },
        {
          annotations: [
            { type: 'url_citation', url_citation: { url: 'https://x', title: 'X', start_index: 2, end_index: 4 } },
          ],
        },
        { finish: 'stop' },
      ],
    ],
    [
      'an image',
      [
        begin(0, { kind: 'whole', part: { kind: 'image', source: { kind: 'url', url: 'https://x' } } }),
        end(0),
        finish(),
      ],
      [{ role: 'assistant', images: [{ type: 'image_url', image_url: { url: 'https://x' } }] }, { finish: 'stop' }],
    ],
    [
      'what only another protocol can say',
      [
        begin(0, { kind: 'whole', part: { kind: 'foreign', protocol: 'gemini', type: 'x', raw: {} } }),
        end(0),
        finish(),
      ],
      [{ role: 'assistant', content: '' }, { finish: 'stop' }],
    ],
  ])('%s', (_name, events, expected) => {
    const chunks = encodeStream(events);
    expect(deltasOf(chunks)).toEqual(expected);
    expect(chunks.at(-1)).toBe('data: [DONE]');
  });

  test('every chunk has the same head, and the model that was asked for', () => {
    const [chunk] = encodeStream([
      { type: 'start', id: 'msg_1', model: 'served', created: 5 },
      begin(0, { kind: 'text' }),
      says(0, 'a'),
      finish(),
    ]);
    expect(chunk).toEqual({
      id: 'msg_1',
      object: 'chat.completion.chunk',
      created: 5,
      model: 'asked',
      choices: [{ index: 0, delta: { role: 'assistant', content: 'a' }, finish_reason: null }],
    });
  });

  test.each([
    [true, [{ prompt_tokens: 3, completion_tokens: 9, total_tokens: 12 }]],
    [false, []],
  ])('usage when it was asked for: %s', (wantsUsage, expected) => {
    const usage = (outputTokens: number): AnswerEvent => ({ type: 'usage', usage: { inputTokens: 3, outputTokens } });
    const chunks = encodeStream([usage(1), begin(0, { kind: 'text' }), says(0, 'a'), finish(), usage(9)], {
      wantsUsage,
    });
    const last = chunks.flatMap((chunk) => (typeof chunk === 'string' || chunk.usage === undefined ? [] : [chunk]));
    expect(last.map(({ usage: told, choices }) => [told, choices])).toEqual(expected.map((told) => [told, []]));
  });

  test('free text that the model did not wrap is its input all the same', () => {
    const events = [begin(0, call('a', 'patch')), passes(0, '***'), end(0), finish(calling)];
    expect(deltasOf(encodeStream(events, { call: patch }))[1]).toEqual({
      tool_calls: [{ index: 0, custom: { input: '***' } }],
    });
  });

  test('buckets that come one after another are told together', () => {
    const chunks = encodeStream(
      [{ type: 'usage', usage: { inputTokens: 3 } }, finish(), { type: 'usage', usage: { outputTokens: 9 } }],
      { wantsUsage: true },
    );
    expect(chunks.at(-2)).toMatchObject({ usage: { prompt_tokens: 3, completion_tokens: 9, total_tokens: 12 } });
  });

  test('logprobs that no text follows have a chunk before the end', () => {
    const logprobs = { content: null, refusal: [] };
    const [, chunk, last] = encodeStream([
      begin(0, { kind: 'text' }),
      says(0, 'a'),
      { type: 'logprobs', choice: 0, logprobs },
      end(0),
      finish(),
    ]);
    expect(chunk).toMatchObject({ choices: [{ delta: {}, logprobs, finish_reason: null }] });
    expect(last).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] });
  });

  test('usage that nobody knows is not sent', () => {
    expect(
      encodeStream([begin(0, { kind: 'text' }), says(0, 'a'), finish()], { wantsUsage: true }).at(-2),
    ).not.toHaveProperty('usage');
  });

  test('logprobs stand in the chunk of their text', () => {
    const logprobs = { content: [], refusal: null };
    const chunks = encodeStream([
      { type: 'logprobs', choice: 0, logprobs },
      begin(0, { kind: 'text' }),
      says(0, 'a'),
      finish(),
    ]);
    expect(chunks[0]).toMatchObject({ choices: [{ delta: { content: 'a' }, logprobs }] });
  });

  test('clients of 2023 and tools of free text', () => {
    const legacy = encodeStream([begin(0, call('a', 'f')), passes(0, '{}'), end(0), finish(calling)], {
      call: callOf({ legacyFunctions: true }),
    });
    expect(deltasOf(legacy)).toEqual([
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '' } },
      { function_call: { arguments: '{}' } },
      { finish: 'function_call' },
    ]);
    const wrapped = [
      begin(0, call('a', 'patch')),
      passes(0, '{"inp'),
      passes(0, 'ut":"*** \\'),
      passes(0, 'n"}'),
      end(0),
      finish(calling),
    ];
    expect(deltasOf(encodeStream(wrapped, { call: patch }))).toEqual([
      { role: 'assistant', tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'patch', input: '' } }] },
      { tool_calls: [{ index: 0, custom: { input: '*** ' } }] },
      { tool_calls: [{ index: 0, custom: { input: '\n' } }] },
      { finish: 'tool_calls' },
    ]);
  });
});
