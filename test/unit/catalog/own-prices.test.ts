/** What a config's own prices leave of the catalog's: long-input rates go with the tokens' price, prices by the piece stay. */
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../../proxy/catalog/built-in.ts';
import { modelConfig } from '../../../proxy/contract/config.ts';

const catalog = builtInCatalog();
const ID = 'gemini-2.5-flash';
const merged = (override: object, id = ID) =>
  catalog.mergeModels('google', [modelConfig.parse({ id, ...override })]).find((model) => model.id === id);
const listed = catalog.models('google').find(({ id }) => id === ID)?.price;
const NANO = 1_000_000_000;

describe('a price of one’s own', () => {
  test('the catalog has extras to keep', () => {
    expect(listed?.extras).toEqual({ audioInputNanoPerMTok: NANO, searchNano: 35_000_000 });
  });

  test('of the tokens leaves the extras as the catalog has them', () => {
    expect(merged({ inputUsdPerMTok: 2, outputUsdPerMTok: 3 })?.price).toEqual({
      inputNanoPerMTok: 2 * NANO,
      outputNanoPerMTok: 3 * NANO,
      cacheReadNanoPerMTok: listed?.cacheReadNanoPerMTok,
      extras: listed?.extras,
    });
  });

  test.each([
    [{ usdPerSearch: 0.014 }, { searchNano: 14_000_000 }],
    [{ usdPerSearch: 0 }, { searchNano: 0 }],
    [{ usdPerRequest: 0.002 }, { requestNano: 2_000_000 }],
    [{ usdPerInputImage: 0.001 }, { inputImageNano: 1_000_000 }],
    [{ audioInputUsdPerMTok: 5 }, { audioInputNanoPerMTok: 5 * NANO }],
    [{ imageOutputUsdPerMTok: 30 }, { imageOutputNanoPerMTok: 30 * NANO }],
  ])('%j changes that one alone, and is told as the config’s', (override, extras) => {
    const model = merged(override);
    expect(model?.price).toEqual({ ...listed, extras: { ...listed?.extras, ...extras } });
    expect(model).toMatchObject({ priceSource: 'config' });
  });

  test('keeps the rates for long input where only an extra is given', () => {
    const id = 'gemini-2.5-pro';
    expect(merged({ usdPerSearch: 0.01 }, id)?.price?.longContext).toBeDefined();
    expect(merged({ inputUsdPerMTok: 1 }, id)?.price?.longContext).toBeUndefined();
  });

  test('by the piece is no price of a model whose tokens have none', () => {
    expect(merged({ usdPerSearch: 1 }, 'mine')).not.toHaveProperty('price');
    expect(merged({ usdPerSearch: 1, inputUsdPerMTok: 1, outputUsdPerMTok: 1 }, 'mine')?.price).toEqual({
      inputNanoPerMTok: NANO,
      outputNanoPerMTok: NANO,
      extras: { searchNano: NANO },
    });
  });

  test.each([
    ['usdPerSearch', 10.01],
    ['usdPerRequest', 35],
    ['usdPerInputImage', -0.1],
    ['audioInputUsdPerMTok', 10_001],
    ['imageOutputUsdPerMTok', -1],
  ])('%s of %d is taken for a mistake', (name, value) => {
    expect(modelConfig.safeParse({ id: ID, [name]: value }).success).toBe(false);
  });
});
