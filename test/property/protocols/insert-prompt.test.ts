/** A saved prompt in any request: it says the same as the same request written by hand, and no byte of the client's changes. */
import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import type { PromptMessage } from '../../../proxy/contract/prompts.ts';
import { expanded } from '../../support/prompts.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
/** As a client may write it: with escapes of any kind. */
const written = fc
  .tuple(text, fc.boolean())
  .map(([value, escaped]) =>
    escaped
      ? `"${Array.from({ length: value.length }, (_, at) => `\\u${value.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
      : JSON.stringify(value),
  );
const spacing = fc.constantFrom('', ' ', '\n\t');
const message = fc.record<PromptMessage>({
  role: fc.constantFrom('system', 'developer', 'user', 'assistant'),
  // No variables of its own: values for them are a property of their own, below.
  content: text.map((words) => words.replaceAll('{{', '{ {')),
});
const prompt = fc.record({
  messages: fc.array(message, { minLength: 1, maxLength: 4 }),
  parameters: fc.record(
    {
      model: fc.constant('a/b'),
      temperature: fc.constantFrom(0, 0.7),
      topP: fc.constant(0.5),
      maxTokens: fc.constant(9),
    },
    { requiredKeys: [] },
  ),
});
/** The client's own members as source texts, among which the reference stands anywhere. */
const others = fc.uniqueArray(
  fc.tuple(
    fc.string({ unit: 'grapheme', maxLength: 6 }).map((key) => `x${key}`),
    fc.oneof(
      written,
      fc.constantFrom('1e400', '18446744073709551615', '-0.10', '[ ]', '{"prompt":{"id":"gatehouse/p"}}'),
    ),
  ),
  { maxLength: 4, selector: ([key]) => key },
);

function bodyOf(members: readonly (readonly [string, string])[], at: number, space: string): string {
  const all = members.map(([key, value]) => `${JSON.stringify(key)}${space}:${value}`);
  all.splice(at % (all.length + 1), 0, `"prompt"${space}:${space}{"id":"gatehouse/p"}`);
  return `{${space}${all.join(`${space},${space}`)}${space}}`;
}

/** The client's members whose bytes are still there, in order, one behind the other. */
function stillThere(body: string, members: readonly (readonly [string, string])[]): boolean {
  let at = 0;
  for (const [, value] of members) {
    at = body.indexOf(value, at);
    if (at === -1) return false;
    at += value.length;
  }
  return true;
}

const SYSTEM = new Set(['system', 'developer']);

suite('a saved prompt in any request', () => {
  test('openai-chat', () => {
    fc.assert(
      fc.property(
        prompt,
        others,
        fc.array(written, { maxLength: 3 }),
        fc.nat(9),
        spacing,
        (saved, more, turns, at, space) => {
          const own = turns.map((content) => `{"role":"user","content":${content}}`);
          const members = [['model', '"m"'], ['messages', `[${space}${own.join(',')}]`], ...more] as const;
          const body = expanded('openai-chat', bodyOf(members, at, space), saved);
          const { temperature, topP, maxTokens } = saved.parameters;
          expect(JSON.parse(body)).toEqual({
            ...JSON.parse(`{${more.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
            model: 'm',
            messages: [...saved.messages, ...JSON.parse(`[${own.join(',')}]`)],
            ...(temperature === undefined ? {} : { temperature }),
            ...(topP === undefined ? {} : { top_p: topP }),
            ...(maxTokens === undefined ? {} : { max_completion_tokens: maxTokens }),
          });
          expect(stillThere(body, [['model', '"m"'], ...own.map((turn) => ['', turn] as const), ...more])).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('openai-responses', () => {
    fc.assert(
      fc.property(prompt, others, written, written, fc.nat(9), spacing, (saved, more, input, system, at, space) => {
        const members = [['instructions', system], ['input', input], ['model', '"m"'], ...more] as const;
        const body = JSON.parse(expanded('openai-responses', bodyOf(members, at, space), saved));
        const first = saved.messages.findIndex(({ role }) => !SYSTEM.has(role));
        const leading = saved.messages.slice(0, first === -1 ? undefined : first);
        const rest = saved.messages.slice(leading.length);
        expect(body.instructions).toBe([...leading.map(({ content }) => content), JSON.parse(system)].join('\n\n'));
        const own = JSON.parse(input);
        expect(body.input).toEqual(rest.length === 0 ? own : [...rest, { role: 'user', content: own }]);
      }),
      { numRuns: 500 },
    );
  });

  test('anthropic-messages', () => {
    fc.assert(
      fc.property(prompt, others, written, written, fc.nat(9), spacing, (saved, more, turn, system, at, space) => {
        const own = `{"role":"user","content":${turn}}`;
        const members = [['system', system], ['messages', `[${own}]`], ['model', '"m"'], ...more] as const;
        const text = expanded('anthropic-messages', bodyOf(members, at, space), saved);
        const body = JSON.parse(text);
        const systems = saved.messages.filter(({ role }) => SYSTEM.has(role)).map(({ content }) => content);
        const told =
          typeof body.system === 'string' ? [body.system] : body.system.map((block: { text: string }) => block.text);
        expect(told).toEqual([...systems, JSON.parse(system)]);
        expect(body.messages).toEqual([...saved.messages.filter(({ role }) => !SYSTEM.has(role)), JSON.parse(own)]);
        expect(body.max_tokens).toBe(saved.parameters.maxTokens);
        expect(stillThere(text, [['', system], ['', own], ['', '"m"'], ...more])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('gemini', () => {
    fc.assert(
      fc.property(prompt, others, written, written, fc.nat(9), spacing, (saved, more, turn, system, at, space) => {
        const own = `{"parts":[{"text":${turn}}]}`;
        const parts = `{"parts":[{"text":${system}}]}`;
        const members = [
          ['system_instruction', parts],
          ['contents', `[${own}]`],
          ['generationConfig', '{"topP":1}'],
          ...more,
        ] as const;
        const text = expanded('gemini', bodyOf(members, at, space), saved);
        const body = JSON.parse(text);
        const systems = saved.messages.filter(({ role }) => SYSTEM.has(role)).map(({ content }) => ({ text: content }));
        expect(body.system_instruction.parts).toEqual([...systems, { text: JSON.parse(system) }]);
        expect(body.contents).toEqual([
          ...saved.messages
            .filter(({ role }) => !SYSTEM.has(role))
            .map(({ role, content }) => ({ role: role === 'user' ? 'user' : 'model', parts: [{ text: content }] })),
          JSON.parse(own),
        ]);
        const { temperature, maxTokens } = saved.parameters;
        expect(body.generationConfig).toEqual({
          topP: 1,
          ...(temperature === undefined ? {} : { temperature }),
          ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
        });
        expect(stillThere(text, [['', `{"text":${system}}`], ['', own], ...more])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('values are put in once, as they are', () => {
    const value = fc.oneof(text, fc.constantFrom('{{a}}', '{{b}}', '$&', '$1', '$$'));
    fc.assert(
      fc.property(value, value, (a, b) => {
        const saved = { messages: [{ role: 'user' as const, content: 'x {{a}} y {{ b }} z {{a}}' }] };
        const body = { model: 'm', prompt: { id: 'gatehouse/p', variables: { a, b } } };
        const { messages } = JSON.parse(expanded('openai-chat', JSON.stringify(body), saved));
        expect(messages).toEqual([{ role: 'user', content: `x ${a} y ${b} z ${a}` }]);
      }),
      { numRuns: 500 },
    );
  });
});
