/** What providers send, beyond what the recordings hold: pieces of arguments, odd ends, errors, broken streams. */
import { describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { gemini } from '../../../../proxy/protocols/gemini/codec.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';

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
