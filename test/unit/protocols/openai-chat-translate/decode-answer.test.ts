/** Whole answers and errors of OpenAI and its relatives. */
import { expect, suite, test } from 'vitest';
import { providerSide } from '../../../../proxy/protocols/openai-chat/provider-side.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../../../../proxy/protocols/openai-chat/translate/structured-output.ts';
import { decodeAnswer, type Json } from './helpers.ts';

const call = (id: string | undefined, name: string, args: unknown) => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});
const big = '{"id":12479678939117453000}';

suite('messages as parts', () => {
  test.each<[string, Json, unknown[]]>([
    ['nothing', { content: null }, []],
    ['text', { content: 'a' }, [{ kind: 'text', text: 'a' }]],
    ['a refusal', { content: null, refusal: 'no' }, [{ kind: 'refusal', text: 'no' }]],
    [
      "Groq's thinking",
      { content: 'a', reasoning: 'hm' },
      [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'text', text: 'a' },
      ],
    ],
    [
      "xAI's thinking",
      { content: 'a', reasoning_content: 'hm' },
      [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'text', text: 'a' },
      ],
    ],
    [
      "Mistral's parts",
      {
        content: [
          {
            type: 'thinking',
            thinking: [
              { type: 'text', text: 'h' },
              { type: 'text', text: 'm' },
            ],
          },
          { type: 'text', text: 'a' },
        ],
      },
      [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'text', text: 'a' },
      ],
    ],
    [
      'citations',
      {
        content: 'abc',
        annotations: [
          { type: 'url_citation', url_citation: { url: 'https://x', title: 'X', start_index: 1, end_index: 3 } },
          { type: 'url_citation', url_citation: { url: 'https://y', title: '', start_index: 0, end_index: 0 } },
        ],
      },
      [
        {
          kind: 'text',
          text: 'abc',
          citations: [{ url: 'https://x', title: 'X', start: 1, end: 3 }, { url: 'https://y' }],
        },
      ],
    ],
    ['no citations', { content: 'a', annotations: [] }, [{ kind: 'text', text: 'a' }]],
    [
      'calls, their big integers kept, an object for arguments written as text',
      { content: '', tool_calls: [call('a', 'f', big), call('b', 'g', { x: 1 })] },
      [
        { kind: 'tool-call', id: 'a', name: 'f', arguments: big },
        { kind: 'tool-call', id: 'b', name: 'g', arguments: '{"x":1}' },
      ],
    ],
    [
      'calls without ids get different ones',
      { tool_calls: [call('', 'f', '{}'), call(undefined, 'f', '{}')], thought_signature: 'sig' },
      [
        {
          kind: 'tool-call',
          id: 'call_chatcmpl-1_0_0',
          name: 'f',
          arguments: '{}',
          signature: 'sig',
          origin: 'gemini',
        },
        { kind: 'tool-call', id: 'call_chatcmpl-1_0_1', name: 'f', arguments: '{}' },
      ],
    ],
    [
      'a function call of 2023',
      { function_call: { name: 'f', arguments: '{}' } },
      [{ kind: 'tool-call', id: 'call_chatcmpl-1_0_0', name: 'f', arguments: '{}' }],
    ],
    [
      'free text',
      { tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'patch', input: '***' } }] },
      [{ kind: 'tool-call', id: 'a', name: 'patch', arguments: '***', custom: true }],
    ],
    [
      'an image',
      { content: '', images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }] },
      [{ kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } }],
    ],
    [
      'sound',
      { content: null, audio: { id: 'x', data: 'AA', transcript: 'hello', expires_at: 1 } },
      [
        {
          kind: 'audio',
          source: { kind: 'base64', mediaType: 'application/octet-stream', data: 'AA' },
          transcript: 'hello',
        },
      ],
    ],
    [
      'tools that Groq ran',
      { content: 'a', executed_tools: [{ index: 0 }] },
      [
        { kind: 'text', text: 'a' },
        { kind: 'foreign', protocol: 'openai-chat', type: 'executed_tools', raw: { executed_tools: [{ index: 0 }] } },
      ],
    ],
    [
      'nulls',
      { content: 'a', tool_calls: null, reasoning: null, refusal: null, audio: null, annotations: null },
      [{ kind: 'text', text: 'a' }],
    ],
  ])('%s', (_name, message, parts) => {
    expect(decodeAnswer(message).choices[0]?.parts).toEqual(parts);
  });

  test('an answer given through the tool for structured output is text, and the end of it', () => {
    const [choice] = decodeAnswer({ tool_calls: [call('a', STRUCTURED_OUTPUT_TOOL, big)] }, {}, 'tool_calls').choices;
    expect(choice?.parts).toEqual([{ kind: 'text', text: big }]);
    expect(choice?.finishReason).toEqual({ unified: 'stop', raw: 'tool_calls' });
    const [mixed] = decodeAnswer(
      { tool_calls: [call('a', STRUCTURED_OUTPUT_TOOL, '{}'), call('b', 'f', '{}')] },
      {},
      'tool_calls',
    ).choices;
    expect(mixed?.finishReason?.unified).toBe('tool-calls');
  });

  test.each([
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['error', 'error'],
    ['moonshine', 'other'],
  ])('finish reason %s', (raw, unified) => {
    expect(decodeAnswer({ content: 'a' }, {}, raw).choices[0]?.finishReason).toEqual({ unified, raw });
  });

  test('a finish reason nobody gave is not made up', () => {
    expect(decodeAnswer({ content: 'a' }, {}, null).choices[0]).not.toHaveProperty('finishReason');
  });

  test('usage of Groq, pages of xAI, space before the body', () => {
    const body = {
      choices: [{ message: { content: 'a' }, finish_reason: 'stop' }],
      x_groq: { usage: { prompt_tokens: 3, completion_tokens: 4 } },
      citations: ['https://x'],
    };
    expect(providerSide.decodeAnswer(Buffer.from(`   \n\n${JSON.stringify(body)}`))).toEqual({
      choices: [
        {
          index: 0,
          parts: [{ kind: 'text', text: 'a', citations: [{ url: 'https://x' }] }],
          finishReason: { unified: 'stop', raw: 'stop' },
        },
      ],
      usage: { inputTokens: 3, outputTokens: 4 },
    });
  });

  test.each(['<html>', '', 'null', '{}', '{"choices":[]}', '{"choices":[null]}', '{"choices":[{"index":0}]}'])(
    '%s is no answer',
    (text) => {
      expect(() => providerSide.decodeAnswer(Buffer.from(text))).toThrow(
        expect.objectContaining({ code: 'upstream_malformed' }),
      );
    },
  );
});

suite('errors', () => {
  test.each<[number, string, unknown]>([
    [400, '{"error":{"message":"bad","type":"t","code":"c"}}', { message: 'bad', type: 't', code: 'c', status: 400 }],
    [400, '{"code":"c","error":"bad"}', { message: 'bad', code: 'c', status: 400 }],
    [401, '{"detail":"Unauthorized"}', { message: 'Unauthorized', status: 401 }],
    [429, '{"message":"slow down","request_id":"r"}', { message: 'slow down', status: 429 }],
    [200, '{"error":{"message":"bad","code":502}}', { message: 'bad', code: '502', status: 502 }],
    [
      502,
      '<html>Bad Gateway</html>',
      { message: 'the provider answered with status 502 and no readable error', status: 502 },
    ],
    [503, '', { message: 'the provider answered with status 503 and no readable error', status: 503 }],
    [200, '{"choices":[{"message":{"content":"a"}}]}', undefined],
    [200, '<html>', undefined],
  ])('%i %s', (status, body, expected) => {
    expect(providerSide.decodeError(status, Buffer.from(body), {})).toEqual(expected);
  });
});
