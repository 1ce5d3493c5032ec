import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../../proxy/catalog/built-in.ts';
import { createCatalog } from '../../../proxy/catalog/catalog.ts';
import { type CatalogModel, catalogModel } from '../../../proxy/catalog/catalog-model.ts';
import { encodeRow, rowReader } from '../../../proxy/catalog/catalog-row.ts';
import { tierOf } from '../../../proxy/catalog/tier.ts';
import { usdToNano } from '../../../proxy/contract/money.ts';
import { costNano, upperBoundNano } from '../../../proxy/core/price.ts';

const catalog = builtInCatalog();
/** Second names of Claude 4, listed only by sources that do not hold this price. */
const ANTHROPIC_WITHOUT_HOUR = [
  'claude-4-opus-20250514',
  'claude-4-sonnet-20250514',
  'claude-opus-4-0',
  'claude-sonnet-4-0',
];

const of = (id: string) => catalog.models('openai').find((model) => model.id === id);

describe('the catalog that ships', () => {
  test('has prices in nano-dollars per million tokens, and says who says so', () => {
    expect(of('gpt-4o-mini')).toMatchObject({
      id: 'gpt-4o-mini',
      price: { inputNanoPerMTok: 150_000_000, outputNanoPerMTok: 600_000_000, cacheReadNanoPerMTok: 75_000_000 },
      priceSource: 'models-dev, litellm, genai-prices',
      priceAsOf: catalog.asOf,
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
      purpose: 'chat',
      family: 'gpt-4o-mini',
      tier: 'economy',
      tools: true,
      reasoning: false,
    });
  });

  test('a dated id is an entry of its own, and an unlisted one is unknown', () => {
    expect(of('gpt-4o-2024-05-13')?.price?.inputNanoPerMTok).toBe(5_000_000_000);
    expect(of('gpt-4o-2024-08-06')?.price?.inputNanoPerMTok).toBe(2_500_000_000);
    expect(catalog.entry('openai', 'gpt-4o-2031-01-01')).toBeUndefined();
    expect(catalog.entry('openai', 'gpt-4o')?.id).toBe('gpt-4o');
  });

  test('covers the ten hosted providers, each with prices', () => {
    expect(catalog.kinds.map((kind) => [kind, catalog.models(kind).length > 9])).toEqual(
      ['openai', 'anthropic', 'google', 'bedrock', 'groq', 'together', 'xai', 'mistral', 'deepinfra', 'openrouter'].map(
        (kind) => [kind, true],
      ),
    );
    const all = catalog.kinds.flatMap((kind) => catalog.models(kind));
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter((model) => model.price === undefined)).toEqual([]);
  });

  test.each(catalog.kinds)('%s: every price is plausible, every value names its source', (kind) => {
    for (const { id, price, tier, priceSource } of catalog.models(kind)) {
      const entry = catalog.entry(kind, id);
      if (entry === undefined) throw new Error(`${id} has no entry`);
      expect(catalogModel.safeParse(entry).error, id).toBeUndefined();
      const { from, tiers = [], id: _id, purpose, family: _family, responsesOnly: _only, ...fields } = entry;
      for (const field of Object.keys(fields)) expect(from[field]?.length, `${id}.${field}`).toBeGreaterThan(0);
      const { inputUsdPerMTok: input, outputUsdPerMTok: output } = entry;
      expect(purpose === 'embedding' || output !== undefined, id).toBe(true);
      expect(price?.inputNanoPerMTok, id).toBe(usdToNano(input));
      expect(tier, id).toBeTruthy();
      expect(priceSource, id).toBeTruthy();
      if (input === 0) expect(id).toMatch(/free/i);
      // The dearest that any of them has is 600 USD; a price per thousand tokens would be far above.
      expect(Math.max(input, output ?? 0), id).toBeLessThanOrEqual(600);
      expect(entry.cacheReadUsdPerMTok ?? 0, id).toBeLessThanOrEqual(input);
      expect(entry.cacheWrite1hUsdPerMTok ?? Number.POSITIVE_INFINITY, id).toBeGreaterThanOrEqual(
        entry.cacheWriteUsdPerMTok ?? 0,
      );
      expect(entry.maxOutputTokens ?? 0, id).toBeLessThanOrEqual(entry.contextTokens ?? Number.POSITIVE_INFINITY);
      let below = input;
      for (const step of tiers) {
        expect(step.inputUsdPerMTok, id).toBeGreaterThanOrEqual(below);
        below = step.inputUsdPerMTok ?? below;
      }
    }
  });

  test('knows the price of an hour in the cache wherever Anthropic still sells the model', () => {
    const without = catalog
      .models('anthropic')
      .filter((model) => model.price?.cacheWrite1hNanoPerMTok === undefined)
      .map((model) => model.id);
    expect(without).toEqual(ANTHROPIC_WITHOUT_HOUR);
  });

  test('another kind is not guessed from the id', () => {
    expect(catalog.models('openai-compatible')).toEqual([]);
  });

  test('an embedding is known as one and costs its input', () => {
    const embedding = of('text-embedding-3-small');
    expect(embedding).toMatchObject({
      purpose: 'embedding',
      price: { inputNanoPerMTok: 20_000_000, outputNanoPerMTok: 0 },
    });
    expect(of('gpt-3.5-turbo-instruct')?.purpose).toBe('completion');
    expect(of('gpt-5-pro')?.responsesOnly).toBe(true);
  });
});

describe('families', () => {
  test.each([
    ['llama-3.3-70b', ['bedrock', 'groq', 'together', 'deepinfra', 'openrouter']],
    ['claude-sonnet-4-5', ['anthropic', 'bedrock', 'openrouter']],
    ['gpt-oss-120b', ['bedrock', 'groq', 'together', 'deepinfra', 'openrouter']],
    ['gemini-2.5-flash', ['google', 'deepinfra', 'openrouter']],
    ['mistral-large-2512', ['bedrock', 'mistral', 'openrouter']],
  ])('%s is at %j', (family, kinds) => {
    expect([
      ...new Set(
        catalog
          .families()
          .get(family)
          ?.map((member) => member.kind),
      ),
    ]).toEqual(kinds);
  });

  test('of one provider, dated ids and all', () => {
    expect(catalog.inFamily('anthropic', 'claude-sonnet-4-5').map((model) => model.id)).toEqual([
      'claude-sonnet-4-5',
      'claude-sonnet-4-5-20250929',
    ]);
    expect(catalog.inFamily('groq', 'claude-sonnet-4-5')).toEqual([]);
  });
});

test.each([
  [0.1, 0.4, 'economy'],
  [1, 1, 'standard'],
  [0.9, 1.29, 'economy'],
  [3, 15, 'standard'],
  [8, 8, 'standard'],
  [5, 25, 'premium'],
] as const)('%d in and %d out is %s', (input, output, tier) => {
  expect(tierOf(input, output)).toBe(tier);
});

describe('input above the threshold', () => {
  const price = of('gpt-5.4')?.price;
  if (price === undefined) throw new Error('gpt-5.4 has no price');

  test.each([
    [{ inputTokens: 272_000, outputTokens: 0 }, 680_000_000],
    [{ inputTokens: 272_001, outputTokens: 0 }, 1_360_005_000],
    [{ inputTokens: 1, cacheReadTokens: 272_000, outputTokens: 1_000_000 }, 5_000 + 136_000_000 + 22_500_000_000],
  ])('%o costs %d nano-dollars', (usage, nano) => {
    expect(costNano(usage, price)).toBe(nano);
  });

  test('is in the upper bound as soon as it can be reached', () => {
    expect(upperBoundNano(272_000, 0, price)).toBe(680_000_000);
    expect(upperBoundNano(272_001, 0, price)).toBe(1_360_005_000);
  });
});

describe("the config's models", () => {
  const merged = (override: object) =>
    catalog.mergeModels('openai', [{ id: 'gpt-5.4', ...override }]).find((model) => model.id === 'gpt-5.4');

  test('win field by field', () => {
    expect(merged({ maxOutputTokens: 5 })).toEqual({ ...of('gpt-5.4'), maxOutputTokens: 5 });
    expect(merged({ family: 'mine', tier: 'premium', quality: 9, code: 8, allowUnpriced: true })).toEqual({
      ...of('gpt-5.4'),
      family: 'mine',
      tier: 'premium',
      quality: 9,
      code: 8,
      allowUnpriced: true,
    });
    expect(merged({ cacheWrite1hUsdPerMTok: 7 })).toMatchObject({
      price: { inputNanoPerMTok: 2_500_000_000, cacheWrite1hNanoPerMTok: 7_000_000_000 },
      priceSource: 'config',
    });
    expect(merged({ outputUsdPerMTok: 1 })?.price).toEqual({
      inputNanoPerMTok: 2_500_000_000,
      outputNanoPerMTok: 1_000_000_000,
      cacheReadNanoPerMTok: 250_000_000,
    });
  });

  test('are added when the catalog does not know them; half a price is no price', () => {
    const added = catalog.mergeModels('openai-compatible', [
      { id: 'free', inputUsdPerMTok: 0, outputUsdPerMTok: 0, contextTokens: 10 },
      { id: 'half', inputUsdPerMTok: 1 },
    ]);
    expect(added).toEqual([
      {
        id: 'free',
        price: { inputNanoPerMTok: 0, outputNanoPerMTok: 0 },
        priceSource: 'config',
        contextTokens: 10,
        tier: 'economy',
      },
      { id: 'half' },
    ]);
  });
});

const ROW = encodeRow({ id: 'a', purpose: 'chat', inputUsdPerMTok: 1, outputUsdPerMTok: 2, from: {} }, []);

test.each([
  ['another version', { version: 1 }],
  ['a doubled id', { kinds: { openai: [ROW, ROW] } }],
  ['more cells than columns', { kinds: { openai: ['|'.repeat(99)] } }],
  ['a negative price', { kinds: { openai: [ROW.replace('|1|', '|-1|')] } }],
  ['a word for a price', { kinds: { openai: [ROW.replace('|1|', '|one|')] } }],
  ['an unknown purpose', { kinds: { openai: [ROW.replace('|c|', '|x|')] } }],
  ['no id', { kinds: { openai: [ROW.replace('a|', '|')] } }],
  ['no price', { kinds: { openai: ['a|c|'] } }],
  ['an unknown kind', { kinds: { opnai: [] } }],
])('a catalog with %s is not read', (_name, change) => {
  const good = { version: 2, asOf: '2026-01-01', sources: [], kinds: { openai: [ROW] } };
  expect(createCatalog(good).models('openai')).toHaveLength(1);
  expect(() => createCatalog({ ...good, ...change }).models('openai')).toThrow();
});

test('a kind is read when somebody asks for it, and no other with it', () => {
  const catalog = createCatalog({
    version: 2,
    asOf: '2026-01-01',
    sources: [],
    kinds: { openai: ['broken'], groq: [ROW] },
  });
  expect(catalog.models('groq').map(({ id }) => id)).toEqual(['a']);
  expect(catalog.entry('groq', 'a')?.outputUsdPerMTok).toBe(2);
  expect(() => catalog.models('openai')).toThrow(RangeError);
});

test('a row holds everything that an entry says', () => {
  const sources = ['one', 'two', 'three'];
  const model: CatalogModel = {
    id: 'a/b:c',
    purpose: 'completion',
    family: 'b',
    responsesOnly: true,
    inputUsdPerMTok: 0.000_001,
    outputUsdPerMTok: 0,
    cacheReadUsdPerMTok: 1e-7,
    cacheWriteUsdPerMTok: 3.75,
    cacheWrite1hUsdPerMTok: 6,
    reasoningUsdPerMTok: 3,
    audioInputUsdPerMTok: 1,
    imageOutputUsdPerMTok: 30,
    usdPerRequest: 0.005,
    usdPerInputImage: 0.000_06,
    usdPerSearch: 0.01,
    tiers: [
      { aboveInputTokens: 5, inputUsdPerMTok: 2, outputUsdPerMTok: 3 },
      { aboveInputTokens: 9, inputUsdPerMTok: 4, cacheWrite1hUsdPerMTok: 7 },
    ],
    contextTokens: 10,
    maxOutputTokens: 5,
    inputModalities: ['text', 'image', 'pdf', 'audio', 'video'],
    outputModalities: ['text'],
    tools: true,
    reasoning: false,
    structuredOutput: true,
    quality: 61.5,
    code: 0,
    from: { inputUsdPerMTok: ['one', 'three'], 'tiers.1.inputUsdPerMTok': ['two'], code: ['one', 'two', 'three'] },
  };
  expect(rowReader(sources)(encodeRow(model, sources))).toEqual(model);
  expect(() => encodeRow({ ...model, inputModalities: ['smell'] }, sources)).toThrow('smell');
});
