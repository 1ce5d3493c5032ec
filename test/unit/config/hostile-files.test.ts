import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfigYaml } from '../../../proxy/config/parse-config.ts';

const GOOD = `version: 1
server: { host: 127.0.0.1, port: 7420 }
timeZone: Europe/Berlin
providers:
  - id: openai
    kind: openai
    baseUrl: https://api.openai.com/v1
    credential: env:OPENAI_API_KEY
    models: &models
      - { id: gpt-4o-mini, inputUsdPerMTok: 0.15, outputUsdPerMTok: 0.60, contextTokens: 128000 }
  - { id: local, kind: openai-compatible, baseUrl: "http://127.0.0.1:1234/v1", models: *models }
accessKeys:
  - { id: cli, value: env:GATEHOUSE_KEY, project: chatbot }
budgets:
  - { id: month, scope: global, window: month, limitUsd: 20, onLimit: block }
killSwitch: { global: false }
`;
const PIECES = [
  '\t',
  '\n',
  ' ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a',
  '*a',
  '!x',
  '|',
  '>',
  '#',
  '%',
  '@',
  '?',
  '<<: ',
  '...',
  '---',
  '\0',
  '\ufeff',
  '\u2028',
  '__proto__',
  'constructor',
  '1e999',
  '-0',
  '.inf',
  '.nan',
  'null',
  '💥',
];

/** A cut, a doubled piece or an insertion, several times. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(GOOD.length),
      cut: fc.nat(30),
      insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 }), fc.constant('')),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) => edits.reduce((text, { at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut), GOOD));

test('the file that is damaged below is good', () => {
  expect(parseConfigYaml(GOOD)).toMatchObject({ ok: true });
});

test('a damaged file is accepted or explained, and never thrown over', () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const result = parseConfigYaml(text);
      if (result.ok) return;
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { message, line, column } of result.problems) {
        expect(message).not.toBe('');
        expect(line ?? 1).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
        expect(column ?? 1).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['brackets', `version: ${'['.repeat(60_000)}`],
  ['braces', `version: ${'{a: '.repeat(30_000)}`],
  ['dashes', '- '.repeat(60_000)],
  ['question marks', '? '.repeat(60_000)],
  ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  [
    'aliases of aliases',
    `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`).join('\n')}`,
  ],
  ['an alias of itself', 'version: &a [*a]'],
  ['keys of the prototype', 'version: 1\n__proto__: { providers: [] }\nconstructor: 1\n'],
  ['quotes', `version: ${'"'.repeat(60_001)}`],
])('too many %s are refused, not crashed on', (_name, text) => {
  expect(parseConfigYaml(text)).toMatchObject({ ok: false });
});
