import { expect, suite, test } from 'vitest';
import type { Answer } from '../../../../proxy/core/answer.ts';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import { clientSide } from '../../../../proxy/protocols/openai-responses/client-side.ts';
import { providerSide } from '../../../../proxy/protocols/openai-responses/provider-side.ts';
import { type Fields, factsFor } from './wire.ts';

const answer = (parts: Part[], more: Partial<Answer['choices'][number]> = {}): Answer => ({
  choices: [{ index: 0, parts, finishReason: { unified: 'stop', raw: 'stop' }, ...more }],
});
const send = (value: Answer, tools = {}) =>
  JSON.parse(clientSide.encodeAnswer(value, factsFor(tools)).toString()) as Fields;
const back = (value: Answer) => providerSide.decodeAnswer(clientSide.encodeAnswer(value, factsFor()));

suite('an answer of another protocol', () => {
  test('is a response with what this gateway knows', () => {
    expect(send(answer([{ kind: 'text', text: 'Hi' }]))).toMatchObject({
      id: 'resp_1',
      object: 'response',
      created_at: 1_700_000_000,
      model: 'asked',
      status: 'completed',
      usage: null,
      output: [{ id: 'msg_2', type: 'message', role: 'assistant', status: 'completed' }],
    });
  });

  test('keeps every part in its order', () => {
    const parts: Part[] = [
      { kind: 'reasoning', text: 'hm', signature: 'sig', origin: 'anthropic-messages' },
      { kind: 'text', text: 'a', citations: [{ url: 'https://x.test', title: 'X', start: 0, end: 1 }] },
      { kind: 'refusal', text: 'no' },
      { kind: 'tool-call', id: 'c', name: 'f', arguments: '{"n":12479678939117453000}' },
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/webp', data: 'AA' } },
      { kind: 'text', text: 'b' },
    ];
    const [, cited] = parts;
    const expected = parts.map((part) =>
      part === cited
        ? { ...part, citations: [{ url: 'https://x.test', title: 'X', start: 0, end: 1, raw: expect.anything() }] }
        : part.kind === 'reasoning'
          ? { ...part, id: expect.stringMatching(/^rs_/) }
          : part,
    );
    expect(back(answer(parts)).choices[0]?.parts).toEqual(expected);
  });

  test('log probabilities stand at the first text', () => {
    const logprobs = { content: [{ token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [] }] };
    expect(back(answer([{ kind: 'text', text: 'a' }], { logprobs })).choices[0]?.logprobs).toEqual(logprobs);
  });

  test('that failed, was cut by a limit or never said why it ended is no completed response', () => {
    const ended = (unified: 'error' | 'length') => send(answer([], { finishReason: { unified, raw: 'x' } }));
    expect(ended('error')).toMatchObject({ status: 'failed', error: { code: 'server_error' } });
    expect(ended('length')).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    expect(send({ choices: [{ index: 0, parts: [] }] })).toMatchObject({
      status: 'incomplete',
      incomplete_details: null,
    });
  });
});

suite('a body that is no response', () => {
  test.each([['<html>'], ['[]'], ['{"choices":[]}'], ['{"output":[{"type":"message","content":[{"text":1}]}]}']])(
    '%s',
    (body) => {
      let caught: unknown;
      try {
        providerSide.decodeAnswer(Buffer.from(body));
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(GatehouseError);
      expect(caught).toMatchObject({ code: 'upstream_malformed' });
    },
  );

  test.each<[number, string, unknown]>([
    [500, '<html>', { status: 500, message: expect.stringContaining('500') }],
    [200, '<html>', undefined],
    [200, '{"output":[],"error":null,"status":"completed"}', undefined],
    [
      200,
      '{"status":"failed","error":{"code":"server_error","message":"Oops"}}',
      { code: 'server_error', message: 'Oops' },
    ],
    [200, '{"status":"failed","error":null}', { message: expect.any(String) }],
    [
      400,
      '{"code":"invalid-argument","error":"Bad key"}',
      { status: 400, code: 'invalid-argument', message: 'Bad key' },
    ],
    [
      429,
      '{"error":{"message":"Slow","type":"t","code":"rate_limit_exceeded"}}',
      { status: 429, type: 't', code: 'rate_limit_exceeded', message: 'Slow' },
    ],
  ])('status %d %s', (status, body, expected) => {
    expect(providerSide.decodeError(status, Buffer.from(body), {})).toEqual(expected);
  });
});
