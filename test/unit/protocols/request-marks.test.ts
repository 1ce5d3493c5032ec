/** A missing sign is a sure no: then a call is not decoded, so a sign that is overlooked would let it pass unlooked at. */
import { describe, expect, test } from 'vitest';
import { DIALECTS, type DialectName } from '../../../proxy/protocols/dialects.ts';
import { needsOf } from '../../../proxy/routing/needs.ts';
import { recordedSuite, recordings } from '../../support/recordings.ts';

const marks = (dialect: DialectName, body: unknown) =>
  DIALECTS[dialect].codec.inspectRequest(Buffer.from(JSON.stringify(body))).facts.marks;

const chat = (message: object, more: object = {}) => ({
  model: 'm',
  messages: [{ role: 'user', content: 'hello', ...message }],
  ...more,
});

describe('signs of tool results', () => {
  test.each<[DialectName, unknown]>([
    ['openai-chat', chat({ role: 'tool', tool_call_id: 'x' })],
    ['openai-chat', chat({ role: 'assistant', function_call: { name: 'f', arguments: '{}' } })],
    ['openai-responses', { model: 'm', input: [{ type: 'function_call_output', call_id: 'x', output: 'y' }] }],
    ['openai-responses', { model: 'm', input: [{ type: 'custom_tool_call_output', call_id: 'x', output: 'y' }] }],
    [
      'anthropic-messages',
      { ...chat({ content: [{ type: 'tool_result', tool_use_id: 'x', content: 'y' }] }), max_tokens: 1 },
    ],
    ['gemini', { contents: [{ parts: [{ functionResponse: { name: 'f', response: {} } }] }] }],
    ['gemini', { contents: [{ parts: [{ function_response: { name: 'f', response: {} } }] }] }],
  ])('%s %j', (dialect, body) => {
    expect(marks(dialect, body)?.toolResults).toBe(true);
  });
});

describe('signs of needs and of alternates', () => {
  test.each<[DialectName, unknown]>([
    ['openai-chat', chat({}, { tools: [{ type: 'function', function: { name: 'f' } }] })],
    ['openai-chat', chat({}, { response_format: { type: 'json_object' } })],
    ['openai-chat', chat({ content: [{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } }] })],
    ['openai-responses', { model: 'm', input: 'x', text: { format: { type: 'json_object' } } }],
    ['anthropic-messages', { ...chat({}, { tools: [{ name: 'f', input_schema: {} }] }), max_tokens: 1 }],
    ['gemini', { contents: [{ parts: [{ text: 'x' }] }], generationConfig: { responseMimeType: 'application/json' } }],
  ])('%s %j', (dialect, body) => {
    expect(marks(dialect, body)?.needs).toBe(true);
  });

  test('the own fallbacks of a request', () => {
    expect(marks('openai-chat', chat({}, { models: ['a/b'] }))?.alternates).toBe(true);
    expect(marks('openai-chat', chat({}, { metadata: { models: ['a/b'] } }))?.alternates).toBe(false);
  });

  test('a prompt among the members, in any dialect that may hold a saved one', () => {
    const prompt = { id: 'gatehouse/p' };
    expect(marks('openai-chat', chat({}, { prompt }))?.prompt).toBe(true);
    expect(marks('openai-chat', chat({ prompt }))?.prompt).toBe(false);
    expect(marks('openai-responses', { model: 'm', input: 'x', prompt })?.prompt).toBe(true);
    expect(marks('anthropic-messages', chat({}, { prompt }))?.prompt).toBe(true);
    expect(marks('gemini', { contents: [{ parts: [] }], prompt })?.prompt).toBe(true);
  });

  test('a key with an escape in it may be any of them', () => {
    const body = Buffer.from('{"model":"m","messages":[{"role":"user","content":[{"im\\u0061ge_url":{}}]}]}');
    const seen = DIALECTS['openai-chat'].codec.inspectRequest(body).facts.marks;
    expect(seen).toMatchObject({ needs: true, toolResults: true });
  });

  test('plain text has none, whatever it talks about', () => {
    const body = chat({ content: 'tools image_url "tool_call_id": "models": functionResponse' });
    expect(marks('openai-chat', body)).toEqual({ alternates: false, needs: false, toolResults: false, prompt: false });
  });
});

recordedSuite('recorded requests', () => {
  const APIS: Readonly<Record<string, DialectName>> = {
    'chat.completions': 'openai-chat',
    responses: 'openai-responses',
    messages: 'anthropic-messages',
    generateContent: 'gemini',
    streamGenerateContent: 'gemini',
  };
  /** Requests that were recorded because they are refused. */
  const BAD = new Set([
    'anthropic-messages-strict-schema-matrix-boolean-root-schema-is-rejected-for-46e5a3',
    'openai-chat-no-messages-bd8071',
    'openai-chat-tapes-db8ad4',
  ]);
  const cases = recordings(
    ({ id, api, requestBody }) => APIS[api] !== undefined && typeof requestBody === 'object' && !BAD.has(id),
  );
  test.each(cases.map((recording) => [recording.id, recording] as const))('%s', (_id, { api, requestBody, stream }) => {
    const dialect = DIALECTS[APIS[api] as DialectName];
    const body = Buffer.from(JSON.stringify(requestBody));
    const { marks: seen } = dialect.codec.inspectRequest(body).facts;
    const call = dialect.client?.decodeRequest(body, { model: 'm', stream });
    if (call === undefined || seen === undefined) throw new Error('a recorded request has marks and a call');
    const results = call.messages.some((message) => message.role === 'tool');
    if (results) expect(seen.toolResults).toBe(true);
    if (Object.values(needsOf(call)).includes(true)) expect(seen.needs).toBe(true);
  });
});
