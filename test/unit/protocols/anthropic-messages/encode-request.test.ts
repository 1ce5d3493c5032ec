import { expect, suite, test } from 'vitest';
import type { Call, Message } from '../../../../proxy/core/call.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import { encode, USER } from './support.ts';

const say = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts });
const text = (words: string): Part => ({ kind: 'text', text: words });
const fn = { kind: 'function', name: 'f', schema: { type: 'object', properties: {} } } as const;

suite('messages', () => {
  test('instructions at the top become system blocks, later ones keep their place', () => {
    const { body, warnings } = encode({
      messages: [
        say('system', { kind: 'text', text: 'A', cache: { ttl: '5m' } }),
        say('developer', text('B')),
        USER,
        say('developer', text('C')),
      ],
    });
    expect(body.system).toEqual([
      { type: 'text', text: 'A', cache_control: { type: 'ephemeral', ttl: '5m' } },
      { type: 'text', text: 'B' },
    ]);
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'text', text: '<system>\nC\n</system>' },
        ],
      },
    ]);
    expect(warnings).toEqual(['system_message_as_user']);
  });

  test('turns alternate, and results open the turn after the calls', () => {
    const { body, warnings } = encode({
      messages: [
        USER,
        say('assistant', text('Look')),
        say('assistant', { kind: 'tool-call', id: 'a|1', name: 'f', arguments: '{"n":12479678939117453001}' }),
        say('assistant', { kind: 'tool-call', id: 'a_1', name: 'f', arguments: '' }),
        say('user', text('Also')),
        say('tool', { kind: 'tool-result', callId: 'a|1', parts: [text('1')] }),
        say('tool', { kind: 'tool-result', callId: 'a_1', parts: [text('')], isError: true }),
      ],
    });
    expect((body.messages as unknown as Message[]).map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(body.messages?.[2]).toEqual({
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a_1', content: [{ type: 'text', text: '1' }] },
        { type: 'tool_result', tool_use_id: 'a_1_2', is_error: true },
        { type: 'text', text: 'Also' },
      ],
    });
    expect(body.messages?.[1]).toMatchObject({
      content: [{ type: 'text' }, { id: 'a_1' }, { id: 'a_1_2', input: {} }],
    });
    expect(warnings).toEqual([]);
  });

  test('a big integer in the arguments goes out as it came', () => {
    const call: Part = { kind: 'tool-call', id: 'a', name: 'f', arguments: '{"n":12479678939117453001,"m":[1.50]}' };
    expect(encode({ messages: [USER, say('assistant', call)] }).text).toContain('"input":{"n":12479678939117453001,');
  });

  test.each<[string, Part, object[], string[]]>([
    [
      'an image',
      { kind: 'image', source: { kind: 'url', url: 'https://x/y.png' }, detail: 'low' },
      [{ type: 'image', source: { type: 'url', url: 'https://x/y.png' } }],
      ['dropped_image_detail'],
    ],
    [
      'a data: URL',
      { kind: 'image', source: { kind: 'url', url: 'data:image/png;base64,AAAA' } },
      [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
      [],
    ],
    [
      'a PDF',
      { kind: 'file', name: 'a.pdf', source: { kind: 'base64', mediaType: 'application/pdf', data: 'AA' } },
      [{ type: 'document', title: 'a.pdf', source: { type: 'base64', media_type: 'application/pdf', data: 'AA' } }],
      [],
    ],
    [
      'a text file',
      { kind: 'file', source: { kind: 'base64', mediaType: 'text/csv', data: 'YSxi' } },
      [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b' } }],
      [],
    ],
    [
      'an image as a file',
      { kind: 'file', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } },
      [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } }],
      [],
    ],
    ['blank text', { kind: 'text', text: ' \n' }, [], ['dropped_blank_text']],
    [
      "another protocol's block",
      { kind: 'foreign', protocol: 'gemini', type: 'executableCode', raw: {} },
      [],
      ['dropped_executableCode'],
    ],
    [
      'our own block',
      { kind: 'foreign', protocol: 'anthropic-messages', type: 'x', raw: { type: 'x' } },
      [{ type: 'x' }],
      [],
    ],
    [
      'spoken words',
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA' }, transcript: 'yes' },
      [{ type: 'text', text: 'yes' }],
      ['audio_as_transcript'],
    ],
    [
      'a citation of a web page',
      { kind: 'text', text: 'a', citations: [{ url: 'https://x' }] },
      [{ type: 'text', text: 'a' }],
      ['dropped_citations'],
    ],
    [
      'foreign thinking',
      { kind: 'reasoning', text: 'hm', signature: 's', origin: 'gemini' },
      [],
      ['thinking_stripped'],
    ],
    ['unsigned thinking', { kind: 'reasoning', text: 'hm' }, [], ['thinking_stripped']],
    [
      "Claude's thinking on Bedrock",
      { kind: 'reasoning', text: 'hm', signature: 's', origin: 'bedrock-converse' },
      [{ type: 'thinking', thinking: 'hm', signature: 's' }],
      [],
    ],
    [
      'encrypted thinking',
      { kind: 'reasoning', text: '', redacted: true, signature: 's', origin: 'anthropic-messages' },
      [{ type: 'redacted_thinking', data: 's' }],
      [],
    ],
    [
      'a free-text call',
      { kind: 'tool-call', id: 'a', name: 'patch', arguments: '*** x', custom: true },
      [{ type: 'tool_use', id: 'a', name: 'patch', input: { input: '*** x' } }],
      [],
    ],
    [
      'a call in a namespace',
      { kind: 'tool-call', id: 'a', name: 'b', namespace: 'mcp', arguments: '{}' },
      [{ type: 'tool_use', id: 'a', name: 'mcp__b', input: {} }],
      [],
    ],
    [
      'arguments that are no object',
      { kind: 'tool-call', id: 'a', name: 'f', arguments: '[1' },
      [{ type: 'tool_use', id: 'a', name: 'f', input: { arguments: '[1' } }],
      ['tool_arguments_not_an_object'],
    ],
    ['a refusal', { kind: 'refusal', text: 'No.' }, [{ type: 'text', text: 'No.' }], []],
  ])('%s', (_name, part, blocks, warnings) => {
    const end = say('assistant', text('end'));
    const encoded = encode({ messages: [USER, say('assistant', part), end] });
    expect(encoded.body.messages?.[1]).toEqual({
      role: 'assistant',
      content: [...blocks, { type: 'text', text: 'end' }],
    });
    expect(encoded.warnings).toEqual(warnings);
  });

  test.each<[string, Part]>([
    ['sound', { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA' } }],
    ['an office file', { kind: 'file', source: { kind: 'base64', mediaType: 'application/msword', data: 'AA' } }],
    ['a file that lies elsewhere', { kind: 'file', source: { kind: 'file-id', id: 'f', protocol: 'openai-chat' } }],
  ])('%s is refused, not dropped', (_name, part) => {
    const refused = expect.objectContaining({ code: 'invalid_request', details: { param: 'messages[0].content[0]' } });
    expect(() => encode({ messages: [say('user', part)] })).toThrow(refused);
  });

  test('instructions alone are what the user says; a begun answer does not end in white space', () => {
    expect(encode({ messages: [say('system', text('A'))] }).body).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'A' }] }],
    });
    const begun = encode({ messages: [USER, say('assistant', text('{ '))] });
    expect([begun.body.messages?.[1], begun.warnings]).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: '{' }] },
      ['trimmed_prefill'],
    ]);
  });
});

suite('options', () => {
  test.each<[string, Partial<Call>, string, object, string[]]>([
    [
      'plain',
      { temperature: 0.5, topK: 3, stop: ['x', ' '] },
      'claude-3-haiku-20240307',
      { temperature: 0.5, top_k: 3, stop_sequences: ['x'] },
      ['dropped_stop'],
    ],
    ['hot', { temperature: 1.7 }, 'claude-sonnet-4-5', { temperature: 1 }, ['clamped_temperature']],
    ['both', { temperature: 0.5, topP: 0.9 }, 'claude-sonnet-4-5', { temperature: 0.5 }, ['dropped_top_p']],
    [
      'both, earlier',
      { temperature: 0.5, topP: 0.9 },
      'claude-sonnet-4-20250514',
      { temperature: 0.5, top_p: 0.9 },
      [],
    ],
    [
      'refused later',
      { temperature: 0.5, topP: 0.9, topK: 2 },
      'claude-opus-5',
      {},
      ['dropped_temperature', 'dropped_top_p', 'dropped_top_k'],
    ],
    ['ones', { temperature: 1, topP: 1 }, 'claude-opus-5', {}, []],
    [
      'unknown here',
      {
        seed: '1',
        presencePenalty: 1,
        frequencyPenalty: 1,
        logprobs: {},
        verbosity: 'low',
        cacheKey: 'k',
        metadata: { a: 'b' },
      },
      'claude-opus-5',
      {},
      [
        'dropped_seed',
        'dropped_presence_penalty',
        'dropped_frequency_penalty',
        'dropped_logprobs',
        'dropped_verbosity',
        'dropped_prompt_cache_key',
        'dropped_metadata',
      ],
    ],
    ['user', { user: 'u' }, 'claude-opus-5', { metadata: { user_id: 'u' } }, []],
    ['tier', { serviceTier: 'flex' }, 'claude-opus-5', {}, ['dropped_service_tier']],
    ['default tier', { serviceTier: 'default' }, 'claude-opus-5', { service_tier: 'standard_only' }, []],
    [
      'own fields',
      { foreign: { protocol: 'anthropic-messages', fields: { container: 'c' } } },
      'claude-opus-5',
      { container: 'c' },
      [],
    ],
    [
      "others' fields",
      { foreign: { protocol: 'gemini', fields: { safetySettings: [] } } },
      'claude-opus-5',
      {},
      ['dropped_safetySettings'],
    ],
  ])('%s', (_name, call, model, expected, warnings) => {
    const encoded = encode(call, { model });
    const { messages: _messages, model: sent, max_tokens: limit, ...rest } = encoded.body;
    expect([sent, limit]).toEqual([model, 4_096]);
    expect(rest).toEqual(expected);
    expect(encoded.warnings).toEqual(warnings);
    expect(encoded.headers).toEqual({ 'anthropic-version': '2023-06-01' });
  });

  test('the limit comes from the call, else from the model, and is never invented', () => {
    const { maxOutputTokens: _none, ...unlimited } = { maxOutputTokens: 1 };
    expect(encode({ maxOutputTokens: 90_000 }, { maxOutputTokens: 8_192 })).toMatchObject({
      body: { max_tokens: 8_192 },
      warnings: ['clamped_max_tokens'],
    });
    const call = { ...unlimited, maxOutputTokens: undefined } as unknown as Partial<Call>;
    expect(encode(call, { maxOutputTokens: 8_192 }).body.max_tokens).toBe(8_192);
    expect(() => encode(call)).toThrow(expect.objectContaining({ details: { param: 'max_tokens' } }));
    expect(() => encode({ choices: 2 })).toThrow(expect.objectContaining({ details: { param: 'n' } }));
  });

  const called: Message[] = [
    USER,
    say(
      'assistant',
      { kind: 'reasoning', text: 'x', signature: 's', origin: 'gemini' },
      { kind: 'tool-call', id: 'a', name: 'f', arguments: '{}' },
    ),
    say('tool', { kind: 'tool-result', callId: 'a', parts: [text('1')] }),
  ];

  test.each<[string, Partial<Call>, string, object, string[]]>([
    [
      'effort, by budget',
      { reasoning: { effort: 'medium' } },
      'claude-sonnet-4-5',
      { thinking: { type: 'enabled', budget_tokens: 2_048 } },
      ['reasoning_converted'],
    ],
    [
      'effort, later',
      { reasoning: { effort: 'minimal' } },
      'claude-opus-5',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      ['reasoning_converted'],
    ],
    [
      'budget',
      { reasoning: { budgetTokens: 2_000 } },
      'claude-sonnet-4-5',
      { thinking: { type: 'enabled', budget_tokens: 2_000 } },
      [],
    ],
    [
      'budget, later',
      { reasoning: { budgetTokens: 2_000 } },
      'claude-opus-5',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      ['reasoning_converted'],
    ],
    [
      'budget beyond the limit',
      { reasoning: { budgetTokens: 9_000 } },
      'claude-sonnet-4-5',
      { thinking: { type: 'enabled', budget_tokens: 4_095 } },
      ['clamped_reasoning_budget'],
    ],
    [
      'no room',
      { maxOutputTokens: 900, reasoning: { budgetTokens: 9_000 } },
      'claude-sonnet-4-5',
      {},
      ['dropped_reasoning'],
    ],
    ['off', { reasoning: { effort: 'none' } }, 'claude-opus-5', { thinking: { type: 'disabled' } }, []],
    [
      'seen',
      { reasoning: { adaptive: true, effort: 'xhigh', summary: 'none' } },
      'claude-opus-5',
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'xhigh' } },
      [],
    ],
    [
      'a forced tool',
      { reasoning: { budgetTokens: 2_000 }, tools: [fn], toolChoice: { kind: 'required' } },
      'claude-sonnet-4-5',
      { tool_choice: { type: 'any' } },
      ['dropped_reasoning'],
    ],
    [
      'lost thinking',
      { reasoning: { budgetTokens: 2_000 }, tools: [fn], messages: called },
      'claude-sonnet-4-5',
      {},
      ['thinking_stripped', 'dropped_reasoning'],
    ],
    [
      'sampling beside it',
      { reasoning: { budgetTokens: 2_000 }, temperature: 0.2, topK: 4, topP: 0.5 },
      'claude-sonnet-4-20250514',
      { thinking: { type: 'enabled', budget_tokens: 2_000 } },
      ['dropped_temperature', 'dropped_top_p', 'dropped_top_k'],
    ],
  ])('reasoning: %s', (_name, call, model, expected, warnings) => {
    const encoded = encode(call, { model });
    const { messages: _messages, model: _model, max_tokens: _limit, tools: _tools, ...rest } = encoded.body;
    expect(rest).toEqual(expected);
    expect(encoded.warnings).toEqual(warnings);
  });
});

test('what a compatible provider refuses is left out, with a warning', () => {
  const { body, warnings } = encode({ topK: 3 }, { model: 'glm-5', quirks: { refusedFields: ['top_k', 'metadata'] } });
  expect([body.top_k, warnings]).toEqual([undefined, ['dropped_top_k']]);
});
