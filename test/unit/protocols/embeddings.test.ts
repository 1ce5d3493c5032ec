/** Requests for embeddings: input is all that they cost. */
import { expect, suite, test } from 'vitest';
import { embeddings } from '../../../proxy/protocols/embeddings/codec.ts';

type Json = Record<string, unknown>;
const inspect = (fields: Json) => embeddings.inspectRequest(Buffer.from(JSON.stringify({ model: 'm', ...fields })));

suite('facts of an embeddings request', () => {
  test.each<[string, unknown]>([
    ['a text', 'hello'],
    ['texts', ['hello', 'world']],
    ['tokens', [1, 2, 3]],
    ['lists of tokens', [[1], [2, 3]]],
  ])('%s', (_name, input) => {
    const { facts } = inspect({ input, encoding_format: 'base64', dimensions: 256 });
    expect(facts).toMatchObject({ model: 'm', stream: false, wantsUsage: false, maxOutputTokens: 0, choices: 1 });
    expect(facts.inputTokensMax).toBeGreaterThan(JSON.stringify(input).length);
    expect(facts.inputTokensMax).toBeLessThan(2_000);
  });

  test('an image counts as one, though its URL is short', () => {
    const input = [{ content: [{ type: 'image_url', image_url: { url: 'https://x/y' } }] }];
    expect(inspect({ input }).facts.inputTokensMax).toBeGreaterThan(50_000);
  });

  test.each<[string, Json]>([
    ['input', {}],
    ['input', { input: '' }],
    ['input', { input: [] }],
    ['input', { input: null }],
    ['model', { input: 'x', model: '' }],
  ])('%s is refused by name', (param, fields) => {
    expect(() => inspect(fields)).toThrow(expect.objectContaining({ code: 'invalid_request', details: { param } }));
  });

  test('only the model is edited', () => {
    const body = Buffer.from('{"input":["a"],"model":"openai/x" ,"encoding_format":"base64"}');
    const request = embeddings.inspectRequest(body);
    expect(request.edit({ model: 'x', includeUsage: true }).toString()).toBe(
      '{"input":["a"],"model":"x" ,"encoding_format":"base64"}',
    );
    expect(request.edit({ includeUsage: true })).toBe(body);
  });
});

suite('answers', () => {
  const data = (length: number) => [{ object: 'embedding', index: 0, embedding: 'A'.repeat(length) }];
  test.each([10, 20_000])('usage of an answer with %i letters', (length) => {
    const body = { object: 'list', data: data(length), model: 'm', usage: { prompt_tokens: 8, total_tokens: 8 } };
    expect(embeddings.inspectResult(Buffer.from(JSON.stringify(body)))).toEqual({
      model: 'm',
      usage: { inputTokens: 8, outputTokens: 0 },
      outputTokensEstimate: 0,
    });
  });

  test('usage that nobody reported stays unknown', () => {
    const body = { object: 'list', data: data(3), model: 'm' };
    expect(embeddings.inspectResult(Buffer.from(JSON.stringify(body)))).toEqual({
      model: 'm',
      outputTokensEstimate: 0,
    });
  });

  test('an error', () => {
    const body = '{"object":"error","message":"Invalid model","code":"1500"}';
    expect(embeddings.inspectResult(Buffer.from(body)).error).toEqual({ code: '1500', message: 'Invalid model' });
  });
});
