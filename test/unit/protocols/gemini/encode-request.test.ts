/** Calls of any client as requests to Gemini. */
import { describe, expect, test } from 'vitest';
import type { Call, Message } from '../../../../proxy/core/call.ts';
import type { Json, JsonObject } from '../../../../proxy/core/json.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';
import { DUMMY_SIGNATURE } from '../../../../proxy/protocols/gemini/signature.ts';
import type { Quirks } from '../../../../proxy/protocols/translation.ts';

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

const user = (text: string): Message => ({ role: 'user', parts: [{ kind: 'text', text }] });
const call = (id: string, more = {}): Message => ({
  role: 'assistant',
  parts: [{ kind: 'tool-call', id, name: 'f', arguments: '{"n":1}', ...more }],
});
const result = (callId: string, text: string, more = {}): Message => ({
  role: 'tool',
  parts: [{ kind: 'tool-result', callId, parts: [{ kind: 'text', text }], ...more }],
});

describe('encoding messages', () => {
  test('system text in order, also from further down', () => {
    const { body, codes } = encode({
      messages: [
        {
          role: 'system',
          parts: [
            { kind: 'text', text: 'a', cache: { ttl: '1h' } },
            { kind: 'text', text: 'b' },
          ],
        },
        user('hi'),
        { role: 'developer', parts: [{ kind: 'text', text: 'c' }] },
        user('ho'),
      ],
    });
    expect(body.systemInstruction).toEqual({ parts: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] });
    expect(body.contents).toEqual([
      { role: 'user', parts: [{ text: 'hi' }] },
      { role: 'user', parts: [{ text: 'ho' }] },
    ]);
    expect(codes).toEqual(['dropped_cache_control', 'system_moved']);
  });

  test('results of one turn stand together, in the order of their calls', () => {
    const parallel: Message = { role: 'assistant', parts: [...call('a').parts, ...call('b').parts] };
    const { body } = encode(
      {
        messages: [
          user('hi'),
          parallel,
          result('b', 'two'),
          result('a', '{"one":1}', { isError: true }),
          user('go on'),
        ],
      },
      'gemini-2.5-flash',
    );
    expect((body.contents as JsonObject[])[2]).toEqual({
      role: 'user',
      parts: [
        { functionResponse: { id: 'a', name: 'f', response: { error: { one: 1 } } } },
        { functionResponse: { id: 'b', name: 'f', response: { output: 'two' } } },
      ],
    });
  });

  test('a result without its call is refused', () => {
    expect(() => encode({ messages: [user('hi'), result('zz', 'x')] })).toThrow(/answers no tool call/);
  });

  test('Gemini 3 gets a signature where another model left none, its own come back, foreign ones do not', () => {
    const parts = [...call('a').parts, ...call('b').parts];
    const bare = encode({ messages: [user('hi'), { role: 'assistant', parts }] });
    const signaturesOf = (body: Record<string, Json>) =>
      (((body.contents as JsonObject[])[1]?.parts ?? []) as JsonObject[]).map((part) => part.thoughtSignature);
    expect([signaturesOf(bare.body), bare.codes]).toEqual([
      [DUMMY_SIGNATURE, undefined],
      ['thought_signature_missing'],
    ]);
    const own = encode({ messages: [user('hi'), call('a', { signature: 'sig', origin: 'gemini' })] });
    expect([signaturesOf(own.body), own.codes]).toEqual([['sig'], []]);
    const foreign = encode({ messages: [user('hi'), call('a', { signature: 'sig', origin: 'openai-responses' })] });
    expect([signaturesOf(foreign.body), foreign.codes]).toEqual([
      [DUMMY_SIGNATURE],
      ['thinking_stripped', 'thought_signature_missing'],
    ]);
    expect(signaturesOf(encode({ messages: [user('hi'), call('a')] }, 'gemini-2.5-pro').body)).toEqual([undefined]);
  });

  test('thinking of others is stripped, its own goes back where it stood', () => {
    const { body, codes } = encode({
      messages: [
        user('hi'),
        {
          role: 'assistant',
          parts: [
            { kind: 'reasoning', text: 'theirs', signature: 's', origin: 'anthropic-messages' },
            { kind: 'reasoning', text: 'mine', summary: true, origin: 'gemini', signature: 's1' },
            { kind: 'text', text: 'hello' },
            { kind: 'reasoning', text: '', origin: 'gemini', signature: 's2' },
            { kind: 'reasoning', text: '', origin: 'gemini', signature: 's3', redacted: true },
          ],
        },
      ],
    });
    expect((body.contents as JsonObject[])[1]?.parts).toEqual([
      { text: 'mine', thought: true, thoughtSignature: 's1' },
      { text: 'hello', thoughtSignature: 's2' },
      { text: '', thoughtSignature: 's3' },
    ]);
    expect(codes).toEqual(['thinking_stripped']);
  });

  test('media in results: inside for the third generation, behind for earlier ones', () => {
    const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } } as const;
    const messages: Message[] = [
      user('hi'),
      call('a', { signature: 's', origin: 'gemini' }),
      { role: 'tool', parts: [{ kind: 'tool-result', callId: 'a', parts: [image] }] },
    ];
    const inline = { inlineData: { mimeType: 'image/png', data: 'AA==' } };
    const response = { id: 'a', name: 'f', response: { output: '' } };
    expect((encode({ messages }).body.contents as JsonObject[])[2]?.parts).toEqual([
      { functionResponse: { ...response, parts: [inline] } },
    ]);
    expect((encode({ messages }, 'gemini-2.5-pro').body.contents as JsonObject[])[2]?.parts).toEqual([
      { functionResponse: response },
      inline,
    ]);
  });

  test('what Gemini cannot read is told', () => {
    const { codes } = encode({
      messages: [
        {
          role: 'user',
          name: 'bob',
          parts: [
            { kind: 'file', source: { kind: 'file-id', id: 'file-1', protocol: 'openai-chat' } },
            { kind: 'foreign', protocol: 'anthropic-messages', type: 'search_result', raw: {} },
            { kind: 'image', detail: 'high', source: { kind: 'url', url: 'https://x/y' } },
          ],
        },
      ],
      user: 'u',
      verbosity: 'low',
      cacheKey: 'k',
      metadata: { a: 'b' },
      parallelToolCalls: false,
    });
    expect(codes.sort()).toEqual(
      [
        'dropped_cache_key',
        'dropped_detail',
        'dropped_file',
        'dropped_metadata',
        'dropped_name',
        'dropped_parallel_tool_calls',
        'dropped_search_result',
        'dropped_user',
        'dropped_verbosity',
      ].sort(),
    );
  });
});

describe('encoding settings', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const tool = { kind: 'function', name: 'f', schema } as const;

  test('all of them', () => {
    const { body } = encode({
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      maxOutputTokens: 7,
      stop: ['a'],
      seed: '42',
      choices: 2,
      presencePenalty: 1,
      frequencyPenalty: 2,
      logprobs: { top: 3 },
      serviceTier: 'flex',
    });
    expect(body.generationConfig).toEqual({
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      maxOutputTokens: 7,
      stopSequences: ['a'],
      seed: 42,
      candidateCount: 2,
      presencePenalty: 1,
      frequencyPenalty: 2,
      responseLogprobs: true,
      logprobs: 3,
    });
    expect(body.serviceTier).toBe('flex');
  });

  test.each<readonly [string, Call['reasoning'], JsonObject | undefined, readonly string[]]>([
    ['gemini-3-flash', { effort: 'low' }, { thinkingLevel: 'LOW' }, []],
    [
      'gemini-3-pro',
      { effort: 'medium', summary: 'auto' },
      { thinkingLevel: 'HIGH', includeThoughts: true },
      ['reasoning_rounded'],
    ],
    ['gemini-3.1-pro', { effort: 'medium' }, { thinkingLevel: 'MEDIUM' }, []],
    ['gemini-3-flash', { effort: 'max' }, { thinkingLevel: 'HIGH' }, ['reasoning_rounded']],
    ['gemini-3-flash', { enabled: true, budgetTokens: 2000 }, { thinkingBudget: 2000, includeThoughts: true }, []],
    ['gemini-2.5-flash', { effort: 'high' }, { thinkingBudget: 24_576 }, []],
    ['gemini-2.5-flash', { enabled: false }, { thinkingBudget: 0 }, []],
    ['gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }, ['reasoning_rounded']],
    ['gemini-2.5-flash', { adaptive: true }, { thinkingBudget: -1, includeThoughts: true }, []],
    ['gemini-2.0-flash', { effort: 'high' }, undefined, ['dropped_reasoning']],
    ['gemini-2.0-flash', { enabled: false }, undefined, []],
  ])('%s, %j', (model, reasoning, expected, codes) => {
    const result = encode({ ...(reasoning === undefined ? {} : { reasoning }) }, model);
    expect([(result.body.generationConfig as JsonObject | undefined)?.thinkingConfig, result.codes]).toEqual([
      expected,
      codes,
    ]);
  });

  test('an answer by schema: native, or by a tool where the model takes no schema beside functions', () => {
    const output = { kind: 'schema', schema } as const;
    const native = {
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING' } } },
    };
    expect(encode({ output }, 'gemini-2.5-flash').body.generationConfig).toEqual(native);
    expect(encode({ output, tools: [tool] }).body.generationConfig).toEqual(native);
    const { body } = encode({ output, tools: [tool] }, 'gemini-2.5-flash');
    expect(body.generationConfig).toBeUndefined();
    expect(body.toolConfig).toEqual({ functionCallingConfig: { mode: 'ANY' } });
    const [{ functionDeclarations }] = body.tools as [{ functionDeclarations: { name: string }[] }];
    expect(functionDeclarations.map(({ name }) => name)).toEqual(['f', 'gatehouse_structured_output']);
    expect(encode({ output }, 'gemini-3-pro', { schemaByTool: true }).body.tools).toHaveLength(1);
    const json = encode({ output: { kind: 'json' }, tools: [tool] }, 'gemini-2.5-flash');
    expect([json.body.generationConfig, json.codes]).toEqual([undefined, ['dropped_response_format']]);
  });

  test('the answer that went through the tool is text again, whole and streamed', () => {
    const chunk = {
      candidates: [
        {
          content: { parts: [{ functionCall: { name: 'gatehouse_structured_output', args: { a: 'b' } } }] },
          finishReason: 'STOP',
        },
      ],
    };
    const answer = providerSide.decodeAnswer(Buffer.from(JSON.stringify(chunk)));
    expect(answer.choices).toEqual([
      { index: 0, parts: [{ kind: 'text', text: '{"a":"b"}' }], finishReason: { unified: 'stop', raw: 'STOP' } },
    ]);
    const decoder = providerSide.decodeStream();
    const events = [...decoder.push(Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`)), ...decoder.end().events];
    expect(events.map(({ type }) => type)).toEqual(['start', 'block-start', 'text', 'block-end', 'finish']);
    expect(events[2]).toMatchObject({ text: '{"a":"b"}' });
  });

  test('a free-text tool becomes a function of one text', () => {
    const { body } = encode({
      tools: [{ kind: 'custom', name: 'apply patch', namespace: 'ns', raw: { format: { definition: 'start: "x"' } } }],
    });
    expect(body.tools).toMatchObject([
      { functionDeclarations: [{ name: 'ns__apply_patch', parameters: { required: ['input'] } }] },
    ]);
  });
});
