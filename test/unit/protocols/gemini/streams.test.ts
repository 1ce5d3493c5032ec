/** Streams and answers, out and in: order, ends, errors, and what the recordings do not hold. */
import { describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { clientSide, listClientSide } from '../../../../proxy/protocols/gemini/client-side.ts';
import { gemini, geminiCountTokens, geminiList } from '../../../../proxy/protocols/gemini/codec.ts';
import { encodeTokenCount, estimateTokens } from '../../../../proxy/protocols/gemini/count-tokens.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';
import { packSignature, unpackSignature } from '../../../../proxy/protocols/gemini/signature.ts';
import type { EncodeFacts } from '../../../../proxy/protocols/translation.ts';

const facts: EncodeFacts = {
  model: 'asked',
  call: { model: 'asked', stream: true, messages: [], tools: [] },
  createdAt: 0,
  newId: (prefix) => `${prefix}1`,
  wantsUsage: true,
};

const at = (block: number, choice = 0) => ({ choice, block });
const frame = (chunk: JsonObject) => `data: ${JSON.stringify(chunk)}\r\n\r\n`;
const candidate = (parts: JsonObject[], more: JsonObject = {}) => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
});
const stop = { finishReason: 'STOP' };

function decode(text: string) {
  const decoder = providerSide.decodeStream();
  const events = decoder.push(Buffer.from(text));
  const end = decoder.end();
  return { ...end, events: [...events, ...end.events] };
}

function encode(events: readonly AnswerEvent[], side = clientSide): string {
  const encoder = side.encodeStream(facts);
  return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]).toString();
}

const chunksOf = (text: string) =>
  text
    .split('\r\n\r\n')
    .slice(0, -1)
    .map((event) => JSON.parse(event.slice(6)) as JsonObject);

describe('what a Gemini client gets', () => {
  const events: AnswerEvent[] = [
    { type: 'start', id: 'msg_1', model: 'claude' },
    { type: 'block-start', ...at(0), part: { kind: 'reasoning', origin: 'anthropic-messages' } },
    { type: 'text', ...at(0), text: 'hm' },
    { type: 'signature', ...at(0), signature: 'sig' },
    { type: 'block-end', ...at(0) },
    { type: 'block-start', ...at(1), part: { kind: 'text' } },
    { type: 'text', ...at(1), text: 'Hé' },
    { type: 'text', ...at(1), text: 'llo' },
    { type: 'citation', ...at(1), citation: { url: 'https://x', title: 'X', text: 'Hé', start: 0, end: 2 } },
    { type: 'block-end', ...at(1) },
    // Two calls whose arguments come in turns.
    { type: 'block-start', ...at(2), part: { kind: 'tool-call', id: 'a', name: 'f' } },
    { type: 'block-start', ...at(3), part: { kind: 'tool-call', id: 'b', name: 'g' } },
    { type: 'arguments', ...at(2), json: '{"n":124796789' },
    { type: 'arguments', ...at(3), json: '' },
    { type: 'arguments', ...at(2), json: '39117453000}' },
    { type: 'block-end', ...at(3) },
    { type: 'block-end', ...at(2) },
    { type: 'usage', usage: { inputTokens: 5, cacheReadTokens: 2 } },
    { type: 'finish', choice: 0, finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
    { type: 'usage', usage: { outputTokens: 3, reasoningTokens: 1 } },
  ];

  test('text as it comes, calls whole, the end with sources and usage last', () => {
    const text = encode(events);
    expect(text).toContain('"args":{"n":12479678939117453000}');
    const chunks = chunksOf(text);
    for (const chunk of chunks) expect(chunk).toMatchObject({ modelVersion: 'claude', responseId: 'msg_1' });
    const parts = chunks.flatMap(({ candidates }) =>
      (candidates as JsonObject[]).flatMap(({ content }) => (content as { parts: JsonObject[] }).parts),
    );
    expect(parts).toMatchObject([
      { text: 'hm', thought: true },
      { text: '', thought: true, thoughtSignature: expect.any(String) as unknown as string },
      { text: 'Hé' },
      { text: 'llo' },
      { functionCall: { id: 'b', name: 'g', args: {} } },
      { functionCall: { id: 'a', name: 'f' } },
      { text: '' },
    ]);
    expect(chunks.at(-1)).toEqual({
      candidates: [
        {
          content: { parts: [{ text: '' }], role: 'model' },
          finishReason: 'STOP',
          index: 0,
          groundingMetadata: {
            groundingChunks: [{ web: { uri: 'https://x', title: 'X' } }],
            groundingSupports: [{ segment: { startIndex: 0, endIndex: 3, text: 'Hé' }, groundingChunkIndices: [0] }],
          },
        },
      ],
      usageMetadata: {
        promptTokenCount: 7,
        cachedContentTokenCount: 2,
        candidatesTokenCount: 3,
        thoughtsTokenCount: 1,
        totalTokenCount: 11,
      },
      modelVersion: 'claude',
      responseId: 'msg_1',
    });
  });

  test('the same as a list', () => {
    expect(JSON.parse(encode(events, listClientSide))).toEqual(chunksOf(encode(events)));
  });

  test("another model's signature comes back whole", () => {
    const proof = { signature: 'sig', origin: 'anthropic-messages', id: 'rs_1' } as const;
    const packed = packSignature(proof) ?? '';
    expect(Buffer.from(packed, 'base64').toString('base64')).toBe(packed);
    expect(unpackSignature(packed)).toEqual(proof);
    expect(unpackSignature('CuwBAb4+9vtZ')).toEqual({ signature: 'CuwBAb4+9vtZ', origin: 'gemini' });
    expect(unpackSignature(packed.slice(0, -12))).toEqual({});
    const sent = chunksOf(encode(events))[1] as {
      candidates: { content: { parts: { thoughtSignature: string }[] } }[];
    };
    const signature = sent.candidates[0]?.content.parts[0]?.thoughtSignature ?? '';
    const body = { contents: [{ role: 'model', parts: [{ text: 'hm', thought: true, thoughtSignature: signature }] }] };
    const call = clientSide.decodeRequest(Buffer.from(JSON.stringify(body)), { model: 'm' });
    expect(call.messages[0]?.parts).toEqual([
      { kind: 'reasoning', text: 'hm', signature: 'sig', origin: 'anthropic-messages' },
    ]);
  });

  test('several answers, logprobs, refusals, generated media', () => {
    const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } } as const;
    const logprobs = {
      content: [
        {
          token: 'no',
          logprob: -0.5,
          bytes: [110, 111],
          top_logprobs: [{ token: 'no', logprob: -0.5, bytes: [110, 111] }],
        },
      ],
    };
    const text = encode([
      { type: 'start' },
      { type: 'block-start', ...at(0, 1), part: { kind: 'whole', part: image } },
      { type: 'block-end', ...at(0, 1) },
      { type: 'logprobs', choice: 0, logprobs },
      { type: 'block-start', ...at(0), part: { kind: 'refusal' } },
      { type: 'text', ...at(0), text: 'no' },
      { type: 'block-end', ...at(0) },
      { type: 'finish', choice: 1, finishReason: { unified: 'stop', raw: 'stop' } },
      { type: 'finish', choice: 0, finishReason: { unified: 'content-filter', raw: 'refusal' } },
    ]);
    const again = decode(text);
    expect(again.complete).toBe(true);
    expect(again.events).toContainEqual({ type: 'block-start', ...at(0, 1), part: { kind: 'whole', part: image } });
    expect(again.events).toContainEqual({ type: 'logprobs', choice: 0, logprobs });
    expect(again.events.filter(({ type }) => type === 'finish')).toEqual([
      { type: 'finish', choice: 1, finishReason: { unified: 'stop', raw: 'STOP' } },
      { type: 'finish', choice: 0, finishReason: { unified: 'content-filter', raw: 'SAFETY' } },
    ]);
  });

  test("errors: ours, the provider's, in a stream and in a list", () => {
    const own = new GatehouseError('rate_limited', 'slow down', {
      retryAfterMs: 1_500,
      param: 'x',
      facts: { limit: 3 },
    });
    expect(JSON.parse(gemini.encodeError(own, 'req_1').toString())).toEqual({
      error: {
        code: 429,
        message: 'slow down',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'rate_limited',
            domain: 'gatehouse',
            metadata: { limit: '3', param: 'x', requestId: 'req_1' },
          },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
        ],
      },
    });
    const provider = { message: 'overloaded', type: 'overloaded_error', status: 529 };
    expect(JSON.parse(clientSide.encodeProviderError(provider, 'r').toString())).toMatchObject({
      error: { code: 529, status: 'UNAVAILABLE', message: 'overloaded' },
    });
    expect(clientSide.encodeStreamError(provider, 'r').toString()).toMatch(/^data: \{"error":.*\}\r\n\r\n$/);
    expect(JSON.parse(`[{}${geminiList.encodeStreamError(own, 'r').toString()}`)).toMatchObject([
      {},
      { error: { code: 429 } },
    ]);
    expect(JSON.parse(`[{}${listClientSide.encodeStreamError(provider, 'r').toString()}`)).toMatchObject([
      {},
      { error: { message: 'overloaded' } },
    ]);
  });
});

describe('what providers send', () => {
  const call = (functionCall: JsonObject) => frame(candidate([{ functionCall }]));
  const end = frame(candidate([{ text: '' }], stop));
  const partial = (jsonPath: string, value: JsonObject) =>
    call({ partialArgs: [{ jsonPath, ...value }], willContinue: true });
  const begin = call({ name: 'f', willContinue: true });
  const argumentsOf = (events: readonly AnswerEvent[]) =>
    events.map((event) => (event.type === 'arguments' ? event.json : '')).join('');

  test.each<readonly [string, string, string]>([
    [
      'values of every kind',
      partial('$.a', { boolValue: true }) +
        partial('$.b', { nullValue: 'NULL_VALUE' }) +
        partial('$.c.d', { numberValue: 2 }),
      '{"a":true,"b":null,"c":{"d":2}}',
    ],
    [
      'a string in pieces',
      partial('$.a', { stringValue: 'x"', willContinue: true }) +
        partial('$.a', { stringValue: 'y' }) +
        partial('$.b', { stringValue: 'z' }),
      '{"a":"x\\"y","b":"z"}',
    ],
    [
      'lists in lists',
      partial('$.a[0][0]', { numberValue: 1 }) +
        partial('$.a[0][1]', { numberValue: 2 }) +
        partial('$.a[1][0]', { numberValue: 3 }),
      '{"a":[[1,2],[3]]}',
    ],
    [
      'names in quotes',
      partial("$['a b'].c", { numberValue: 1 }) + partial('$["__proto__"]', { numberValue: 2 }),
      '{"a b":{"c":1},"__proto__":2}',
    ],
    ['nothing', '', '{}'],
  ])('arguments piece by piece: %s', (_name, pieces, expected) => {
    const { events, complete } = decode(begin + pieces + call({}) + end);
    expect([argumentsOf(events), complete]).toEqual([expected, true]);
  });

  test.each<readonly [string, string]>([
    [
      'a place that was closed',
      partial('$.a.b', { numberValue: 1 }) + partial('$.c', { numberValue: 1 }) + partial('$.a.d', { numberValue: 1 }),
    ],
    ['the same place twice', partial('$.a', { numberValue: 1 }) + partial('$.a', { numberValue: 2 })],
    ['an element out of order', partial('$.a[4294967295]', { numberValue: 1 })],
    ['a list that becomes an object', partial('$.a[0]', { numberValue: 1 }) + partial('$.a.b', { numberValue: 1 })],
    ['no path', partial('a..b', { numberValue: 1 })],
    ['no value', partial('$.a', {})],
    [
      'a number in the middle of a string',
      partial('$.a', { stringValue: 'x', willContinue: true }) + partial('$.a', { numberValue: 1 }),
    ],
    ['pieces of no call', ''],
  ])('arguments that make no sense: %s', (name, pieces) => {
    const text = name === 'pieces of no call' ? partial('$.a', { numberValue: 1 }) : begin + pieces;
    expect(decode(text + end)).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });

  test('a string that was never ended leaves the stream incomplete', () => {
    const { complete, events } = decode(begin + partial('$.a', { stringValue: 'x', willContinue: true }) + end);
    expect([complete, events.some(({ type }) => type === 'finish')]).toEqual([false, false]);
  });

  test("ids are made of the answer's, and differ", () => {
    const chunk = {
      ...candidate(
        [
          { functionCall: { name: 'f' } },
          { functionCall: { name: 'f', id: 'own' } },
          { functionCall: { name: 'f', id: 'own' } },
        ],
        stop,
      ),
      responseId: 'r/1',
    };
    const answer = providerSide.decodeAnswer(Buffer.from(JSON.stringify(chunk)));
    const ids = answer.choices[0]?.parts.map((part) => (part.kind === 'tool-call' ? part.id : ''));
    expect(ids).toEqual(['call_r1_0', 'own', 'call_r1_1']);
    const streamed = decode(frame(chunk)).events.flatMap((event) =>
      event.type === 'block-start' && event.part.kind === 'tool-call' ? [event.part.id] : [],
    );
    expect(streamed).toEqual(ids);
  });

  test.each<readonly [unknown, string, string]>([
    [1, 'stop', 'STOP'],
    [10, 'error', 'MALFORMED_FUNCTION_CALL'],
    [99, 'other', '99'],
    ['RECITATION', 'content-filter', 'RECITATION'],
    ['NEW_REASON', 'other', 'NEW_REASON'],
  ])('finish reason %j', (finishReason, unified, raw) => {
    const body = candidate([], { finishReason: finishReason as string });
    expect(providerSide.decodeAnswer(Buffer.from(JSON.stringify(body))).choices[0]?.finishReason).toEqual({
      unified,
      raw,
    });
    expect(decode(frame(body))).toMatchObject({ complete: true, events: [{}, { finishReason: { unified, raw } }] });
  });

  test.each(['FINISH_REASON_UNSPECIFIED', 0, null])('%j is no end', (finishReason) => {
    const body = candidate([{ text: 'a' }], { finishReason });
    expect(providerSide.decodeAnswer(Buffer.from(JSON.stringify(body))).choices[0]?.finishReason).toBeUndefined();
    expect(decode(frame(body))).toMatchObject({ complete: false, problem: 'no_finish_reason' });
    expect(gemini.observeStream({ hideUsage: false }).end().summary.complete).toBe(false);
  });

  test('a blocked prompt', () => {
    const body = { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 4 } };
    const finishReason = { unified: 'content-filter', raw: 'PROHIBITED_CONTENT' };
    expect(providerSide.decodeAnswer(Buffer.from(JSON.stringify(body)))).toEqual({
      choices: [{ index: 0, parts: [], finishReason }],
      usage: { inputTokens: 4 },
    });
    expect(decode(frame(body))).toMatchObject({ complete: true, usage: { inputTokens: 4 } });
    expect(gemini.inspectResult(Buffer.from(JSON.stringify(body))).finishReason).toEqual(finishReason);
  });

  test.each<readonly [string, string, string]>([
    [
      'two answers',
      frame({ ...candidate([{ text: 'a' }]), responseId: '1' }) +
        frame({ ...candidate([{ text: 'b' }], stop), responseId: '2' }),
      'malformed_frame',
    ],
    [
      'content behind the end',
      frame(candidate([{ text: 'a' }], stop)) + frame(candidate([{ text: 'b' }])),
      'malformed_frame',
    ],
    ['no JSON', 'data: {"candidates"\r\n\r\n', 'malformed_frame'],
    ['a number', 'data: 7\r\n\r\n', 'malformed_frame'],
    [
      'one of two candidates unended',
      frame({
        candidates: [
          { index: 0, ...stop },
          { index: 1, content: { parts: [{ text: 'a' }] } },
        ],
      }),
      'no_finish_reason',
    ],
    ['half an event', `${frame(candidate([{ text: 'a' }], stop))}data: {"cand`, 'cut'],
    ['half a list', `[${JSON.stringify(candidate([{ text: 'a' }], stop))}`, 'cut'],
    ['a list and more', `[${JSON.stringify(candidate([], stop))}]x`, 'malformed_frame'],
    ['nothing', '', 'cut'],
    ['comments', ': hello\n\n', 'cut'],
    [
      'too deep',
      `data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}}]}}]}\r\n\r\n`,
      'malformed_frame',
    ],
  ])('%s is no whole stream', (_name, text, problem) => {
    expect(decode(text)).toMatchObject({ complete: false, problem });
    const observer = gemini.observeStream({ hideUsage: false });
    observer.push(Buffer.from(text));
    expect(observer.end().summary).toMatchObject({ complete: false, problem });
  });

  test('an error in the middle ends it', () => {
    const text =
      frame(candidate([{ text: 'a' }])) +
      '{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}\n\n' +
      frame(candidate([], stop));
    const { events, complete } = decode(text);
    expect([complete, events.at(-1)]).toEqual([
      false,
      { type: 'error', error: { code: '503', type: 'UNAVAILABLE', message: 'busy', status: 503 } },
    ]);
    const observer = gemini.observeStream({ hideUsage: false });
    const { forward, error } = observer.push(Buffer.from(text));
    expect(error).toMatchObject({ message: 'busy' });
    expect(
      forward?.toString().endsWith('data: {"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}\r\n\r\n'),
    ).toBe(true);
    expect(observer.end().summary).toMatchObject({ complete: false, error: { message: 'busy' } });
  });

  test('comments and [DONE] of others do not pass', () => {
    const whole = frame(candidate([{ text: 'a' }], stop));
    const observer = gemini.observeStream({ hideUsage: false });
    const { forward } = observer.push(Buffer.from(`: ping\n\n${whole}data: [DONE]\n\n`));
    expect([forward?.toString(), observer.end().summary.complete]).toEqual([whole, true]);
  });

  test.each<readonly [number, string, object | undefined]>([
    [200, '{}', undefined],
    [503, '<html>', { status: 503, message: 'the provider answered with status 503' }],
    [
      429,
      '[{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}]',
      { status: 429, code: '429', type: 'RESOURCE_EXHAUSTED', message: 'slow' },
    ],
    [200, '{"error":{"message":"odd"}}', { status: 502, message: 'odd' }],
  ])('status %i, body %s', (status, body, expected) => {
    expect(providerSide.decodeError(status, Buffer.from(body), {})).toEqual(expected);
  });
});

describe('requests that pass', () => {
  const inspect = (body: JsonObject) => gemini.inspectRequest(Buffer.from(JSON.stringify(body))).facts;
  const contents = [{ parts: [{ text: 'hello' }] }];

  test('facts, and the one edit', () => {
    const text =
      '{"model":"models/a", "contents":[{}],"generation_config":{"candidate_count":2,"maxOutputTokens":9}, "x": 12479678939117453000}';
    const { facts, edit } = gemini.inspectRequest(Buffer.from(text));
    expect(facts).toMatchObject({ model: 'a', choices: 2, maxOutputTokens: 9, stream: false });
    expect(edit({ model: 'b' }).toString()).toBe(text.replace('models/a', 'models/b'));
  });

  test('media have bounds of their own', () => {
    const plain = inspect({ contents }).inputTokensMax;
    const withPart = (part: JsonObject) => inspect({ contents: [{ parts: [part] }] }).inputTokensMax - plain;
    expect(withPart({ inlineData: { mimeType: 'image/png', data: 'iVBORw'.padEnd(100_000, 'A') } })).toBeLessThan(
      20_000,
    );
    expect(withPart({ inline_data: { mime_type: 'application/pdf', data: 'AA' } })).toBeGreaterThan(1_000_000);
    expect(withPart({ fileData: { fileUri: 'https://x' } })).toBeGreaterThan(1_000_000);
    expect(inspect({ contents, tools: [{ googleSearch: {} }] }).inputTokensMax).toBeGreaterThan(1_000_000);
    expect(inspect({ contents, cachedContent: 'c' }).inputTokensMax).toBeGreaterThan(1_000_000);
  });

  test.each<readonly [string, string]>([
    ['{"contents":[{}],"contents":[{}]}', 'contents'],
    ['{"generationConfig":{},"generation_config":{},"contents":[{}]}', 'generationConfig'],
    ['{"contents":[ ]}', 'contents'],
    ['{}', 'contents'],
    ['{"contents":[{}],"generationConfig":{"maxOutputTokens":-1}}', 'generationConfig.maxOutputTokens'],
    ['{"contents":[{}],"generationConfig":7}', 'generationConfig'],
  ])('%s is refused', (body, param) => {
    expect(() => gemini.inspectRequest(Buffer.from(body))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: expect.objectContaining({ param }) }),
    );
  });

  test('countTokens', () => {
    const body = Buffer.from(JSON.stringify({ generateContentRequest: { contents } }));
    expect(estimateTokens(body)).toBeGreaterThan(0);
    expect(encodeTokenCount(3).toString()).toBe('{"totalTokens":3}');
    expect(geminiCountTokens.inspectResult(Buffer.from('{"totalTokens":3}'))).toEqual({ outputTokensEstimate: 0 });
    expect(geminiCountTokens.inspectResult(Buffer.from('{}'))).toMatchObject({ malformed: true });
  });
});
