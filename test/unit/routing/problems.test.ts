import { describe, expect, it } from 'vitest';
import { config as configSchema } from '../../../proxy/contract/config.ts';
import { compileRouting } from '../../../proxy/routing/compile.ts';
import { patternsReady } from '../../../proxy/routing/pattern-engine.ts';
import { routingProblems } from '../../../proxy/routing/problems.ts';
import type { RoutingInput } from './support/fixtures.ts';

await patternsReady('promptMatches');

const KNOWN = new Set(['gpt-4o', 'llama-3.3-70b', 'meta/llama']);
const parsed = (input: RoutingInput) => configSchema.parse({ version: 1, ...input });
const problems = (input: RoutingInput, knows?: (name: string) => boolean) =>
  routingProblems(parsed(input), ['openai', 'groq'], knows).map(({ path, message }) => `${path.join('.')}: ${message}`);
const knows = (name: string) => KNOWN.has(name);

describe('problems of routing', () => {
  it('are none in a sound config', () => {
    const input: RoutingInput = {
      virtualModels: [
        { id: 'gatehouse/fast', targets: ['openai/gpt-4o', 'gatehouse/llama-3.3-70b'] },
        { id: 'gatehouse/nested', targets: ['gatehouse/fast'] },
      ],
      routing: {
        fallbacks: { 'openai/gpt-4o': ['gatehouse/fast', 'gpt-4o', 'auto:code', 'meta/llama', 'gpt-4o:cheap', 'chat'] },
        rules: [{ name: 'r', when: { promptMatches: '(?i)stack trace' }, use: 'groq/anything' }],
        splits: [{ name: 's', model: 'chat', targets: [{ use: 'groq/llama', weight: 1 }] }],
      },
    };
    expect(problems(input, knows)).toEqual([]);
  });

  const rows: [what: string, input: RoutingInput, found: string[]][] = [
    [
      'a target at an unknown provider',
      { virtualModels: [{ id: 'gatehouse/v', targets: ['azure/gpt-4o'] }] },
      ['virtualModels.0.targets.0: found the provider "azure"; expected one of openai, groq'],
    ],
    [
      'a target that nobody has',
      { virtualModels: [{ id: 'gatehouse/v', targets: ['gatehouse/none', 'gatehouse/auto'] }] },
      [
        'virtualModels.0.targets.0: found "gatehouse/none"; no provider has a model of this name',
        'virtualModels.0.targets.1: found auto, which chooses by itself; expected provider/model or a virtual model',
      ],
    ],
    [
      'a circle',
      {
        virtualModels: [
          { id: 'gatehouse/a', targets: ['gatehouse/b'] },
          { id: 'gatehouse/b', targets: ['gatehouse/a', 'openai/x'] },
          { id: 'gatehouse/c', targets: ['gatehouse/a'] },
        ],
      },
      [
        'virtualModels.0.targets: "gatehouse/a" leads back to itself; expected targets that are models in the end',
        'virtualModels.1.targets: "gatehouse/b" leads back to itself; expected targets that are models in the end',
      ],
    ],
    [
      'a pattern that is none',
      { routing: { rules: [{ name: 'r', when: { promptMatches: '(a' }, mode: 'cheap' }] } },
      [
        'routing.rules.0.when.promptMatches: not a regular expression of RE2 syntax (no look-around, no back references): missing closing ): `(a`',
      ],
    ],
    [
      'a rule and a fallback that lead nowhere',
      { routing: { fallbacks: { x: ['gone'] }, rules: [{ name: 'r', when: {}, use: 'nowhere/m' }] } },
      [
        'routing.fallbacks.x.0: found "gone"; expected provider/model with one of openai, groq, a model or family that a provider lists, a virtual model, or auto',
        'routing.rules.0.use: found "nowhere/m"; expected provider/model with one of openai, groq, a model or family that a provider lists, a virtual model, or auto',
      ],
    ],
    [
      'two splits of one name, and an arm at an unknown provider',
      {
        routing: {
          splits: [
            { name: 'one', model: 'chat', targets: [{ use: 'openai/a', weight: 1 }] },
            { name: 'two', model: 'chat', targets: [{ use: 'azure/a', weight: 1 }] },
          ],
        },
      },
      [
        'routing.splits.1.model: the split "one" already divides "chat"',
        'routing.splits.1.targets.0.use: found the provider "azure"; expected one of openai, groq',
      ],
    ],
  ];
  it.each(rows)('%s', (_what, input, found) => expect(problems(input, knows)).toEqual(found));

  it('takes names of models on trust where nobody can say', () => {
    expect(problems({ routing: { fallbacks: { x: ['gone'] } } })).toEqual([]);
  });

  it('says the path of a bad pattern when it is compiled all the same', () => {
    const input: RoutingInput = {
      routing: { rules: [{ name: 'r', when: { promptMatches: '(?=a)' }, mode: 'cheap' }] },
    };
    expect(() => compileRouting(parsed(input))).toThrowError(
      expect.objectContaining({
        code: 'invalid_request',
        message: expect.stringMatching(/^routing\.rules\[0\]\.when\.promptMatches: /),
      }),
    );
  });
});
