/** Requests of chat clients, in every form they are known to come in. */
import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { clientSide } from '../../../../proxy/protocols/openai-chat/client-side.ts';
import { decodeRequest, type Json } from './helpers.ts';

const tool = (name: string) => ({ type: 'function', function: { name, parameters: { type: 'object' } } });
const messages = (...list: Json[]) => decodeRequest({ messages: list }).messages;

suite('fields', () => {
  test.each<[string, Json, Json]>([
    ['nothing but what is needed', {}, {}],
    [
      'nulls are not said',
      { temperature: null, tools: null, stop: null, n: null, response_format: null, seed: null },
      {},
    ],
    ['a limit', { max_tokens: 5 }, { maxOutputTokens: 5 }],
    ['the newer name of the limit first', { max_tokens: 5, max_completion_tokens: 6 }, { maxOutputTokens: 6 }],
    ['one stop', { stop: 'x' }, { stop: ['x'] }],
    ['several stops', { stop: ['x', 'y'] }, { stop: ['x', 'y'] }],
    ['no stops', { stop: [] }, {}],
    ['sampling', { temperature: 0, top_p: 0.5, top_k: 4 }, { temperature: 0, topP: 0.5, topK: 4 }],
    ['penalties', { presence_penalty: 1, frequency_penalty: -1 }, { presencePenalty: 1, frequencyPenalty: -1 }],
    ['logprobs', { logprobs: true, top_logprobs: 3 }, { logprobs: { top: 3 } }],
    ['logprobs switched off', { logprobs: false, top_logprobs: 3 }, {}],
    ['n', { n: 3 }, { choices: 3 }],
    ['parallel calls', { parallel_tool_calls: false }, { parallelToolCalls: false }],
    [
      'words of OpenAI',
      { user: 'u', service_tier: 'flex', verbosity: 'low' },
      { user: 'u', serviceTier: 'flex', verbosity: 'low' },
    ],
    ['a cache key and tags', { prompt_cache_key: 'k', metadata: { a: 'b' } }, { cacheKey: 'k', metadata: { a: 'b' } }],
    ['JSON', { response_format: { type: 'json_object' } }, { output: { kind: 'json' } }],
    ['text', { response_format: { type: 'text' } }, { output: { kind: 'text' } }],
    [
      "instructor's schema",
      { response_format: { type: 'json_object', schema: { type: 'object' } } },
      { output: { kind: 'schema', schema: { type: 'object' } } },
    ],
    [
      'a schema',
      {
        response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema: { type: 'object' } } },
      },
      { output: { kind: 'schema', name: 'a', strict: true, schema: { type: 'object' } } },
    ],
    ['effort', { reasoning_effort: 'low' }, { reasoning: { effort: 'low' } }],
    [
      "OpenRouter's reasoning",
      { reasoning: { max_tokens: 9, exclude: true } },
      { reasoning: { budgetTokens: 9, summary: 'none' } },
    ],
    [
      "OpenRouter's effort",
      { reasoning: { effort: 'high', enabled: true } },
      { reasoning: { effort: 'high', enabled: true } },
    ],
    ["DeepSeek's switch", { thinking: { type: 'disabled' } }, { reasoning: { enabled: false } }],
    ['choices of tools', { tool_choice: 'required' }, { toolChoice: { kind: 'required' } }],
    ["Mistral's any", { tool_choice: 'any' }, { toolChoice: { kind: 'required' } }],
    [
      'one tool',
      { tool_choice: { type: 'function', function: { name: 'f' } } },
      { toolChoice: { kind: 'tool', name: 'f' } },
    ],
    [
      'a custom tool',
      { tool_choice: { type: 'custom', custom: { name: 'c' } } },
      { toolChoice: { kind: 'tool', name: 'c' } },
    ],
    [
      'some tools',
      { tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [tool('f'), tool('g')] } } },
      { toolChoice: { kind: 'allowed', names: ['f', 'g'], required: true } },
    ],
    ['text as the only modality', { modalities: ['text'] }, {}],
    [
      'fields of its own, the harmless apart',
      { store: true, logit_bias: { 5: 1 }, stream_options: {}, models: ['x'] },
      { foreign: { protocol: 'openai-chat', fields: { logit_bias: { 5: 1 } }, quiet: { store: true } } },
    ],
  ])('%s', (_name, fields, expected) => {
    const { model, stream, messages: _messages, tools, ...rest } = decodeRequest(fields);
    expect({ model, stream, tools }).toEqual({ model: 'm', stream: false, tools: [] });
    expect(rest).toEqual(expected);
  });

  test.each(['12479678939117453000', '-5', '0', '9223372036854775807'])('seed %s keeps its digits', (seed) => {
    const body = `{"model":"m","messages":[{"role":"user","content":"hi"}],"seed": ${seed} }`;
    expect(clientSide.decodeRequest(Buffer.from(body), {}).seed).toBe(seed);
  });

  test.each<[string, Json]>([
    ['model', { model: '' }],
    ['messages', { messages: 'hi' }],
    ['messages[0]', { messages: ['hi'] }],
    ['messages[0].role', { messages: [{ role: 'robot', content: 'x' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: 5 }] }],
    ['messages[0].content[0].text', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
    [
      'messages[0].content[0].file.file_data',
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_data: 'JVBERi0=' } }] }] },
    ],
    ['messages[0].content[0].file', { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] }],
    ['messages[0].tool_call_id', { messages: [{ role: 'tool', content: 'x' }] }],
    ['messages[0].tool_calls', { messages: [{ role: 'assistant', tool_calls: 'x' }] }],
    ['messages[0].tool_calls[0].id', { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }] }],
    ['tools', { tools: {} }],
    ['tools[0]', { tools: [{ type: 'function' }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
    ['tool_choice', { tool_choice: 'maybe' }],
    ['temperature', { temperature: 'hot' }],
    ['stream', { stream: 'yes' }],
    ['stop', { stop: 5 }],
    ['seed', { seed: 'x' }],
    ['response_format', { response_format: { type: 'xml' } }],
  ])('%s is refused by name', (param, fields) => {
    let thrown: unknown;
    try {
      decodeRequest(fields);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(GatehouseError);
    expect(thrown).toMatchObject({ code: 'invalid_request', details: { param } });
  });

  test.each([
    ['{"model":', 'invalid_json'],
    ['', 'invalid_json'],
    ['[]', 'invalid_request'],
    [`${'['.repeat(200)}${']'.repeat(200)}`, 'too_deep'],
    ['\u00ff', 'invalid_utf8'],
  ])('%s is no request', (text, code) => {
    expect(() => clientSide.decodeRequest(Buffer.from(text, 'latin1'), {})).toThrow(expect.objectContaining({ code }));
  });
});

suite('messages', () => {
  test('instructions stay in their places, as blocks in their order, with their marks', () => {
    expect(
      messages(
        {
          role: 'system',
          content: [
            { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'user', content: 'c', name: 'Ann' },
        { role: 'developer', content: 'd', cache_control: { type: 'ephemeral' } },
      ),
    ).toEqual([
      {
        role: 'system',
        parts: [
          { kind: 'text', text: 'a', cache: { ttl: '1h' } },
          { kind: 'text', text: 'b' },
        ],
      },
      { role: 'user', parts: [{ kind: 'text', text: 'c' }], name: 'Ann' },
      { role: 'developer', parts: [{ kind: 'text', text: 'd', cache: {} }] },
    ]);
  });

  test.each<[string, Json, Json]>([
    [
      'an image inline',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }, detail: 'low' },
    ],
    [
      'an image by URL',
      { type: 'image_url', image_url: 'https://x/y.png' },
      { kind: 'image', source: { kind: 'url', url: 'https://x/y.png' } },
    ],
    [
      'sound',
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'AAAA' } },
    ],
    [
      'a PDF',
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
      { kind: 'file', source: { kind: 'base64', mediaType: 'application/pdf', data: 'AAAA' }, name: 'a.pdf' },
    ],
    [
      'a file by id',
      { type: 'file', file: { file_id: 'file-1' } },
      { kind: 'file', source: { kind: 'file-id', id: 'file-1', protocol: 'openai-chat' } },
    ],
    [
      "Mistral's document",
      { type: 'document_url', document_url: 'https://x/y.pdf', document_name: 'y' },
      { kind: 'file', source: { kind: 'url', url: 'https://x/y.pdf' }, name: 'y' },
    ],
    [
      'what nobody knows',
      { type: 'hologram', hologram: 1 },
      { kind: 'foreign', protocol: 'openai-chat', type: 'hologram', raw: { type: 'hologram', hologram: 1 } },
    ],
  ])('%s', (_name, part, expected) => {
    expect(messages({ role: 'user', content: [part] })[0]?.parts).toEqual([expected]);
  });

  test('a round of tools: thinking, text and calls of the answer, results with the name of their call', () => {
    const big = '{"id":12479678939117453000}';
    expect(
      messages(
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'hm',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'f', arguments: big } },
            { id: 'b', type: 'custom', custom: { name: 'patch', input: '*** x' } },
            {
              id: 'c',
              type: 'function',
              function: { name: 'g', arguments: '{}' },
              extra_content: { google: { thought_signature: 's' } },
            },
          ],
        },
        {
          role: 'tool',
          tool_call_id: 'a',
          content: [
            { type: 'text', text: 'done' },
            { type: 'image_url', image_url: { url: 'https://x/i' } },
          ],
        },
        { role: 'tool', tool_call_id: 'b', content: '' },
      ),
    ).toEqual([
      {
        role: 'assistant',
        parts: [
          { kind: 'reasoning', text: 'hm' },
          { kind: 'tool-call', id: 'a', name: 'f', arguments: big },
          { kind: 'tool-call', id: 'b', name: 'patch', arguments: '*** x', custom: true },
          { kind: 'tool-call', id: 'c', name: 'g', arguments: '{}', signature: 's', origin: 'gemini' },
        ],
      },
      {
        role: 'tool',
        parts: [
          {
            kind: 'tool-result',
            callId: 'a',
            name: 'f',
            parts: [
              { kind: 'text', text: 'done' },
              { kind: 'image', source: { kind: 'url', url: 'https://x/i' } },
            ],
          },
        ],
      },
      { role: 'tool', parts: [{ kind: 'tool-result', callId: 'b', name: 'patch', parts: [], custom: true }] },
    ]);
  });

  test('functions of 2023 get ids, and results find their call by its name', () => {
    const call = decodeRequest({
      functions: [{ name: 'f', parameters: { type: 'object' } }],
      function_call: { name: 'f' },
      messages: [
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: 'one' },
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } },
        { role: 'function', name: 'f', content: 'two' },
      ],
    });
    const ids = call.messages.flatMap(({ parts }) =>
      parts.map((part) => (part.kind === 'tool-call' ? part.id : part.kind === 'tool-result' ? part.callId : '')),
    );
    expect(ids).toEqual(['call_function_1', 'call_function_1', 'call_function_2', 'call_function_2']);
    expect(call).toMatchObject({
      legacyFunctions: true,
      parallelToolCalls: false,
      toolChoice: { kind: 'tool', name: 'f' },
    });
    expect(call.tools).toEqual([{ kind: 'function', name: 'f', schema: { type: 'object' } }]);
  });

  test('thinking with its proofs comes back part by part', () => {
    const [message] = messages({
      role: 'assistant',
      content: 'x',
      reasoning: 'ignored beside the details',
      reasoning_details: [
        { type: 'reasoning.text', text: 'a', format: 'anthropic-claude-v1', index: 0 },
        { type: 'reasoning.text', text: 'b', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'blob', format: 'anthropic-claude-v1', index: 1 },
        { type: 'reasoning.summary', summary: 's', format: 'openai-responses-v1', index: 2 },
        { type: 'reasoning.encrypted', data: 'enc', id: 'rs_1', format: 'openai-responses-v1', index: 2 },
      ],
    });
    expect(message?.parts).toEqual([
      { kind: 'reasoning', text: 'ab', signature: 'sig', origin: 'anthropic-messages' },
      { kind: 'reasoning', text: '', redacted: true, signature: 'blob', origin: 'anthropic-messages' },
      { kind: 'reasoning', text: 's', summary: true, signature: 'enc', id: 'rs_1', origin: 'openai-responses' },
      { kind: 'text', text: 'x' },
    ]);
  });
});

suite('thinking gathered by overwriting', () => {
  const proof = (index: number) => ({
    type: 'reasoning.text',
    text: '',
    signature: 's',
    format: 'anthropic-claude-v1',
    index,
  });
  test.each([
    ['one thought has its proof', 0, [{ kind: 'reasoning', text: 'hm', signature: 's', origin: 'anthropic-messages' }]],
    ['of several thoughts nothing is proven', 1, [{ kind: 'reasoning', text: 'hm' }]],
  ])('%s', (_name, index, expected) => {
    const message = { role: 'assistant', content: null, reasoning_content: 'hm', reasoning_details: [proof(index)] };
    expect(messages(message)[0]?.parts).toEqual(expected);
  });
});

suite('tools', () => {
  test('functions, free text and what the provider runs', () => {
    const grammar = { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } };
    const { tools } = decodeRequest({
      tools: [
        {
          type: 'function',
          function: { name: 'f', description: 'd', strict: true, parameters: { type: 'object' } },
          cache_control: { type: 'ephemeral' },
        },
        { type: 'custom', custom: { name: 'patch', format: grammar } },
        { type: 'browser_search' },
      ],
    });
    expect(tools).toEqual([
      { kind: 'function', name: 'f', description: 'd', strict: true, schema: { type: 'object' }, cache: {} },
      { kind: 'custom', name: 'patch', raw: grammar, origin: 'openai-chat' },
      { kind: 'provider', name: 'browser_search', raw: { type: 'browser_search' }, origin: 'openai-chat' },
    ]);
  });
});
