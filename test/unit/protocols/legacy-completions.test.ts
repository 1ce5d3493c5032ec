/** Requests of the completions before chat, with all that multiplies what is written and billed. */
import { expect, suite, test } from 'vitest';
import { legacyCompletions } from '../../../proxy/protocols/legacy-completions/codec.ts';

type Json = Record<string, unknown>;
const inspect = (fields: Json) =>
  legacyCompletions.inspectRequest(Buffer.from(JSON.stringify({ model: 'm', ...fields })));

suite('facts of a completion request', () => {
  test.each<[string, Json, Json]>([
    ['a prompt', { prompt: 'def f():' }, { choices: 1, maxOutputTokens: 16, stream: false, wantsUsage: false }],
    ['the middle', { prompt: 'def f(', suffix: '):\n  pass', max_tokens: 64 }, { choices: 1, maxOutputTokens: 64 }],
    ['nothing to go on from', {}, { choices: 1, maxOutputTokens: 16 }],
    ['null', { prompt: null, max_tokens: null }, { choices: 1, maxOutputTokens: 16 }],
    ['no output at all', { prompt: 'a', max_tokens: 0, echo: true }, { maxOutputTokens: 0 }],
    ['tokens', { prompt: [1, 2, 3] }, { choices: 1 }],
    ['several prompts', { prompt: ['a', 'b', 'c'], n: 2 }, { choices: 6 }],
    ['several prompts of tokens', { prompt: [[1, 2], [3]] }, { choices: 2 }],
    ['the best of many', { prompt: 'a', n: 2, best_of: 5 }, { choices: 5 }],
    [
      'a stream',
      { prompt: 'a', stream: true, stream_options: { include_usage: true } },
      { stream: true, wantsUsage: true },
    ],
    ['a huge limit', { prompt: 'a', max_tokens: 1e15 }, { maxOutputTokens: 10_000_000 }],
  ])('%s', (_name, fields, expected) => {
    expect(inspect(fields).facts).toMatchObject({ model: 'm', ...expected });
  });

  test.each<[string, Json]>([
    ['model', { model: 5 }],
    ['prompt', { prompt: [] }],
    ['prompt', { prompt: 5 }],
    ['prompt', { prompt: Array.from({ length: 10_001 }, () => 'a') }],
    ['n', { prompt: 'a', n: 0 }],
    ['best_of', { prompt: 'a', best_of: 1_001 }],
    ['max_tokens', { prompt: 'a', max_tokens: -1 }],
    ['stream', { prompt: 'a', stream: 'yes' }],
    ['stream_options', { prompt: 'a', stream_options: [] }],
  ])('%s is refused by name', (param, fields) => {
    expect(() => inspect(fields)).toThrow(expect.objectContaining({ code: 'invalid_request', details: { param } }));
  });

  test('no prompt has more tokens than bytes, each token of a list counted', () => {
    expect(inspect({ prompt: 'x'.repeat(500) }).facts.inputTokensMax).toBeGreaterThan(500);
    expect(inspect({ prompt: Array.from({ length: 500 }, () => 7) }).facts.inputTokensMax).toBeGreaterThan(500);
  });

  test('the model and the wish for usage are edited in the bytes, and nothing else', () => {
    const body = Buffer.from(
      '{ "model":"a/b", "prompt": "x", "stream":true,"logit_bias":{"50256":-100}, "seed":12479678939117453000}',
    );
    const request = legacyCompletions.inspectRequest(body);
    expect(request.edit({})).toBe(body);
    expect(request.edit({ model: 'b', includeUsage: true }).toString()).toBe(
      '{ "model":"b","stream_options":{"include_usage":true}, "prompt": "x", "stream":true,"logit_bias":{"50256":-100}, "seed":12479678939117453000}',
    );
  });
});

suite('answers', () => {
  test('text that came without usage is counted', () => {
    const body = { model: 'm', choices: [{ text: 'abcdefgh', finish_reason: 'length', index: 0 }] };
    expect(legacyCompletions.inspectResult(Buffer.from(JSON.stringify(body)))).toEqual({
      model: 'm',
      finishReason: { unified: 'length', raw: 'length' },
      outputTokensEstimate: 2,
    });
  });

  test.each([
    ['whole', 'data: [DONE]\n\n', true],
    ['cut', '', false],
  ])('a stream that is %s', (_name, end, complete) => {
    const chunk = (text: string, finish: string | null) =>
      `data: ${JSON.stringify({ model: 'm', choices: [{ text, index: 0, logprobs: null, finish_reason: finish }] })}\n\n`;
    const observer = legacyCompletions.observeStream({ hideUsage: true });
    expect(observer.push(Buffer.from(chunk('', null))).committed).toBe(false);
    expect(observer.push(Buffer.from(chunk('a', null) + chunk('bc', null) + chunk('d', null))).committed).toBe(true);
    if (complete) observer.push(Buffer.from(chunk('', 'stop') + end));
    expect(observer.end().summary).toMatchObject({ complete, model: 'm', outputTokensEstimate: 3 });
  });
});
