/** Requests of Gemini clients as calls, and back. */
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import type { Json, JsonObject } from '../../../../proxy/core/json.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { clientSide } from '../../../../proxy/protocols/gemini/client-side.ts';
import { decodeCountTokens } from '../../../../proxy/protocols/gemini/decode-request.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';
import type { Quirks } from '../../../../proxy/protocols/translation.ts';

const hello = { role: 'user', parts: [{ text: 'hello' }] };

function decode(body: JsonObject | string): Call {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return clientSide.decodeRequest(Buffer.from(text), { model: 'models/gemini-x', stream: true });
}

function encode(call: Partial<Call>, model = 'gemini-3-pro', quirks: Quirks = {}) {
  const warnings = new Warnings();
  const whole: Call = {
    model: 'm',
    stream: false,
    messages: [{ role: 'user', parts: [{ kind: 'text', text: 'hello' }] }],
    tools: [],
    ...call,
  };
  const { body } = providerSide.encodeRequest(whole, { model, quirks }, warnings);
  return {
    body: JSON.parse(body.toString()) as Record<string, Json>,
    text: body.toString(),
    codes: warnings.list().map(({ code }) => code),
  };
}

describe('decoding', () => {
  test('model and stream come from the path', () => {
    expect(decode({ model: 'models/other', contents: [hello] })).toMatchObject({ model: 'gemini-x', stream: true });
  });

  test('both spellings, and null for nothing', () => {
    const call = decode({
      system_instruction: { parts: [{ text: 'a' }, { text: 'b' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { inline_data: { mime_type: 'image/png', data: 'AA==' } },
            { fileData: { fileUri: 'https://x/y.pdf', mimeType: 'application/pdf' } },
          ],
        },
      ],
      generation_config: {
        max_output_tokens: 5,
        stop_sequences: ['x'],
        response_mime_type: 'application/json',
        thinking_config: { thinking_budget: -1 },
      },
      toolConfig: null,
      safetySettings: null,
    });
    expect(call).toEqual({
      model: 'gemini-x',
      stream: true,
      tools: [],
      messages: [
        {
          role: 'system',
          parts: [
            { kind: 'text', text: 'a' },
            { kind: 'text', text: 'b' },
          ],
        },
        {
          role: 'user',
          parts: [
            { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } },
            { kind: 'file', source: { kind: 'url', url: 'https://x/y.pdf', mediaType: 'application/pdf' } },
          ],
        },
      ],
      maxOutputTokens: 5,
      stop: ['x'],
      output: { kind: 'json' },
      reasoning: { adaptive: true },
    });
  });

  test('calls without ids get some, and results find them by name and order', () => {
    const call = decode({
      contents: [
        hello,
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'f', args: { n: 1 } } },
            { functionCall: { name: 'g' } },
            { functionCall: { name: 'f', args: { n: 2 } } },
          ],
        },
        {
          role: 'function',
          parts: [
            { functionResponse: { name: 'g', response: { output: 'G' } } },
            { functionResponse: { name: 'f', response: { output: 'F1' } } },
            { functionResponse: { name: 'f', response: { error: 'bad' } } },
            { text: 'and now?' },
          ],
        },
      ],
    });
    const results = call.messages[2]?.parts.map((part) =>
      part.kind === 'tool-result' ? [part.callId, part.name, part.isError] : part.kind,
    );
    expect(call.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user']);
    expect(results).toEqual([
      ['call_1', 'g', undefined],
      ['call_0', 'f', undefined],
      ['call_2', 'f', true],
    ]);
  });

  test('the numbers of arguments keep their digits, there and back', () => {
    const body =
      '{"contents":[{"role":"model","parts":[{"functionCall":{"id":"a","name":"f","args":{"id":12479678939117453000,"x":1.5}}}]}],"generationConfig":{"seed":12479678939117453000}}';
    const call = decode(body);
    expect(call.messages[0]?.parts[0]).toMatchObject({ arguments: '{"id":12479678939117453000,"x":1.5}' });
    expect(call.seed).toBe('12479678939117453000');
    const { text, codes } = encode(call, 'gemini-2.5-flash');
    expect(text).toContain('"args":{"id":12479678939117453000,"x":1.5}');
    expect(codes).toEqual(['dropped_seed']);
  });

  test.each<readonly [string, JsonObject, Partial<Call>]>([
    ['AUTO', { mode: 'AUTO' }, { toolChoice: { kind: 'auto' } }],
    ['NONE', { mode: 'none' }, { toolChoice: { kind: 'none' } }],
    ['ANY', { mode: 'ANY' }, { toolChoice: { kind: 'required' } }],
    ['ANY of one', { mode: 'ANY', allowed_function_names: ['f'] }, { toolChoice: { kind: 'tool', name: 'f' } }],
    [
      'ANY of two',
      { mode: 2, allowedFunctionNames: ['f', 'g'] },
      { toolChoice: { kind: 'allowed', names: ['f', 'g'], required: true } },
    ],
    [
      'VALIDATED of one',
      { mode: 'VALIDATED', allowedFunctionNames: ['f'] },
      { toolChoice: { kind: 'allowed', names: ['f'], required: false } },
    ],
  ])('tool mode %s', (_name, functionCallingConfig, expected) => {
    const call = decode({ contents: [hello], toolConfig: { functionCallingConfig } });
    expect(call.toolChoice).toEqual(expected.toolChoice);
  });

  test('what only Gemini knows is kept for Gemini, and told to others', () => {
    const body = {
      contents: [hello],
      tools: [
        { googleSearch: {} },
        {
          functionDeclarations: [
            { name: 'f', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true } } } },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'VALIDATED' }, retrievalConfig: { languageCode: 'en' } },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      cachedContent: 'cachedContents/1',
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'], mediaResolution: 'MEDIA_RESOLUTION_LOW' },
    };
    const call = decode(body);
    expect(Object.keys(call.foreign?.fields ?? {})).toEqual([
      'safetySettings',
      'cachedContent',
      'generationConfig.responseModalities',
      'generationConfig.mediaResolution',
      'toolConfig',
    ]);
    expect(call.tools).toEqual([
      { kind: 'provider', name: 'googleSearch', raw: { googleSearch: {} }, origin: 'gemini' },
      { kind: 'function', name: 'f', schema: { type: 'object', properties: { a: { type: ['string', 'null'] } } } },
    ]);
    const again = encode(call);
    expect(again.codes).toEqual(['schema_rewritten']);
    expect(again.body).toMatchObject({ ...body, tools: expect.any(Array) as unknown as Json });
    const others = encode({
      ...call,
      foreign: { protocol: 'openai-chat', fields: { logit_bias: {} } },
      tools: [{ kind: 'provider', name: 'web_search', raw: {}, origin: 'openai-responses' }],
    });
    expect(others.codes).toEqual(['dropped_web_search', 'dropped_logit_bias']);
  });

  test.each<readonly [string, string | JsonObject, string]>([
    ['no JSON', '{', 'invalid_json'],
    ['no object', '[]', 'invalid_request'],
    ['no contents', {}, 'invalid_request'],
    ['empty contents', { contents: [] }, 'invalid_request'],
    ['a number among contents', { contents: [7] }, 'invalid_request'],
    ['too deep', `{"contents":${'['.repeat(200)}${']'.repeat(200)}}`, 'too_deep'],
  ])('%s is refused', (_name, body, code) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ code }));
  });

  test('countTokens takes a whole request or its contents', () => {
    const path = { model: 'gemini-x' };
    const plain = decodeCountTokens(Buffer.from(JSON.stringify({ contents: [hello] })), path);
    const whole = decodeCountTokens(
      Buffer.from(JSON.stringify({ generateContentRequest: { model: 'models/gemini-x', contents: [hello] } })),
      path,
    );
    expect(whole).toEqual(plain);
  });
});
