import { expect, suite, test } from 'vitest';
import type { Call, Message, Tool } from '../../../../proxy/core/call.ts';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import { decode, encode, type Fields } from './wire.ts';

const text = (value: string): Part => ({ kind: 'text', text: value });
const user = (...parts: Part[]): Message => ({ role: 'user', parts });
const codes = (warnings: readonly { code: string }[]) => warnings.map(({ code }) => code);

function refusedParam(call: Partial<Call>, quirks = {}): string | undefined {
  try {
    encode(call, quirks);
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'invalid_request') return error.details.param;
    throw error;
  }
  throw new Error('it was not refused');
}

suite('a call of another protocol', () => {
  test('is stateless: nothing is stored', () => {
    expect(encode({ stream: true }).body).toEqual({
      model: 'target',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      stream: true,
      store: false,
    });
  });

  test('asks for encrypted thinking where the model is told to think', () => {
    expect(encode({ reasoning: { effort: 'low' } }).body).toMatchObject({
      reasoning: { effort: 'low' },
      include: ['reasoning.encrypted_content'],
    });
    expect(encode({ reasoning: { enabled: false } }).body.include).toBeUndefined();
  });

  test('a first plain system text is the instructions; marked or split ones stay blocks in their order', () => {
    const system: Message = { role: 'system', parts: [text('S')] };
    expect(encode({ messages: [system, user(text('U'))] }).body).toMatchObject({ instructions: 'S' });
    const marked: Message = { role: 'system', parts: [{ ...text('A'), cache: {} } as Part] };
    expect(
      encode({ messages: [marked, user(text('U'))] }, { cacheMarks: 'prompt_cache_breakpoint' }).body.instructions,
    ).toBeUndefined();
    const blocks: Message = { role: 'system', parts: [{ ...text('A'), cache: {} } as Part, text('B')] };
    const { body } = encode({ messages: [blocks, user(text('U'))] }, { cacheMarks: 'prompt_cache_breakpoint' });
    expect(body.instructions).toBeUndefined();
    expect(body.input).toEqual([
      {
        type: 'message',
        role: 'system',
        content: [
          { type: 'input_text', text: 'A', prompt_cache_breakpoint: { mode: 'explicit' } },
          { type: 'input_text', text: 'B' },
        ],
      },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'U' }] },
    ]);
  });

  test('the parts of an assistant message become items in their order', () => {
    const { body, warnings } = encode({
      messages: [
        user(text('U')),
        {
          role: 'assistant',
          parts: [
            { kind: 'reasoning', text: 'one', summary: true, id: 'rs_1', origin: 'openai-responses' },
            { kind: 'reasoning', text: 'two', summary: true, id: 'rs_1', origin: 'openai-responses', signature: 'E' },
            { kind: 'reasoning', text: 'raw', origin: 'openai-responses', id: 'rs_2', signature: 'F' },
            text('A'),
            { kind: 'refusal', text: 'R' },
            { kind: 'tool-call', id: 'c1', name: 'f', arguments: '{"n":12479678939117453000}' },
            { kind: 'tool-call', id: 'c2', name: 'p', arguments: 'patch', custom: true },
            { kind: 'tool-call', id: 'c3', name: 'g', namespace: 'n', arguments: '' },
          ],
        },
        {
          role: 'tool',
          parts: [
            { kind: 'tool-result', callId: 'c1', parts: [text('1')], isError: true },
            { kind: 'tool-result', callId: 'c2', parts: [text('2'), text('3')] },
            { kind: 'tool-result', callId: 'c3', parts: [] },
          ],
        },
      ],
    });
    expect(body.input).toEqual([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'U' }] },
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [
          { type: 'summary_text', text: 'one' },
          { type: 'summary_text', text: 'two' },
        ],
        encrypted_content: 'E',
      },
      {
        type: 'reasoning',
        id: 'rs_2',
        summary: [],
        content: [{ type: 'reasoning_text', text: 'raw' }],
        encrypted_content: 'F',
      },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'A' },
          { type: 'refusal', refusal: 'R' },
        ],
      },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"n":12479678939117453000}' },
      { type: 'custom_tool_call', call_id: 'c2', name: 'p', input: 'patch' },
      { type: 'function_call', call_id: 'c3', name: 'g', namespace: 'n', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: '1' },
      {
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [
          { type: 'input_text', text: '2' },
          { type: 'input_text', text: '3' },
        ],
      },
      { type: 'function_call_output', call_id: 'c3', output: '' },
    ]);
    expect(body.include).toEqual(['reasoning.encrypted_content']);
    expect(warnings).toEqual([{ code: 'dropped_is_error', field: 'messages[2].content[0]' }]);
  });

  test('signed thinking ends its item, also where the next has the same id', () => {
    const thought = (signature: string): Part => ({
      kind: 'reasoning',
      text: '',
      redacted: true,
      id: 'rs_1',
      origin: 'openai-responses',
      signature,
    });
    const { body } = encode({
      messages: [user(text('U')), { role: 'assistant', parts: [thought('E'), thought('F')] }],
    });
    expect(body.input).toMatchObject([
      { role: 'user' },
      { type: 'reasoning', summary: [], encrypted_content: 'E' },
      { type: 'reasoning', summary: [], encrypted_content: 'F' },
    ]);
  });

  test("another provider's thinking is left out with a warning", () => {
    const { body, warnings } = encode({
      messages: [
        { role: 'system', parts: [text('S')] },
        user(text('U')),
        {
          role: 'assistant',
          parts: [{ kind: 'reasoning', text: 'T', signature: 'sig', origin: 'anthropic-messages' }, text('A')],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('"T"');
    expect(warnings).toEqual([{ code: 'thinking_stripped', field: 'messages[2].content[0]' }]);
  });

  test.each<[Part, Fields]>([
    [
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }, detail: 'high' },
      { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'high' },
    ],
    [
      { kind: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } },
      { type: 'input_image', image_url: 'https://x.test/a.png' },
    ],
    [
      { kind: 'file', source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' }, title: 'Report' },
      { type: 'input_file', filename: 'Report.pdf', file_data: 'data:application/pdf;base64,JVBE' },
    ],
    [
      { kind: 'file', source: { kind: 'url', url: 'https://x.test/a.pdf' } },
      { type: 'input_file', file_url: 'https://x.test/a.pdf' },
    ],
    [
      { kind: 'file', text: 'words', title: 'T', context: 'C' },
      { type: 'input_text', text: 'T\n\nC\n\nwords' },
    ],
    [
      { kind: 'file', source: { kind: 'file-id', id: 'file_1', protocol: 'openai-chat' } },
      { type: 'input_file', file_id: 'file_1' },
    ],
  ])('%j', (part, expected) => {
    const { body, warnings } = encode({ messages: [user(part)] });
    expect(body.input).toEqual([{ type: 'message', role: 'user', content: [expected] }]);
    expect(warnings).toEqual([]);
  });

  test('what cannot be said is refused where leaving it out would ask another question', () => {
    const audio: Part = { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA' } };
    expect(refusedParam({ messages: [user(text('x'), audio)] })).toBe('messages[0].content[1]');
    const kept: Part = { kind: 'image', source: { kind: 'file-id', id: 'f', protocol: 'anthropic-messages' } };
    expect(refusedParam({ messages: [user(kept)] })).toBe('messages[0].content[0]');
    const url: Part = { kind: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } };
    expect(refusedParam({ messages: [user(url)] }, { noImageUrls: true })).toBe('messages[0].content[0]');
    expect(refusedParam({ choices: 2 })).toBe('n');
  });

  test.each<[Partial<Call>, Fields, string[]]>([
    [{ maxOutputTokens: 16 }, { max_output_tokens: 16 }, []],
    [{ maxOutputTokens: 1 }, { max_output_tokens: 16 }, ['max_output_tokens_raised']],
    [{ messages: [{ role: 'user', name: 'Ann', parts: [text('x')] }] }, {}, ['dropped_name']],
    [{ temperature: 1, topP: 0.5 }, { temperature: 1, top_p: 0.5 }, []],
    [{ topK: 4 }, {}, ['dropped_top_k']],
    [{ stop: ['x'] }, {}, ['dropped_stop']],
    [{ stop: [] }, {}, []],
    [{ seed: '12479678939117453000' }, {}, ['dropped_seed']],
    [{ presencePenalty: 1, frequencyPenalty: 1 }, {}, ['dropped_presence_penalty', 'dropped_frequency_penalty']],
    [{ output: { kind: 'json' } }, { text: { format: { type: 'json_object' } } }, []],
    [
      { output: { kind: 'schema', schema: { type: 'object' }, name: 'my answer' } },
      { text: { format: { type: 'json_schema', name: 'my_answer', schema: { type: 'object' } } } },
      [],
    ],
    [
      { output: { kind: 'schema', schema: {}, strict: true }, verbosity: 'low' },
      { text: { format: { type: 'json_schema', name: 'answer', schema: {}, strict: true }, verbosity: 'low' } },
      [],
    ],
    [{ user: 'u', cacheKey: 'k', serviceTier: 'flex' }, { user: 'u', prompt_cache_key: 'k', service_tier: 'flex' }, []],
    [{ serviceTier: 'standard_only' }, {}, ['dropped_service_tier']],
    [{ metadata: { a: 'b' } }, { metadata: { a: 'b' } }, []],
    [{ logprobs: { top: 2 } }, { top_logprobs: 2, include: ['message.output_text.logprobs'] }, []],
    [{ reasoning: { budgetTokens: 4_000 } }, { reasoning: { effort: 'low' } }, ['reasoning_budget_as_effort']],
    [{ reasoning: { budgetTokens: 10_000 } }, { reasoning: { effort: 'medium' } }, ['reasoning_budget_as_effort']],
    [{ reasoning: { budgetTokens: 32_000 } }, { reasoning: { effort: 'high' } }, ['reasoning_budget_as_effort']],
    [{ reasoning: { adaptive: true, summary: 'auto' } }, { reasoning: { summary: 'auto' } }, []],
    [{ reasoning: { enabled: false } }, {}, ['reasoning_not_disabled']],
    [
      { foreign: { protocol: 'anthropic-messages', fields: { container: 'x' }, quiet: { betas: [] } } },
      {},
      ['dropped_container'],
    ],
  ])('%j', (call, expected, warned) => {
    const { body, warnings } = encode(call);
    const { model: _model, input: _input, store: _store, include, ...rest } = body;
    const { include: wanted, ...others } = expected;
    expect(rest).toEqual(others);
    if (wanted !== undefined) expect(include).toEqual(wanted);
    expect(codes(warnings)).toEqual(warned);
  });
});

suite('quirks of providers', () => {
  test.each<[Partial<Call>, Parameters<typeof encode>[1], Fields, string[]]>([
    [{ temperature: 1, topP: 1 }, { noSampling: true }, {}, ['dropped_temperature', 'dropped_top_p']],
    [{ logprobs: {} }, { noLogprobs: true }, {}, ['dropped_logprobs']],
    [{ reasoning: { effort: 'low' } }, { reasoningWish: 'none' }, {}, ['dropped_reasoning']],
    [
      { reasoning: { effort: 'max' } },
      { efforts: ['low', 'high'] },
      { reasoning: { effort: 'high' } },
      ['reasoning_effort_changed'],
    ],
    [
      { output: { kind: 'schema', schema: {} } },
      { noJsonSchema: true },
      { text: { format: { type: 'json_object' } } },
      ['schema_as_json'],
    ],
    [{ user: 'u' }, { refusedFields: ['user'] }, {}, ['dropped_user']],
  ])('%j with %j', (call, quirks, expected, warned) => {
    const { body, warnings } = encode(call, quirks);
    const { model: _model, input: _input, store: _store, include: _include, ...rest } = body;
    expect(rest).toEqual(expected);
    expect(codes(warnings)).toEqual(warned);
  });

  test('developers become systems where nobody knows them', () => {
    const messages: Message[] = [user(text('U')), { role: 'developer', parts: [text('D')] }];
    expect(encode({ messages }).body.input).toMatchObject([{ role: 'user' }, { role: 'developer' }]);
    expect(encode({ messages }, { noDeveloperRole: true }).body.input).toMatchObject([
      { role: 'user' },
      { role: 'system' },
    ]);
  });
});

suite('tools', () => {
  const tools: Tool[] = [
    { kind: 'function', name: 'f', description: 'F', schema: { type: 'object' } },
    { kind: 'custom', name: 'patch', raw: { type: 'grammar' }, origin: 'openai-responses' },
    { kind: 'function', name: 'a', namespace: 'n', namespaceDescription: 'N', strict: true },
    { kind: 'function', name: 'b', namespace: 'n' },
    { kind: 'provider', name: 'web_search_20250305', raw: { type: 'x' }, origin: 'anthropic-messages' },
    { kind: 'provider', name: 'web_search', raw: { type: 'web_search' }, origin: 'openai-responses' },
  ];
  const empty = { type: 'object', properties: {} };

  test('of every kind; those of other providers are left out with a warning', () => {
    const { body, warnings } = encode({ tools, parallelToolCalls: false, toolChoice: { kind: 'required' } });
    expect(body.tools).toEqual([
      { type: 'function', name: 'f', description: 'F', parameters: { type: 'object' }, strict: false },
      { type: 'custom', name: 'patch', format: { type: 'grammar' } },
      {
        type: 'namespace',
        name: 'n',
        description: 'N',
        tools: [
          { type: 'function', name: 'a', parameters: empty, strict: true },
          { type: 'function', name: 'b', parameters: empty, strict: false },
        ],
      },
      { type: 'web_search' },
    ]);
    expect(body).toMatchObject({ parallel_tool_calls: false, tool_choice: 'required' });
    expect(warnings).toEqual([{ code: 'dropped_web_search_20250305', field: 'tools[4]' }]);
  });

  test.each<[Call['toolChoice'], unknown]>([
    [{ kind: 'auto' }, 'auto'],
    [{ kind: 'none' }, 'none'],
    [
      { kind: 'tool', name: 'f' },
      { type: 'function', name: 'f' },
    ],
    [
      { kind: 'tool', name: 'patch' },
      { type: 'custom', name: 'patch' },
    ],
    [
      { kind: 'tool', name: 'a', namespace: 'n' },
      { type: 'function', name: 'a', namespace: 'n' },
    ],
    [{ kind: 'tool', name: 'web_search' }, { type: 'web_search' }],
    [
      { kind: 'allowed', names: ['f', 'patch'], required: false },
      {
        type: 'allowed_tools',
        mode: 'auto',
        tools: [
          { type: 'function', name: 'f' },
          { type: 'custom', name: 'patch' },
        ],
      },
    ],
  ])('choice %j', (toolChoice, expected) => {
    expect(encode({ tools, ...(toolChoice === undefined ? {} : { toolChoice }) }).body.tool_choice).toEqual(expected);
  });

  test('a choice without tools is left out', () => {
    expect(encode({ toolChoice: { kind: 'auto' } }).body.tool_choice).toBeUndefined();
  });
});

test("the protocol's own limit is the client's", () => {
  expect(encode(decode({ max_output_tokens: 1 })).body.max_output_tokens).toBe(1);
});

test("the protocol's own call comes back with what only it knows, and without a word of warning", () => {
  const request = {
    store: true,
    include: ['reasoning.encrypted_content'],
    truncation: 'auto',
    client_metadata: { a: 'b' },
    safety_identifier: 's',
    reasoning: { effort: 'low', context: 'all_turns' },
    nobody_knows: { x: 1 },
  };
  const { body, warnings } = encode(decode({ ...request, input: [{ role: 'user', content: 'Hi' }] }));
  expect(body).toEqual({
    ...request,
    model: 'target',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
  });
  expect(warnings).toEqual([]);
});
