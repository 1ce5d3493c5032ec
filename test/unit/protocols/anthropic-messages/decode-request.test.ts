import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { clientSide } from '../../../../proxy/protocols/anthropic-messages/client-side.ts';
import { decode } from './support.ts';

const messages = [{ role: 'user', content: 'Hi' }];

suite('what Claude Code sends', () => {
  test('keeps every word, block and mark in its order', () => {
    const call = decode({
      model: 'claude-opus-5-5',
      max_tokens: 32_000,
      stream: true,
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc' },
        { type: 'text', text: 'You are Claude Code.', cache_control: { type: 'ephemeral', ttl: '1h' } },
      ],
      messages: [
        { role: 'user', content: 'Go' },
        { role: 'system', content: 'Tools changed.' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'sig' },
            { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { path: '/x', inode: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'And then?', cache_control: { type: 'ephemeral' } },
            { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'no' }], is_error: true },
          ],
        },
      ],
      tools: [
        { name: 'Read', description: 'Reads', input_schema: { type: 'object' }, eager_input_streaming: true },
        { type: 'custom', name: 'Later', input_schema: { type: 'object' }, defer_loading: true },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
      ],
      thinking: { type: 'adaptive', display: 'omitted' },
      output_config: { effort: 'high' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      metadata: { user_id: '{"device":"d"}' },
    });
    expect(call).toEqual({
      model: 'claude-opus-5-5',
      stream: true,
      maxOutputTokens: 32_000,
      messages: [
        {
          role: 'system',
          parts: [
            { kind: 'text', text: 'x-anthropic-billing-header: cc' },
            { kind: 'text', text: 'You are Claude Code.', cache: { ttl: '1h' } },
          ],
        },
        { role: 'user', parts: [{ kind: 'text', text: 'Go' }] },
        { role: 'system', parts: [{ kind: 'text', text: 'Tools changed.' }] },
        {
          role: 'assistant',
          parts: [
            { kind: 'reasoning', text: 'Hm', signature: 'sig', origin: 'anthropic-messages' },
            { kind: 'tool-call', id: 'toolu_1', name: 'Read', arguments: '{"path":"/x","inode":1}' },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              kind: 'tool-result',
              callId: 'toolu_1',
              name: 'Read',
              parts: [{ kind: 'text', text: 'no' }],
              isError: true,
            },
          ],
        },
        { role: 'user', parts: [{ kind: 'text', text: 'And then?', cache: {} }] },
      ],
      tools: [
        {
          kind: 'function',
          name: 'Read',
          description: 'Reads',
          schema: { type: 'object' },
          raw: { eager_input_streaming: true },
          origin: 'anthropic-messages',
        },
        {
          kind: 'function',
          name: 'Later',
          schema: { type: 'object' },
          raw: { defer_loading: true },
          origin: 'anthropic-messages',
        },
        {
          kind: 'provider',
          name: 'web_search',
          raw: { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
          origin: 'anthropic-messages',
        },
      ],
      reasoning: { effort: 'high', adaptive: true, summary: 'none' },
      user: '{"device":"d"}',
      foreign: {
        protocol: 'anthropic-messages',
        fields: { context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] } },
      },
    });
  });

  test('a big integer in a tool call is not rounded', () => {
    const body = `{"model":"m","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":12479678939117453000,"b":12479678939117453001,"c":1e400}}]}]}`;
    const call = clientSide.decodeRequest(Buffer.from(body), {});
    expect(call.messages[0]?.parts[0]).toMatchObject({
      arguments: '{"a":12479678939117453000,"b":12479678939117453001,"c":1e400}',
    });
  });

  test.each([
    [{ type: 'enabled', budget_tokens: 2_000 }, { budgetTokens: 2_000 }],
    [
      { type: 'enabled', budget_tokens: 2_000, display: 'summarized' },
      { budgetTokens: 2_000, summary: 'auto' },
    ],
    [{ type: 'adaptive' }, { adaptive: true }],
    [{ type: 'disabled' }, { enabled: false }],
  ])('thinking %j', (thinking, reasoning) => {
    expect(decode({ model: 'm', messages, thinking }).reasoning).toEqual(reasoning);
  });

  test.each([
    [{ type: 'auto' }, { toolChoice: { kind: 'auto' } }],
    [
      { type: 'any', disable_parallel_tool_use: true },
      { toolChoice: { kind: 'required' }, parallelToolCalls: false },
    ],
    [{ type: 'tool', name: 'f' }, { toolChoice: { kind: 'tool', name: 'f' } }],
    [{ type: 'none' }, { toolChoice: { kind: 'none' } }],
  ])('tool_choice %j', (choice, expected) => {
    expect(decode({ model: 'm', messages, tool_choice: choice })).toMatchObject(expected);
  });

  test.each([
    [
      { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
      { kind: 'image', source: { kind: 'url', url: 'https://x/y.png' } },
    ],
    [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } },
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } },
    ],
    [
      {
        type: 'document',
        title: 'T',
        context: 'C',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AA' },
      },
      { kind: 'file', title: 'T', context: 'C', source: { kind: 'base64', mediaType: 'application/pdf', data: 'AA' } },
    ],
    [
      {
        type: 'document',
        citations: { enabled: true },
        source: { type: 'text', media_type: 'text/plain', data: 'words' },
      },
      { kind: 'file', citations: true, text: 'words' },
    ],
    [
      {
        type: 'document',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      },
      { kind: 'file', text: 'a\n\nb' },
    ],
    [
      { type: 'search_result', source: 'https://x', title: 'T', content: [{ type: 'text', text: 'found' }] },
      { kind: 'file', name: 'https://x', title: 'T', text: 'found' },
    ],
    [
      { type: 'container_upload', file_id: 'f' },
      {
        kind: 'foreign',
        protocol: 'anthropic-messages',
        type: 'container_upload',
        raw: { type: 'container_upload', file_id: 'f' },
      },
    ],
    [
      { type: 'redacted_thinking', data: 'enc' },
      { kind: 'reasoning', text: '', redacted: true, signature: 'enc', origin: 'anthropic-messages' },
    ],
  ])('block %j', (block, part) => {
    expect(decode({ model: 'm', messages: [{ role: 'user', content: [block] }] }).messages[0]?.parts).toEqual([part]);
  });

  test.each([
    [
      'output_config',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } }, task_budget: { total: 5 } } },
      { output_config: { task_budget: { total: 5 } } },
    ],
    ['output_format', { output_format: { type: 'json_schema', schema: { type: 'object' } } }, undefined],
  ])('structured output as %s', (_name, fields, foreign) => {
    const call = decode({ model: 'm', messages, ...fields });
    expect(call.output).toEqual({ kind: 'schema', schema: { type: 'object' } });
    expect(call.foreign?.fields).toEqual(foreign);
  });
});

suite('what is refused', () => {
  test.each([
    ['model', { messages }],
    ['messages', { model: 'm' }],
    ['messages', { model: 'm', messages: [] }],
    ['messages[0].role', { model: 'm', messages: [{ role: 'tool', content: 'x' }] }],
    ['messages[0].content', { model: 'm', messages: [{ role: 'user', content: 7 }] }],
    ['max_tokens', { model: 'm', messages, max_tokens: 'many' }],
    ['tools[0].name', { model: 'm', messages, tools: [{}] }],
    ['tools[0].input_schema', { model: 'm', messages, tools: [{ name: 'f', input_schema: true }] }],
    ['tool_choice.type', { model: 'm', messages, tool_choice: { type: 'some' } }],
    ['thinking.budget_tokens', { model: 'm', messages, thinking: { type: 'enabled' } }],
    ['output_config.format', { model: 'm', messages, output_config: { format: { type: 'json' } } }],
    ['stop_sequences', { model: 'm', messages, stop_sequences: 'x' }],
  ])('%s', (param, body) => {
    const refusal = () => decode(body);
    expect(refusal).toThrow(GatehouseError);
    expect(refusal).toThrow(expect.objectContaining({ code: 'invalid_request', details: { param } }));
  });

  test('a thread, so that the SDK sends the whole history instead', () => {
    const refused = () => decode({ model: 'm', messages, thread: { type: 'continue', previous_message_id: 'msg_1' } });
    let error: unknown;
    try {
      refused();
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof GatehouseError)) throw new Error('it was not refused');
    expect(error.status).toBe(400);
    const sent = JSON.parse(clientSide.encodeError(error, 'req_1').toString()) as { error: unknown };
    expect(sent.error).toMatchObject({
      type: 'invalid_request_error',
      details: { error_code: 'thread_unsupported_request' },
    });
  });

  test.each([
    ['', 'invalid_json'],
    ['{"model":', 'invalid_json'],
    ['[]', 'invalid_request'],
    [`{"model":"m","messages":${'['.repeat(200)}${']'.repeat(200)}}`, 'too_deep'],
  ])('%s', (text, code) => {
    expect(() => clientSide.decodeRequest(Buffer.from(text), {})).toThrow(expect.objectContaining({ code }));
  });

  test('half a character', () => {
    expect(() => clientSide.decodeRequest(Buffer.from([0x7b, 0xff]), {})).toThrow(
      expect.objectContaining({ code: 'invalid_utf8' }),
    );
  });
});
