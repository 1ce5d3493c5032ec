import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { clientSide } from '../../../../proxy/protocols/openai-responses/client-side.ts';
import { decode, type Fields } from './wire.ts';

function refusal(request: Fields): { code: string; param: string | undefined; message: string } {
  try {
    decode(request);
  } catch (error) {
    if (error instanceof GatehouseError)
      return { code: error.code, param: error.details.param, message: error.message };
    throw error;
  }
  throw new Error('it was not refused');
}

suite('input', () => {
  test('a string is one user message; instructions stand before it', () => {
    expect(decode({ input: 'Hi', instructions: 'Be brief' }).messages).toEqual([
      { role: 'system', parts: [{ kind: 'text', text: 'Be brief' }] },
      { role: 'user', parts: [{ kind: 'text', text: 'Hi' }] },
    ]);
  });

  test('items keep their order; what the model wrote in one go is one message, results another', () => {
    const { messages } = decode({
      input: [
        { role: 'developer', content: 'D' },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'U' }] },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'S' }], encrypted_content: 'E' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'A' }] },
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"n":12479678939117453000}' },
        { type: 'custom_tool_call', call_id: 'c2', name: 'apply_patch', input: '*** Begin' },
        { type: 'function_call_output', call_id: 'c1', output: 'one' },
        {
          type: 'custom_tool_call_output',
          call_id: 'c2',
          output: [
            { type: 'input_text', text: 'two' },
            { type: 'input_image', image_url: 'data:image/jpeg;base64,AAAA', detail: 'low' },
          ],
        },
        { role: 'user', content: 'next' },
      ],
    });
    expect(messages).toEqual([
      { role: 'developer', parts: [{ kind: 'text', text: 'D' }] },
      { role: 'user', parts: [{ kind: 'text', text: 'U' }] },
      {
        role: 'assistant',
        parts: [
          { kind: 'reasoning', text: 'S', summary: true, id: 'rs_1', origin: 'openai-responses', signature: 'E' },
          { kind: 'text', text: 'A' },
          { kind: 'tool-call', id: 'c1', name: 'f', arguments: '{"n":12479678939117453000}' },
          { kind: 'tool-call', id: 'c2', name: 'apply_patch', arguments: '*** Begin', custom: true },
        ],
      },
      {
        role: 'tool',
        parts: [
          { kind: 'tool-result', callId: 'c1', name: 'f', parts: [{ kind: 'text', text: 'one' }] },
          {
            kind: 'tool-result',
            callId: 'c2',
            name: 'apply_patch',
            custom: true,
            parts: [
              { kind: 'text', text: 'two' },
              {
                kind: 'image',
                source: { kind: 'base64', mediaType: 'image/jpeg', data: 'AAAA' },
                detail: 'low',
              },
            ],
          },
        ],
      },
      { role: 'user', parts: [{ kind: 'text', text: 'next' }] },
    ]);
  });

  test.each([
    [
      { type: 'input_text', text: 'T', prompt_cache_breakpoint: { mode: 'explicit' } },
      { kind: 'text', text: 'T', cache: {} },
    ],
    [
      { type: 'input_image', image_url: 'https://x.test/a.png' },
      { kind: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } },
    ],
    [
      { type: 'input_image', file_id: 'file_1' },
      { kind: 'image', source: { kind: 'file-id', id: 'file_1', protocol: 'openai-responses' } },
    ],
    [
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
      { kind: 'file', name: 'a.pdf', source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' } },
    ],
    [
      { type: 'input_file', filename: 'a.txt', file_data: 'SGk=' },
      { kind: 'file', name: 'a.txt', source: { kind: 'base64', mediaType: 'text/plain', data: 'SGk=' } },
    ],
    [
      { type: 'input_file', file_url: 'https://x.test/a.pdf' },
      { kind: 'file', source: { kind: 'url', url: 'https://x.test/a.pdf' } },
    ],
    [
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'AAAA' } },
    ],
    [
      { type: 'refusal', refusal: 'No' },
      { kind: 'refusal', text: 'No' },
    ],
    [
      { type: 'brand_new', x: 1 },
      { kind: 'foreign', protocol: 'openai-responses', type: 'brand_new', raw: { type: 'brand_new', x: 1 } },
    ],
  ])('content part %j', (part, expected) => {
    expect(decode({ input: [{ role: 'user', content: [part] }] }).messages[0]?.parts).toEqual([expected]);
  });

  test('hosted tools and what only this protocol knows are kept as they came', () => {
    const call = {
      type: 'local_shell_call',
      call_id: 'c',
      action: { type: 'exec', command: ['ls'] },
      status: 'completed',
    };
    const output = { type: 'local_shell_call_output', call_id: 'c', output: 'a.txt' };
    const { messages } = decode({ input: [call, output] });
    expect(messages).toEqual([
      {
        role: 'assistant',
        parts: [{ kind: 'foreign', protocol: 'openai-responses', type: 'local_shell_call', raw: call }],
      },
      {
        role: 'tool',
        parts: [{ kind: 'foreign', protocol: 'openai-responses', type: 'local_shell_call_output', raw: output }],
      },
    ]);
  });

  test.each([
    [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ conversation: { id: 'conv_1' } }, 'conversation'],
    [{ prompt: { id: 'pmpt_1' } }, 'prompt'],
    [{ background: true }, 'background'],
    [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input[0]'],
    [{ input: [{ id: 'msg_1' }] }, 'input[0]'],
  ])('%j is refused, for nobody keeps it', (request, param) => {
    const { code, param: named, message } = refusal(request);
    expect([code, named]).toEqual(['invalid_request', param]);
    expect(message).toMatch(/keeps no|cannot answer/);
  });

  test.each([
    [{ input: 7 }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: null }, 'input'],
    [{ input: [7] }, 'input[0]'],
    [{ input: [{ role: 'narrator', content: 'x' }] }, 'input[0].role'],
    [{ input: [{ type: 'function_call_output', output: 'x' }] }, 'input[0].call_id'],
    [{ input: [{ type: 'function_call', name: 'f', arguments: '' }] }, 'input[0].call_id'],
    [{ input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, 'input[0].content[0]'],
    [{ input: [{ role: 'user', content: [{ text: 'x' }] }] }, 'input[0].content[0].type'],
    [{ model: '' }, 'model'],
    [{ stream: 'yes' }, 'stream'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ max_output_tokens: 0 }, 'max_output_tokens'],
    [{ tools: [{ type: 'function' }] }, 'tools[0].name'],
    [{ tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function' }] }] }, 'tools[0].tools[0].name'],
    [{ tool_choice: 7 }, 'tool_choice'],
    [{ text: { format: { type: 'xml' } } }, 'text.format.type'],
    [{ text: { format: { type: 'json_schema', name: 'x' } } }, 'text.format.schema'],
    [{ reasoning: { effort: 'huge' } }, 'reasoning.effort'],
  ])('%j is refused, naming the field', (request, param) => {
    expect(refusal(request)).toMatchObject({ code: 'invalid_request', param });
  });

  test('fields that say no, or nothing, are no reason to refuse', () => {
    const call = decode({
      previous_response_id: null,
      conversation: null,
      background: false,
      prompt: null,
      tools: null,
    });
    expect(call).toEqual({
      model: 'm',
      stream: false,
      messages: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }],
      tools: [],
      foreign: { protocol: 'openai-responses', fields: {} },
    });
  });

  test('bytes that are no request are refused as what they are', () => {
    const code = (body: Buffer) => {
      try {
        clientSide.decodeRequest(body, {});
      } catch (error) {
        return error instanceof GatehouseError ? error.code : 'other';
      }
      return 'none';
    };
    expect(code(Buffer.from('{'))).toBe('invalid_json');
    expect(code(Buffer.from([0x22, 0xff, 0x22]))).toBe('invalid_utf8');
    expect(code(Buffer.from('[]'))).toBe('invalid_request');
    expect(code(Buffer.from('{"input":'.concat('['.repeat(500), ']'.repeat(500), '}')))).toBe('too_deep');
  });
});

suite('tools', () => {
  test('functions, free text, groups and hosted ones', () => {
    const hosted = { type: 'web_search', external_web_access: true };
    const grammar = { type: 'grammar', syntax: 'lark', definition: 'start: "x"' };
    const { tools } = decode({
      tools: [
        {
          type: 'function',
          name: 'f',
          description: 'F',
          parameters: { type: 'object' },
          strict: null,
          defer_loading: true,
        },
        { type: 'custom', name: 'apply_patch', description: 'P', format: grammar },
        {
          type: 'namespace',
          name: 'agents',
          description: 'Agents',
          tools: [{ type: 'function', name: 'spawn', parameters: { type: 'object' } }],
        },
        hosted,
      ],
    });
    const origin = 'openai-responses';
    expect(tools).toEqual([
      {
        kind: 'function',
        name: 'f',
        description: 'F',
        schema: { type: 'object' },
        strict: false,
        raw: { defer_loading: true },
        origin,
      },
      { kind: 'custom', name: 'apply_patch', description: 'P', raw: grammar, origin },
      {
        kind: 'function',
        name: 'spawn',
        namespace: 'agents',
        namespaceDescription: 'Agents',
        schema: { type: 'object' },
        origin,
      },
      { kind: 'provider', name: 'web_search', raw: hosted, origin },
    ]);
  });

  test('tools that an item makes available are tools of the call', () => {
    const { tools, messages } = decode({
      input: [
        { type: 'additional_tools', role: 'developer', tools: [{ type: 'function', name: 'late' }] },
        { role: 'user', content: 'x' },
      ],
    });
    expect(tools).toEqual([{ kind: 'function', name: 'late', origin: 'openai-responses' }]);
    expect(messages).toHaveLength(1);
  });

  test.each([
    ['auto', { kind: 'auto' }],
    ['none', { kind: 'none' }],
    ['required', { kind: 'required' }],
    [
      { type: 'function', name: 'f' },
      { kind: 'tool', name: 'f' },
    ],
    [
      { type: 'custom', name: 'p' },
      { kind: 'tool', name: 'p' },
    ],
    [{ type: 'web_search_preview' }, { kind: 'tool', name: 'web_search_preview' }],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }, { type: 'mcp' }] },
      { kind: 'allowed', names: ['f', 'mcp'], required: true },
    ],
  ])('tool_choice %j', (choice, expected) => {
    expect(decode({ tool_choice: choice }).toolChoice).toEqual(expected);
  });
});

suite('options', () => {
  test.each([
    [{ max_output_tokens: 5 }, { maxOutputTokens: 5 }],
    [
      { temperature: 0.5, top_p: 0.9 },
      { temperature: 0.5, topP: 0.9 },
    ],
    [{ parallel_tool_calls: false }, { parallelToolCalls: false }],
    [{ reasoning: { effort: 'xhigh', summary: 'auto' } }, { reasoning: { effort: 'xhigh', summary: 'auto' } }],
    [{ reasoning: { generate_summary: 'concise' } }, { reasoning: { summary: 'concise' } }],
    [{ reasoning: { effort: null } }, {}],
    [{ text: { verbosity: 'low' } }, { verbosity: 'low' }],
    [{ text: { format: { type: 'json_object' } } }, { output: { kind: 'json' } }],
    [
      { text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true } } },
      { output: { kind: 'schema', name: 'n', schema: { type: 'object' }, strict: true } },
    ],
    [{ top_logprobs: 3 }, { logprobs: { top: 3 } }],
    [{ top_logprobs: 0 }, {}],
    [{ user: 'u' }, { user: 'u' }],
    [{ service_tier: 'flex' }, { serviceTier: 'flex' }],
    [{ prompt_cache_key: 'k' }, { cacheKey: 'k' }],
    [{ metadata: { a: 'b' } }, { metadata: { a: 'b' } }],
  ])('%j', (request, expected) => {
    const { model, stream, messages, tools, foreign, ...options } = decode(request);
    expect(foreign?.fields).toEqual({});
    expect(options).toEqual(expected);
    expect([model, stream, messages.length, tools]).toEqual(['m', false, 1, []]);
  });

  test('fields of no consequence are kept quietly, others so that leaving them out is told', () => {
    const { foreign, logprobs } = decode({
      store: false,
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
      client_metadata: { a: 1 },
      truncation: 'auto',
      max_tool_calls: 3,
      reasoning: { context: 'all_turns', mode: null },
      text: { verbosity: 'low', tone: 'dry' },
      nobody_knows: { x: 1 },
    });
    expect(logprobs).toEqual({});
    expect(foreign).toEqual({
      protocol: 'openai-responses',
      fields: {
        truncation: 'auto',
        max_tool_calls: 3,
        reasoning: { context: 'all_turns' },
        text: { tone: 'dry' },
        nobody_knows: { x: 1 },
      },
      quiet: {
        store: false,
        include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
        client_metadata: { a: 1 },
      },
    });
  });
});
