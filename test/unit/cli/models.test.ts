import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilities, modelsTable } from '../../../proxy/cli/models/models-table.ts';
import { selectModels } from '../../../proxy/cli/models/select-models.ts';
import { type ModelView, modelView } from '../../../proxy/contract/views.ts';
import { freshDir, run } from '../../support/cli/captured-io.ts';

const model = (id: string, more: Partial<ModelView> = {}): ModelView => ({ id, provider: 'p', ...more });

describe('gatehouse models, without a gateway', () => {
  const at = () => ['--data-dir', freshDir()];

  test('shows what the default config can call, and says that nobody was asked', async () => {
    const { code, out, err } = await run(['models', ...at()]);
    expect(code).toBe(0);
    expect(out).toMatch(/^MODEL +CONTEXT +MAX OUTPUT +INPUT +OUTPUT +CACHE READ +CAN\n/);
    expect(out).toMatch(/^sim\/echo +1,000,000 +4,096 +\$1\.00 +\$2\.00 +\$0\.10/m);
    expect(err).toContain('No gateway runs on this data directory');
  });

  test('takes the providers of a config file, with its own prices, and leaves out what is switched off', async () => {
    const file = join(freshDir(), 'gatehouse.yaml');
    writeFileSync(
      file,
      [
        'version: 1',
        'providers:',
        '  - id: work',
        '    kind: openai',
        '    models:',
        '      - { id: gpt-4o-mini, inputUsdPerMTok: 0.1, outputUsdPerMTok: 0.2, tier: premium }',
        '      - { id: ours, family: ours-1 }',
        '  - { id: off, kind: openai, enabled: false }',
      ].join('\n'),
    );
    const { code, out } = await run(['models', '--config', file, '--json', ...at()]);
    expect(code).toBe(0);
    const views = modelView.array().parse(JSON.parse(out));
    const byId = new Map(views.map((view) => [view.id, view]));
    expect(byId.get('work/gpt-4o-mini')).toMatchObject({
      inputUsdPerMTok: 0.1,
      outputUsdPerMTok: 0.2,
      cacheReadUsdPerMTok: 0.075,
      priceSource: 'config',
      tier: 'premium',
      tools: true,
    });
    expect(byId.get('work/gpt-4o')?.priceSource).toContain('litellm');
    expect(byId.get('work/ours')).toEqual({ id: 'work/ours', provider: 'work', family: 'ours-1' });
    expect(new Set(views.map((view) => view.provider))).toEqual(new Set(['work']));
    const table = await run(['models', '--config', file, '--search', 'ours', ...at()]);
    expect(table.out).toMatch(/^work\/ours( +unknown){6}$/m);
  });

  test('a file that does not hold is refused with its place', async () => {
    const file = join(freshDir(), 'bad.yaml');
    writeFileSync(file, 'version: 1\nproviders:\n  - { id: a, kind: openai, allowUnpricd: true }\n');
    const { code, err } = await run(['models', '--config', file, ...at()]);
    expect(code).toBe(3);
    expect(err).toContain('allowUnpricd');
  });

  test('compares one family over the whole catalog, cheapest first, unknown prices last', async () => {
    const { out } = await run(['models', '--all', '--search', 'LLAMA-3.3-70B', '--sort', 'price', '--json', ...at()]);
    const views = modelView.array().parse(JSON.parse(out));
    expect(new Set(views.map((view) => view.provider)).size).toBeGreaterThan(3);
    const prices = views.map((view) => 3 * (view.inputUsdPerMTok ?? 1e9) + (view.outputUsdPerMTok ?? 1e9));
    expect(prices).toEqual(prices.toSorted((left, right) => left - right));
  });

  test.each([
    [['--provider', 'groq'], 0, /No provider "groq" is set up here/],
    [['--provider', 'nobody'], 1, /no provider "nobody".*It covers: openai, anthropic/],
    [['--sort', 'colour'], 2, /Allowed choices are name, price, context/],
  ])('%j', async (argv, code, words) => {
    const result = await run(['models', ...argv, ...at()]);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(words);
    if (code === 0) expect(result.out).toMatch(/^groq\/llama-3\.3-70b-versatile /m);
  });

  test('nothing found says so', async () => {
    expect((await run(['models', '--search', 'no such thing', ...at()])).out).toBe('No model matches.\n');
    expect((await run(['models', '--search', 'no such thing', '--json', ...at()])).out).toBe('[]\n');
  });
});

test.each([
  ['name', ['a', 'b', 'c']],
  ['price', ['b', 'c', 'a']],
  ['context', ['c', 'a', 'b']],
] as const)('sorted by %s', (sort, ids) => {
  const models = [
    model('c', { inputUsdPerMTok: 1, outputUsdPerMTok: 9, contextTokens: 20 }),
    model('a', { inputUsdPerMTok: 1, contextTokens: 10 }),
    model('b', { inputUsdPerMTok: 2, outputUsdPerMTok: 2 }),
  ];
  expect(selectModels(models, undefined, sort).map(({ id }) => id)).toEqual(ids);
});

test('every word is looked for, in id, family and description', () => {
  const models = [model('p/x', { family: 'llama-3', description: 'Fast' }), model('p/llama'), model('q/fast')];
  expect(selectModels(models, ' FAST llama ', 'name').map(({ id }) => id)).toEqual(['p/x']);
});

test.each([
  [{}, 'unknown'],
  [{ tools: true, reasoning: false, structuredOutput: true, inputModalities: ['text', 'image'] }, 'tools, json, image'],
  [{ tools: false, reasoning: false, structuredOutput: false, inputModalities: ['text'] }, 'text'],
  [{ tools: true }, 'tools; unknown: reasoning, json, images'],
  [{ purpose: 'embedding' as const }, 'embedding'],
])('%o can: %s', (facts, words) => {
  expect(capabilities(model('m', facts))).toBe(words);
});

test('the table: 0 is free, what has no output has none, small prices keep their digits', () => {
  const table = modelsTable([
    model('free', { inputUsdPerMTok: 0, outputUsdPerMTok: 0 }),
    model('vector', { purpose: 'embedding', inputUsdPerMTok: 0.0125, contextTokens: 512 }),
  ]);
  expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['MODEL', 'CONTEXT', 'MAX OUTPUT', 'INPUT', 'OUTPUT', 'CACHE READ', 'CAN'],
    ['free', 'unknown', 'unknown', 'free', 'free', 'unknown', 'unknown'],
    ['vector', '512', '-', '$0.0125', '-', '-', 'embedding'],
  ]);
});
