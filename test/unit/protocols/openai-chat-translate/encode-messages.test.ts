/** Messages of calls as those of a request: what moves, what is refused, what is left out with a warning. */
import { expect, suite, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import type { Quirks } from '../../../../proxy/protocols/translation.ts';
import { encodeRequest, type Json, userSays } from './helpers.ts';

suite('messages', () => {
  const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } } as const;
  const imageWire = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
  const assistant = (...parts: Part[]) => ({ role: 'assistant', parts }) as const;

  test.each<[string, Part, Quirks, unknown, string[]]>([
    ['an image', image, {}, [imageWire], []],
    [
      'of the original size',
      { ...image, detail: 'original' },
      {},
      [{ type: 'image_url', image_url: { ...imageWire.image_url, detail: 'high' } }],
      ['image_detail_changed'],
    ],
    [
      'sound',
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'AA' } },
      {},
      [{ type: 'input_audio', input_audio: { data: 'AA', format: 'mp3' } }],
      [],
    ],
    [
      'a PDF',
      { kind: 'file', source: { kind: 'base64', mediaType: 'application/pdf', data: 'AA' } },
      {},
      [{ type: 'file', file: { filename: 'file.pdf', file_data: 'data:application/pdf;base64,AA' } }],
      [],
    ],
    [
      'a PDF by URL',
      { kind: 'file', source: { kind: 'url', url: 'https://x/y.pdf' }, name: 'y.pdf' },
      { files: 'url-in-file-data' },
      [{ type: 'file', file: { filename: 'y.pdf', file_data: 'https://x/y.pdf' } }],
      [],
    ],
    [
      'a PDF for Mistral',
      { kind: 'file', source: { kind: 'base64', mediaType: 'application/pdf', data: 'AA' }, name: 'y' },
      { files: 'document_url' },
      [{ type: 'document_url', document_url: 'data:application/pdf;base64,AA', document_name: 'y' }],
      [],
    ],
    [
      'a document to be cited',
      { kind: 'file', text: 'body', citations: true },
      {},
      'body',
      ['dropped_citations', 'document_as_text'],
    ],
    ['a document of text', { kind: 'file', text: 'body', title: 'T' }, {}, 'T\n\nbody', ['document_as_text']],
    [
      "another protocol's part",
      { kind: 'foreign', protocol: 'gemini', type: 'video', raw: {} },
      {},
      '',
      ['dropped_video'],
    ],
    ['a mark that is not understood', { kind: 'text', text: 'x', cache: {} }, {}, 'x', []],
    [
      'a mark',
      { kind: 'text', text: 'x', cache: { ttl: '1h' } },
      { cacheMarks: 'cache_control' },
      [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      [],
    ],
    [
      "OpenAI's mark",
      { kind: 'text', text: 'x', cache: {} },
      { cacheMarks: 'prompt_cache_breakpoint' },
      [{ type: 'text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }],
      [],
    ],
  ])('%s', (_name, part, quirks, content, warnings) => {
    const { request, warnings: codes } = encodeRequest({ messages: [userSays(part)] }, quirks);
    expect(request.messages).toEqual([{ role: 'user', content }]);
    expect(codes).toEqual(warnings);
  });

  test.each<[string, Part, Quirks]>([
    ['an image by URL', { kind: 'image', source: { kind: 'url', url: 'https://x' } }, { noImageUrls: true }],
    [
      "another provider's image",
      { kind: 'image', source: { kind: 'file-id', id: 'f', protocol: 'anthropic-messages' } },
      {},
    ],
    ["another provider's file", { kind: 'file', source: { kind: 'file-id', id: 'f', protocol: 'gemini' } }, {}],
    ['a file by URL', { kind: 'file', source: { kind: 'url', url: 'https://x' } }, {}],
    ['sound by URL', { kind: 'audio', source: { kind: 'url', url: 'https://x' } }, {}],
  ])('%s is refused rather than forgotten', (_name, part, quirks) => {
    expect(() => encodeRequest({ messages: [userSays('look', part)] }, quirks)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { param: 'messages[0].content[1]' } }),
    );
  });

  test('a tool that must be called and is not there is refused', () => {
    expect(() => encodeRequest({ toolChoice: { kind: 'required' } })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  test('instructions keep their blocks, order and places; developer is system where it is unknown', () => {
    const messages = [
      {
        role: 'developer',
        parts: [
          { kind: 'text', text: 'a' },
          { kind: 'text', text: 'b' },
        ],
      },
      userSays('c'),
      { role: 'system', parts: [{ kind: 'text', text: 'd' }] },
    ] as const;
    const blocks = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    expect(encodeRequest({ messages }).request.messages).toEqual([
      { role: 'developer', content: blocks },
      { role: 'user', content: 'c' },
      { role: 'system', content: 'd' },
    ]);
    expect(encodeRequest({ messages }, { noDeveloperRole: true, joinedText: true }).request.messages[0]).toEqual({
      role: 'system',
      content: 'a\n\nb',
    });
  });

  test.each<[Quirks, Json, string[]]>([
    [{}, { content: 'x' }, ['thinking_stripped']],
    [{ reasoningField: 'reasoning_content' }, { content: 'x', reasoning_content: 'own' }, ['thinking_stripped']],
    [{ reasoningField: 'reasoning' }, { content: 'x', reasoning: 'own' }, ['thinking_stripped']],
    [
      { reasoningField: 'parts' },
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'own' }] },
          { type: 'text', text: 'x' },
        ],
      },
      ['thinking_stripped'],
    ],
    [
      { reasoningDetails: true },
      {
        content: 'x',
        reasoning_details: [
          { type: 'reasoning.text', text: 'own', format: 'unknown', index: 0 },
          { type: 'reasoning.text', text: 'claude', signature: 's', format: 'anthropic-claude-v1', index: 1 },
        ],
      },
      [],
    ],
  ])('thinking under %j', (quirks, expected, warnings) => {
    const parts: Part[] = [
      { kind: 'reasoning', text: 'own' },
      { kind: 'reasoning', text: 'claude', signature: 's', origin: 'anthropic-messages' },
      { kind: 'text', text: 'x' },
    ];
    const { request, warnings: codes } = encodeRequest({ messages: [assistant(...parts)] }, quirks);
    expect(request.messages).toEqual([{ role: 'assistant', ...expected }]);
    expect(codes).toEqual(warnings);
  });

  test('results come first, what they show comes behind them in a message of the user', () => {
    const call = (id: string): Part => ({
      kind: 'tool-call',
      id,
      name: 'f',
      arguments: id === 'a' ? '' : '{"n":12479678939117453000}',
    });
    const { request, warnings } = encodeRequest({
      messages: [
        assistant(call('a'), call('b')),
        {
          role: 'tool',
          parts: [{ kind: 'tool-result', callId: 'a', parts: [{ kind: 'text', text: 'seen' }, image], isError: true }],
        },
        { role: 'tool', parts: [{ kind: 'tool-result', callId: 'b', parts: [image] }] },
        userSays('go on'),
      ],
    });
    expect(request.messages).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'function', function: { name: 'f', arguments: '{"n":12479678939117453000}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'seen' },
      { role: 'tool', tool_call_id: 'b', content: 'The result follows as a message of the user.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Result of the tool call a:' },
          imageWire,
          { type: 'text', text: 'Result of the tool call b:' },
          imageWire,
          { type: 'text', text: 'go on' },
        ],
      },
    ]);
    expect(warnings).toEqual(['dropped_is_error', 'tool_result_media_moved', 'tool_result_media_moved']);
  });

  test('results that nobody comments on still show what they hold', () => {
    const result: Part = { kind: 'tool-result', callId: 'a', parts: [image] };
    const moved = { role: 'user', content: [{ type: 'text', text: 'Result of the tool call a:' }, imageWire] };
    const tool = { role: 'tool' as const, parts: [result] };
    expect(encodeRequest({ messages: [tool] }).request.messages[1]).toEqual(moved);
    const answered = encodeRequest({ messages: [tool, assistant({ kind: 'text', text: 'ok' })] }).request.messages;
    expect(answered.slice(1)).toEqual([moved, { role: 'assistant', content: 'ok' }]);
  });

  test('later instructions are told by the user where they must stand first', () => {
    const messages = [
      { role: 'system', parts: [{ kind: 'text', text: 'a' }] },
      { role: 'developer', parts: [{ kind: 'text', text: 'b' }] },
      userSays('c'),
      { role: 'system', parts: [{ kind: 'text', text: 'd' }] },
    ] as const;
    const { request, warnings } = encodeRequest({ messages }, { leadingSystemOnly: true, noDeveloperRole: true });
    expect(request.messages).toEqual([
      {
        role: 'system',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { role: 'user', content: 'c' },
      { role: 'user', content: '<system>\nd\n</system>' },
    ]);
    expect(warnings).toEqual(['system_message_as_user']);
  });

  test.each<[string, Part[], Json[]]>([
    ['of which nothing is left is left out', [{ kind: 'reasoning', text: 'hm' }], []],
    ['that was empty stays', [], [{ role: 'assistant', content: '' }]],
    ['that was a refusal is what was said', [{ kind: 'refusal', text: 'no' }], [{ role: 'assistant', content: 'no' }]],
    [
      'of several texts is one',
      [
        { kind: 'text', text: 'a' },
        { kind: 'text', text: 'b' },
      ],
      [{ role: 'assistant', content: 'ab' }],
    ],
    [
      'of sound refers to it',
      [{ kind: 'foreign', protocol: 'openai-chat', type: 'audio', raw: { audio: { id: 'x' } } }],
      [{ role: 'assistant', content: '', audio: { id: 'x' } }],
    ],
  ])('an answer %s', (_name, parts, expected) => {
    expect(encodeRequest({ messages: [assistant(...parts)] }).request.messages).toEqual(expected);
  });

  test('a mark on a result stands on its last part', () => {
    const result: Part = { kind: 'tool-result', callId: 'a', parts: [{ kind: 'text', text: 'x' }], cache: {} };
    const { request } = encodeRequest(
      { messages: [{ role: 'tool', parts: [result] }] },
      { cacheMarks: 'cache_control' },
    );
    const content = [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }];
    expect(request.messages).toEqual([{ role: 'tool', tool_call_id: 'a', content }]);
  });

  test('images stay in results where the provider reads them there', () => {
    const result: Part = { kind: 'tool-result', callId: 'a', parts: [image] };
    const { request, warnings } = encodeRequest(
      { messages: [{ role: 'tool', parts: [result] }] },
      { imagesInToolResults: true },
    );
    expect(request.messages).toEqual([{ role: 'tool', tool_call_id: 'a', content: [imageWire] }]);
    expect(warnings).toEqual([]);
  });

  test("Mistral's nine letters, the same in the call and its result, and no two alike", () => {
    const ids = ['call_abcdefghijklmnop', 'toolu_01', 'abcDEF123'];
    const { request } = encodeRequest(
      {
        messages: [
          assistant(...ids.map((id): Part => ({ kind: 'tool-call', id, name: 'f', arguments: '{}' }))),
          ...ids.map((callId) => ({
            role: 'tool' as const,
            parts: [{ kind: 'tool-result' as const, callId, parts: [] }],
          })),
        ],
      },
      { nineLetterCallIds: true },
    );
    const [first, ...results] = request.messages;
    const sent = ((first?.tool_calls ?? []) as Json[]).map(({ id }) => id);
    expect(results.map((result) => result.tool_call_id)).toEqual(sent);
    expect(new Set(sent).size).toBe(3);
    expect(sent[2]).toBe('abcDEF123');
    for (const id of sent) expect(id).toMatch(/^[A-Za-z0-9]{9}$/);
  });

  test('free-text tools go out as they are to OpenAI, and as functions to the others', () => {
    const raw = { type: 'grammar', syntax: 'lark', definition: 'x' };
    const call: Partial<Call> = {
      tools: [{ kind: 'custom', name: 'patch', raw, origin: 'openai-responses' }],
      messages: [assistant({ kind: 'tool-call', id: 'a', name: 'patch', arguments: '*** "x"', custom: true })],
    };
    const { request } = encodeRequest(call, { customTools: true });
    expect(request.tools).toEqual([
      {
        type: 'custom',
        custom: { name: 'patch', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } },
      },
    ]);
    expect(request.messages[0]?.tool_calls).toEqual([
      { id: 'a', type: 'custom', custom: { name: 'patch', input: '*** "x"' } },
    ]);
    const flat = encodeRequest(call).request;
    expect(flat.tools).toMatchObject([
      { type: 'function', function: { name: 'patch', parameters: { required: ['input'] } } },
    ]);
    expect(flat.messages[0]?.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'patch', arguments: '{"input":"*** \\"x\\""}' } },
    ]);
  });
});
