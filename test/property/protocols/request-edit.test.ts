import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

const OWN = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'n',
  'max_tokens',
  'max_completion_tokens',
  '__proto__',
]);
const extras = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 10 }).filter((key) => !OWN.has(key)),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
  { maxKeys: 6 },
);
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const streamOptions = fc.option(
  fc.oneof(
    fc.constant(null),
    fc.record(
      { include_usage: fc.option(fc.boolean(), { nil: null }), include_obfuscation: fc.boolean() },
      { requiredKeys: [] },
    ),
  ),
  { nil: undefined },
);

/** Members in any order, with any spacing. */
const request = fc
  .record({
    model: text.filter((name) => name !== ''),
    stream: fc.boolean(),
    options: streamOptions,
    words: fc.array(text, { minLength: 1, maxLength: 4 }),
    more: extras,
  })
  .chain(({ model, stream, options, words, more }) => {
    const value: [string, unknown][] = [
      ['model', model],
      ['stream', stream],
      ['messages', words.map((content) => ({ role: 'user', content }))],
      ...(options === undefined ? [] : [['stream_options', options] as [string, unknown]]),
      ...Object.entries(more),
    ];
    return fc.tuple(
      fc.shuffledSubarray(value, { minLength: value.length, maxLength: value.length }),
      fc.constantFrom(undefined, 1, '\t'),
      fc.constant({ model, stream, words }),
    );
  })
  .map(([members, space, told]) => ({
    body: Buffer.from(JSON.stringify(Object.fromEntries(members), null, space)),
    told,
  }));

suite('edits of any request', () => {
  test('change what they name and nothing else', () => {
    fc.assert(
      fc.property(
        request,
        text.filter((name) => name !== ''),
        fc.boolean(),
        ({ body, told }, model, includeUsage) => {
          const inspected = openAiChat.inspectRequest(body);
          expect(inspected.facts).toMatchObject({ model: told.model, stream: told.stream });
          const edited = inspected.edit({ model, includeUsage });
          const before = JSON.parse(body.toString());
          const expected = { ...before, model };
          if (includeUsage && told.stream) expected.stream_options = { ...before.stream_options, include_usage: true };
          expect(JSON.parse(edited.toString())).toEqual(expected);
          expect(Object.keys(JSON.parse(edited.toString())).filter((key) => key !== 'stream_options')).toEqual(
            Object.keys(before).filter((key) => key !== 'stream_options'),
          );
          // Reading it back finds the edits; doing them again changes nothing.
          const again = openAiChat.inspectRequest(edited);
          expect(again.edit({ model, includeUsage })).toBe(edited);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('no text has more tokens than the bound', () => {
    fc.assert(
      fc.property(request, ({ body, told }) => {
        const bytes = told.words.reduce((sum, word) => sum + Buffer.byteLength(word), 0);
        const { facts } = openAiChat.inspectRequest(body);
        expect(facts.inputTokensMax).toBeGreaterThanOrEqual(bytes + 4 * told.words.length);
        expect(facts.inputTokensEstimate).toBeLessThanOrEqual(facts.inputTokensMax);
      }),
      { numRuns: 1_000 },
    );
  });
});
