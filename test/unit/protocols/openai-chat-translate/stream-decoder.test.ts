/** Streams of OpenAI-compatible servers, in every way they are known to bend the protocol. */
import { expect, suite, test } from 'vitest';
import { STRUCTURED_OUTPUT_TOOL } from '../../../../proxy/protocols/openai-chat/translate/structured-output.ts';
import { decodeStream, delta, type Json, story, toolPiece as tool } from './helpers.ts';

const head = (id: string, name: string) => `tool-call ${JSON.stringify({ id, name })}`;

suite('what comes out', () => {
  test.each<[string, (Json | string)[], string[]]>([
    [
      'text, the role in every chunk, empty pieces',
      [
        delta({ role: 'assistant', content: '' }),
        delta({ role: 'assistant', content: 'a' }),
        delta({ content: 'b' }),
        delta({}, 'stop'),
      ],
      ['start', '0 begins: text', '0 text: a', '0 text: b', '0 ends', 'stop (stop)'],
    ],
    [
      'thinking, then text, then thinking again',
      [
        delta({ reasoning: 'h' }),
        delta({ content: 'a', reasoning: null }),
        delta({ reasoning_content: 'm' }),
        delta({}, 'stop'),
      ],
      [
        'start',
        '0 begins: reasoning',
        '0 text: h',
        '0 ends',
        '1 begins: text',
        '1 text: a',
        '1 ends',
        '2 begins: reasoning',
        '2 text: m',
        '2 ends',
        'stop (stop)',
      ],
    ],
    [
      "Mistral's thinking and text in one list",
      [
        delta({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'h' }] },
            { type: 'text', text: 'a' },
          ],
        }),
        delta({ content: 'b' }, 'stop'),
      ],
      [
        'start',
        '0 begins: reasoning',
        '0 text: h',
        '0 ends',
        '1 begins: text',
        '1 text: a',
        '1 text: b',
        '1 ends',
        'stop (stop)',
      ],
    ],
    [
      'a refusal',
      [delta({ refusal: 'no' }), delta({}, 'stop')],
      ['start', '0 begins: refusal', '0 text: no', '0 ends', 'stop (stop)'],
    ],
    [
      "Together's end",
      [delta({ content: 'a' }, 'eos')],
      ['start', '0 begins: text', '0 text: a', '0 ends', 'stop (eos)'],
    ],
    [
      'one call in pieces',
      [
        delta(tool(0, 'a', 'f', '')),
        delta(tool(0, undefined, undefined, '{"x"')),
        delta(tool(0, undefined, undefined, ':1}')),
        delta({}, 'tool_calls'),
      ],
      [
        'start',
        `0 begins: ${head('a', 'f')}`,
        '0 arguments: {"x"',
        '0 arguments: :1}',
        '0 ends',
        'tool-calls (tool_calls)',
      ],
    ],
    [
      'calls side by side',
      [
        delta({ content: 'a' }),
        delta(tool(0, 'a', 'f', '{')),
        delta(tool(1, 'b', 'g', '{')),
        delta(tool(0, undefined, undefined, '}')),
        delta(tool(1, undefined, undefined, '}'), 'tool_calls'),
      ],
      [
        ...[
          'start',
          '0 begins: text',
          '0 text: a',
          '0 ends',
          `1 begins: ${head('a', 'f')}`,
          '1 arguments: {',
          `2 begins: ${head('b', 'g')}`,
        ],
        ...['2 arguments: {', '1 arguments: }', '2 arguments: }', '1 ends', '2 ends', 'tool-calls (tool_calls)'],
      ],
    ],
    [
      'whole calls in one delta without an index',
      [
        delta(
          {
            tool_calls: [
              { id: 'a', function: { name: 'f', arguments: '{}' } },
              { id: 'b', function: { name: 'f', arguments: '{"y":2}' } },
            ],
          },
          'tool_calls',
        ),
      ],
      [
        'start',
        `0 begins: ${head('a', 'f')}`,
        '0 arguments: {}',
        `1 begins: ${head('b', 'f')}`,
        '1 arguments: {"y":2}',
        '0 ends',
        '1 ends',
        'tool-calls (tool_calls)',
      ],
    ],
    [
      'id and name in every piece',
      [delta(tool(0, 'a', 'f', '{')), delta(tool(0, 'a', 'f', '}')), delta({}, 'tool_calls')],
      ['start', `0 begins: ${head('a', 'f')}`, '0 arguments: {', '0 arguments: }', '0 ends', 'tool-calls (tool_calls)'],
    ],
    [
      'id and name in every piece, no index',
      [
        delta(tool(undefined, 'a', 'f', '{')),
        delta(tool(undefined, 'b', 'g', '{')),
        delta(tool(undefined, 'a', 'f', '}')),
        delta(tool(undefined, 'b', 'g', '}'), 'tool_calls'),
      ],
      [
        ...[
          'start',
          `0 begins: ${head('a', 'f')}`,
          '0 arguments: {',
          `1 begins: ${head('b', 'g')}`,
          '1 arguments: {',
          '0 arguments: }',
        ],
        ...['1 arguments: }', '0 ends', '1 ends', 'tool-calls (tool_calls)'],
      ],
    ],
    [
      'the id first, the name after it',
      [delta(tool(0, 'a', undefined, '')), delta(tool(0, undefined, 'f', '{}')), delta({}, 'tool_calls')],
      ['start', `0 begins: ${head('a', 'f')}`, '0 arguments: {}', '0 ends', 'tool-calls (tool_calls)'],
    ],
    [
      'a new id in every piece, but no name',
      [delta(tool(0, 'a', 'f', '{')), delta(tool(0, 'b', undefined, '}')), delta({}, 'tool_calls')],
      ['start', `0 begins: ${head('a', 'f')}`, '0 arguments: {', '0 arguments: }', '0 ends', 'tool-calls (tool_calls)'],
    ],
    [
      'the same index for two calls',
      [delta(tool(0, 'a', 'f', '{}')), delta(tool(0, 'b', 'g', '{}')), delta({}, 'tool_calls')],
      [
        'start',
        `0 begins: ${head('a', 'f')}`,
        '0 arguments: {}',
        `1 begins: ${head('b', 'g')}`,
        '1 arguments: {}',
        '0 ends',
        '1 ends',
        'tool-calls (tool_calls)',
      ],
    ],
    [
      'the name after the first arguments, no id at all, an object for arguments',
      [
        delta(tool(0, undefined, undefined, '{"a":')),
        delta(tool(0, undefined, 'f', '1}')),
        delta(tool(1, '', 'g', { b: 2 })),
        delta({}, 'tool_calls'),
      ],
      [
        ...[
          'start',
          `0 begins: ${head('call_chatcmpl-1_0_0', 'f')}`,
          '0 arguments: {"a":1}',
          `1 begins: ${head('call_chatcmpl-1_0_1', 'g')}`,
        ],
        ...['1 arguments: {"b":2}', '0 ends', '1 ends', 'tool-calls (tool_calls)'],
      ],
    ],
    [
      'a function call of 2023',
      [
        delta({ function_call: { name: 'f', arguments: '' } }),
        delta({ function_call: { arguments: '{}' } }),
        delta({}, 'function_call'),
      ],
      [
        'start',
        `0 begins: ${head('call_chatcmpl-1_0_0', 'f')}`,
        '0 arguments: {}',
        '0 ends',
        'tool-calls (function_call)',
      ],
    ],
    [
      'structured output through the tool is text',
      [
        delta({ content: 'Here:' }),
        delta(tool(0, 'a', STRUCTURED_OUTPUT_TOOL, '{"a"')),
        delta(tool(0, undefined, undefined, ':1}')),
        delta({}, 'tool_calls'),
      ],
      [
        ...['start', '0 begins: text', '0 text: Here:', '0 ends'],
        ...['1 begins: text', '1 text: {"a"', '1 text: :1}', '1 ends', 'stop (tool_calls)'],
      ],
    ],
    [
      "OpenRouter's proofs: text, then its signature, then an encrypted thought",
      [
        delta({
          reasoning: 'h',
          reasoning_details: [{ type: 'reasoning.text', text: 'h', format: 'anthropic-claude-v1', index: 0 }],
        }),
        delta({
          reasoning_details: [
            { type: 'reasoning.text', text: '', signature: 's', format: 'anthropic-claude-v1', index: 0 },
          ],
        }),
        delta({
          reasoning_details: [{ type: 'reasoning.encrypted', data: 'd', format: 'anthropic-claude-v1', index: 1 }],
        }),
        delta({ content: 'a' }, 'stop'),
      ],
      [
        ...['start', '0 begins: reasoning {"origin":"anthropic-messages"}', '0 text: h', '0 proof: s', '0 ends'],
        ...[
          '1 begins: reasoning {"redacted":true,"origin":"anthropic-messages"}',
          '1 proof: d',
          '1 ends',
          '2 begins: text',
          '2 text: a',
          '2 ends',
          'stop (stop)',
        ],
      ],
    ],
    [
      'citations before the text and after it',
      [
        delta({ content: '', annotations: [{ type: 'url_citation', url_citation: { url: 'x' } }] }),
        delta({ content: 'a' }),
        delta({ annotations: [{ type: 'url_citation', url_citation: { url: 'y' } }] }, 'stop', {
          citations: ['z', 'z'],
        }),
      ],
      ['start', '0 begins: text', '0 cites: x', '0 text: a', '0 cites: y', '0 cites: z', '0 ends', 'stop (stop)'],
    ],
    [
      'bare thinking behind a proof is another thought',
      [
        delta({
          reasoning_details: [{ type: 'reasoning.text', text: 'h', signature: 's', format: 'anthropic-claude-v1' }],
        }),
        delta({ reasoning: 'm' }, 'stop'),
      ],
      [
        ...['start', '0 begins: reasoning {"origin":"anthropic-messages"}', '0 text: h', '0 proof: s', '0 ends'],
        ...['1 begins: reasoning', '1 text: m', '1 ends', 'stop (stop)'],
      ],
    ],
    [
      'citations of no text',
      [delta({ annotations: [{ type: 'url_citation', url_citation: { url: 'x' } }] }), delta({}, 'stop')],
      ['start', '0 begins: text', '0 cites: x', '0 ends', 'stop (stop)'],
    ],
    [
      'a finish reason said twice, content after the first',
      [delta({ content: 'a' }, 'length'), delta({ content: 'b' }, 'length'), delta({}, null)],
      ['start', '0 begins: text', '0 text: a', '0 text: b', '0 ends', 'length (length)'],
    ],
    [
      'sound',
      [
        delta({ audio: { id: 'x', transcript: 'he' } }),
        delta({ audio: { data: 'AA' } }),
        delta({ audio: { expires_at: 1 } }),
        delta({}, 'stop'),
      ],
      [
        'start',
        '0 begins: whole {"part":{"kind":"audio","source":{"kind":"base64","mediaType":"application/octet-stream","data":"AA"},"transcript":"he"}}',
        '0 ends',
        'stop (stop)',
      ],
    ],
    [
      'chunks without choices: comments, usage, moderation',
      [
        ': hello\n\n',
        { id: '', choices: [], prompt_filter_results: [] },
        delta({ content: 'a' }, 'stop'),
        { choices: [], moderation: {} },
      ],
      ['start', '0 begins: text', '0 text: a', '0 ends', 'stop (stop)'],
    ],
  ])('%s', (_name, frames, expected) => {
    expect(story(frames)).toEqual(expected);
    expect(decodeStream(frames)).toMatchObject({ complete: true });
    // Servers that forget their terminator have still said how it ended.
    expect(story(frames, { done: false })).toEqual(expected);
  });

  test('two choices, each with its own blocks', () => {
    const chunk = (index: number, content: string, finish: string | null) => ({
      choices: [{ index, delta: { content }, finish_reason: finish }],
    });
    const { events } = decodeStream([chunk(1, 'b', null), chunk(0, 'a', 'stop'), chunk(1, 'c', 'length')]);
    expect(events.filter(({ type }) => type === 'finish')).toEqual([
      { type: 'finish', choice: 0, finishReason: { unified: 'stop', raw: 'stop' } },
      { type: 'finish', choice: 1, finishReason: { unified: 'length', raw: 'length' } },
    ]);
    expect(events.filter(({ type }) => type === 'text')).toMatchObject([
      { choice: 1, text: 'b' },
      { choice: 0, text: 'a' },
      { choice: 1, text: 'c' },
    ]);
  });

  test('logprobs come before the text they are about', () => {
    const logprobs = { content: [], refusal: null };
    const { events } = decodeStream([
      { choices: [{ index: 0, delta: { content: 'a' }, logprobs, finish_reason: 'stop' }] },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['start', 'logprobs', 'block-start', 'text', 'block-end', 'finish']);
  });

  test('usage on any chunk, the last one counts', () => {
    const usage = (completion_tokens: number) => ({ usage: { prompt_tokens: 3, completion_tokens } });
    const { events, usage: total } = decodeStream([
      delta({ content: 'a' }, null, usage(1)),
      delta({}, 'stop', { x_groq: usage(5) }),
    ]);
    expect(events.filter(({ type }) => type === 'usage')).toEqual([
      { type: 'usage', usage: { inputTokens: 3, outputTokens: 1 } },
      { type: 'usage', usage: { inputTokens: 3, outputTokens: 5 } },
    ]);
    expect(total).toEqual({ inputTokens: 3, outputTokens: 5 });
  });
});
