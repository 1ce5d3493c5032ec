import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../../proxy/catalog/built-in.ts';
import { createCatalog } from '../../../proxy/catalog/catalog.ts';
import { costNano, upperBoundNano } from '../../../proxy/core/price.ts';

const catalog = builtInCatalog();
const of = (id: string) => catalog.models('openai').find((model) => model.id === id);

describe('the catalog that ships', () => {
  test('has prices in nano-dollars per million tokens', () => {
    expect(of('gpt-4o-mini')).toEqual({
      id: 'gpt-4o-mini',
      price: { inputNanoPerMTok: 150_000_000, outputNanoPerMTok: 600_000_000, cacheReadNanoPerMTok: 75_000_000 },
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
    });
  });

  test('a dated id is an entry of its own, and an unlisted one is unknown', () => {
    expect(of('gpt-4o-2024-05-13')?.price?.inputNanoPerMTok).toBe(5_000_000_000);
    expect(of('gpt-4o-2024-08-06')?.price?.inputNanoPerMTok).toBe(2_500_000_000);
    expect(catalog.entry('openai', 'gpt-4o-2031-01-01')).toBeUndefined();
  });

  test('every price is plausible, every value names its source', () => {
    for (const { id } of catalog.models('openai')) {
      const entry = catalog.entry('openai', id);
      if (entry === undefined) throw new Error(`${id} has no entry`);
      const { from, longContext, id: _id, ...fields } = entry;
      for (const field of Object.keys(fields)) expect(from[field], `${id}.${field}`).toBeTruthy();
      const model = of(id);
      const input = model?.price?.inputNanoPerMTok ?? 0;
      expect(input, id).toBeGreaterThanOrEqual(10_000_000);
      expect(model?.price?.outputNanoPerMTok, id).toBeGreaterThanOrEqual(input);
      expect(model?.price?.cacheReadNanoPerMTok ?? 0, id).toBeLessThanOrEqual(input);
      expect(longContext?.inputUsdPerMTok ?? Number.POSITIVE_INFINITY, id).toBeGreaterThan(input / 1e9);
      expect(model?.maxOutputTokens ?? 0, id).toBeLessThanOrEqual(model?.contextTokens ?? 0);
    }
    expect(catalog.models('openai').length).toBeGreaterThan(40);
  });

  test('another kind is not guessed from the id', () => {
    expect(catalog.models('openai-compatible')).toEqual([]);
  });
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
      { id: 'free', price: { inputNanoPerMTok: 0, outputNanoPerMTok: 0 }, contextTokens: 10 },
      { id: 'half' },
    ]);
  });
});

test.each([
  ['another version', { version: 2 }],
  ['a doubled id', { kinds: { openai: { models: [model('a'), model('a')] } } }],
  ['an unknown field', { kinds: { openai: { models: [{ ...model('a'), colour: 'red' }] } } }],
  ['a negative price', { kinds: { openai: { models: [{ ...model('a'), inputUsdPerMTok: -1 }] } } }],
  ['an unknown kind', { kinds: { opnai: { models: [] } } }],
])('a catalog with %s is not loaded', (_name, change) => {
  const good = { version: 1, asOf: '2026-01-01', sources: {}, kinds: { openai: { models: [model('a')] } } };
  expect(createCatalog(good).models('openai')).toHaveLength(1);
  expect(() => createCatalog({ ...good, ...change })).toThrow();
});

function model(id: string) {
  return { id, inputUsdPerMTok: 1, outputUsdPerMTok: 2, from: {} };
}
