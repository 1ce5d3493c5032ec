import { describe, expect, test } from 'vitest';
import { takeAlternates } from '../../../proxy/pipeline/alternates.ts';

const taken = (text: string) => {
  const { body, alternates } = takeAlternates(Buffer.from(text));
  return { body: body.toString(), alternates };
};

describe('models: [...] of a request', () => {
  test.each([
    ['first', '{"models":["a/b","c"],"model":"x"}', '{"model":"x"}'],
    ['first, with spaces', '{ "models" : ["a/b","c"] , "model":"x"}', '{ "model":"x"}'],
    ['last', '{"model":"x","models":["a/b","c"]}', '{"model":"x"}'],
    [
      'in the middle',
      '{"model":"x" , "models":["a/b","c"], "seed":18446744073709551615}',
      '{"model":"x", "seed":18446744073709551615}',
    ],
    ['alone', '{"models":["a/b","c"]}', '{}'],
    ['with its name escaped', '{"m\\u006fdels":["a/b","c"],"x":{"models":1}}', '{"x":{"models":1}}'],
  ])('is taken out where it stands %s', (_where, body, rest) => {
    expect(taken(body)).toEqual({ body: rest, alternates: ['a/b', 'c'] });
  });

  test('a body without it is the very same buffer', () => {
    const body = Buffer.from('{"model":"x","messages":[{"content":"my \\"models\\": []"}]}');
    expect(takeAlternates(body).body).toBe(body);
  });

  test("a nested one is the client's own", () => {
    const text = '{"model":"x","metadata":{"models":["a"]}}';
    expect(taken(text)).toEqual({ body: text, alternates: [] });
  });

  test('null is none, and goes too', () => {
    expect(taken('{"model":"x","models":null}')).toEqual({ body: '{"model":"x"}', alternates: [] });
  });

  test.each([
    ['a string', '{"models":"a"}'],
    ['numbers', '{"models":[1]}'],
    ['empty names', '{"models":[""]}'],
    ['too many', `{"models":${JSON.stringify(Array(9).fill('a'))}}`],
    ['twice', '{"models":["a"],"models":["b"]}'],
  ])('refuses %s', (_what, body) => {
    expect(() => taken(body)).toThrow(/"models"/);
  });

  test('leaves what is no JSON to the codec', () => {
    expect(taken('{"models":[')).toEqual({ body: '{"models":[', alternates: [] });
  });
});
