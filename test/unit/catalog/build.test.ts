import { describe, expect, test } from 'vitest';
import { agree } from '../../../scripts/catalog/agree.ts';
import { matches, openGenaiPrices } from '../../../scripts/catalog/read-genai-prices.ts';
import { openLitellm, readLitellm } from '../../../scripts/catalog/read-litellm.ts';
import { openModelsDev } from '../../../scripts/catalog/read-models-dev.ts';
import { settleModel } from '../../../scripts/catalog/settle-model.ts';

describe('agreement of sources', () => {
  test.each([
    ['all the same', { litellm: 1, 'models-dev': 1, 'genai-prices': 1 }, 1, []],
    ['within 1 %: the newest', { litellm: 1, 'genai-prices': 1.005 }, 1.005, []],
    ['two against one', { litellm: 5, 'models-dev': 5, 'genai-prices': 2.5 }, 5, ['genai-prices']],
    ['two cheap ones against a dear one', { litellm: 1, 'models-dev': 1, 'genai-prices': 9 }, 1, ['genai-prices']],
    ['one against one: the highest', { litellm: 2, 'genai-prices': 1 }, 2, ['genai-prices']],
    ['three opinions: the highest', { litellm: 2, 'models-dev': 3, 'genai-prices': 1 }, 3, ['litellm', 'genai-prices']],
    ['one source', { litellm: 2 }, 2, []],
    ['free and free', { litellm: 0, 'genai-prices': 0 }, 0, []],
  ])('%s', (_name, opinions, value, against) => {
    expect(agree(opinions)).toMatchObject({ value, against });
  });

  test('of nobody is nothing', () => {
    expect(agree({})).toBeUndefined();
  });
});

test('LiteLLM: per token to per million without binary noise; tiers from the names of the keys', () => {
  const entry = {
    input_cost_per_token: 2.2e-7,
    output_cost_per_token: 0.0000011,
    input_cost_per_token_above_200k_tokens: 4.4e-7,
    max_input_tokens: 1000,
    supports_vision: true,
  };
  expect(readLitellm(entry)).toEqual({
    rates: { inputUsdPerMTok: 0.22, outputUsdPerMTok: 1.1 },
    longContext: { aboveInputTokens: 200_000, rates: { inputUsdPerMTok: 0.44 } },
    contextTokens: 1000,
    inputModalities: ['text', 'image'],
  });
  expect([...openLitellm({ sample_spec: {}, a: {} }).entries.keys()]).toEqual(['a']);
});

test('models.dev: only the provider asked for; absent stays absent, 0 stays 0', () => {
  const read = openModelsDev(
    {
      models: [
        { provider: 'other', id: 'a', cost: { input: 9 } },
        {
          provider: 'openai',
          id: 'a',
          cost: { input: 0, tiers: [{ tier: { size: 5 }, input: 2 }] },
          limit: { context: 0 },
        },
      ],
    },
    'openai',
  );
  expect(read('a')).toEqual({
    rates: { inputUsdPerMTok: 0 },
    longContext: { aboveInputTokens: 5, rates: { inputUsdPerMTok: 2 } },
  });
  expect(read('b')).toBeUndefined();
});

describe('genai-prices', () => {
  test('match rules', () => {
    const rule = { or: [{ equals: 'a' }, { and: [{ starts_with: 'b' }, { contains: 'c' }] }, { regex: '^o[134]$' }] };
    expect(['a', 'bxc', 'bx', 'o3', 'o33', 'A'].map((id) => matches(rule, id))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(() => matches({ sounds_like: 'a' }, 'a')).toThrow('sounds_like');
  });

  test('of dated prices the one in force counts; prices by the hour are no figure', () => {
    const dated = [
      { prices: { input_mtok: 10 } },
      { constraint: { start_date: '2025-06-10' }, prices: { input_mtok: 2 } },
      { constraint: { start_date: '2027-01-01' }, prices: { input_mtok: 1 } },
    ];
    const hourly = [{ prices: { input_mtok: 1 } }, { constraint: { start_time: '16:30' }, prices: { input_mtok: 0 } }];
    const json = [
      {
        id: 'p',
        models: [
          { match: { equals: 'dated' }, prices: dated },
          { match: { equals: 'hourly' }, prices: hourly },
          {
            match: { equals: 'tiers' },
            prices: { input_mtok: { base: 1, tiers: [{ start: 7, price: 2 }] }, output_mtok: 3 },
          },
        ],
      },
    ];
    const read = openGenaiPrices(json, 'p', '2026-08-21');
    expect(read('dated')?.rates).toEqual({ inputUsdPerMTok: 2 });
    expect(read('hourly')).toBeUndefined();
    expect(read('tiers')).toEqual({
      rates: { inputUsdPerMTok: 1, outputUsdPerMTok: 3 },
      longContext: { aboveInputTokens: 7, rates: { inputUsdPerMTok: 2 } },
    });
    expect(openGenaiPrices(json, 'nobody', '2026-08-21')('dated')).toBeUndefined();
  });
});

describe('one model from several readings', () => {
  const rates = { inputUsdPerMTok: 1, outputUsdPerMTok: 2 };

  test('names the sources of each value and keeps the disagreements', () => {
    const settled = settleModel('m', {
      litellm: { rates: { ...rates, cacheReadUsdPerMTok: 0 }, tools: true },
      'genai-prices': { rates: { ...rates, outputUsdPerMTok: 4 } },
      'models-dev': { rates: {}, tools: false },
    });
    expect(settled?.model).toEqual({
      id: 'm',
      inputUsdPerMTok: 1,
      outputUsdPerMTok: 4,
      tools: true,
      from: { inputUsdPerMTok: 'litellm, genai-prices', outputUsdPerMTok: 'genai-prices', tools: 'litellm' },
    });
    expect(settled?.disagreements.map(({ field, taken }) => [field, taken])).toEqual([
      ['outputUsdPerMTok', '4'],
      ['tools', 'true'],
    ]);
  });

  test('without both prices is nothing', () => {
    expect(settleModel('m', { litellm: { rates: { inputUsdPerMTok: 1 } } })).toBeUndefined();
  });
});
