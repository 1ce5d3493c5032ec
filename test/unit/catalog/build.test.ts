import { describe, expect, test } from 'vitest';
import { agree } from '../../../scripts/catalog/agree.ts';
import { matches, openGenaiPrices } from '../../../scripts/catalog/read-genai-prices.ts';
import { openLitellm, readLitellm } from '../../../scripts/catalog/read-litellm.ts';
import { openModelsDev } from '../../../scripts/catalog/read-models-dev.ts';
import { openOpenRouter } from '../../../scripts/catalog/read-openrouter.ts';
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

  test("the provider's own list wins over any majority", () => {
    const opinions = { litellm: 2, 'models-dev': 2, openrouter: 1, 'genai-prices': 1.005 };
    expect(agree(opinions, 'openrouter')).toEqual({
      value: 1,
      from: ['openrouter', 'genai-prices'],
      against: ['models-dev', 'litellm'],
      why: 'own list',
    });
    expect(agree({ litellm: 2 }, 'openrouter')).toMatchObject({ value: 2 });
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
    search_context_cost_per_query: { search_context_size_medium: 0.01 },
  };
  expect(readLitellm(entry)).toEqual({
    rates: { inputUsdPerMTok: 0.22, outputUsdPerMTok: 1.1 },
    tiers: [{ aboveInputTokens: 200_000, rates: { inputUsdPerMTok: 0.44 } }],
    extras: { usdPerSearch: 0.01 },
    contextTokens: 1000,
    inputModalities: ['text', 'image'],
  });
  expect([...openLitellm({ sample_spec: {}, a: {} }).entries.keys()]).toEqual(['a']);
});

test('models.dev: only the provider asked for; absent stays absent, 0 stays 0', () => {
  const { read } = openModelsDev(
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
    tiers: [{ aboveInputTokens: 5, rates: { inputUsdPerMTok: 2 } }],
  });
  expect(read('b')).toBeUndefined();
});

test("OpenRouter's list: prices per token as text, several tiers, -1 is no price", () => {
  const { ids, read } = openOpenRouter([
    {
      id: 'a/b',
      context_length: 10,
      supported_parameters: ['tools'],
      input_modalities: ['text', 'file'],
      top_provider: { max_completion_tokens: 5 },
      pricing: {
        prompt: '0.00000003',
        completion: '0.0000006000000000000001',
        input_cache_write_1h: '0.000006',
        web_search: '0.005',
        overrides: [
          { min_prompt_tokens: 256000, prompt: '0.0000002' },
          { min_prompt_tokens: 32000, prompt: '0.0000001' },
        ],
      },
    },
    { id: 'router', pricing: { prompt: '-1', completion: '-1' } },
  ]);
  expect(ids).toEqual(['a/b', 'router']);
  expect(read('a/b')).toEqual({
    rates: { inputUsdPerMTok: 0.03, outputUsdPerMTok: 0.6, cacheWrite1hUsdPerMTok: 6 },
    tiers: [
      { aboveInputTokens: 32_000, rates: { inputUsdPerMTok: 0.1 } },
      { aboveInputTokens: 256_000, rates: { inputUsdPerMTok: 0.2 } },
    ],
    extras: { usdPerSearch: 0.005 },
    contextTokens: 10,
    maxOutputTokens: 5,
    tools: true,
    reasoning: false,
    structuredOutput: false,
    inputModalities: ['text', 'pdf'],
  });
  expect(read('router')).toEqual({ rates: {} });
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
      tiers: [{ aboveInputTokens: 7, rates: { inputUsdPerMTok: 2 } }],
    });
    expect(openGenaiPrices(json, 'nobody', '2026-08-21')('dated')).toBeUndefined();
  });
});

describe('one model from several readings', () => {
  const rates = { inputUsdPerMTok: 1, outputUsdPerMTok: 2 };
  const chat = { id: 'm', purpose: 'chat' } as const;

  test('names the sources of each value and keeps the disagreements', () => {
    const settled = settleModel(chat, {
      litellm: { rates: { ...rates, cacheReadUsdPerMTok: 0 }, tools: true },
      'genai-prices': { rates: { ...rates, outputUsdPerMTok: 4 } },
      'models-dev': { rates: {}, tools: false },
    });
    expect(settled?.model).toEqual({
      id: 'm',
      purpose: 'chat',
      inputUsdPerMTok: 1,
      outputUsdPerMTok: 4,
      tools: true,
      from: { inputUsdPerMTok: ['litellm', 'genai-prices'], outputUsdPerMTok: ['genai-prices'], tools: ['litellm'] },
    });
    expect(settled?.disagreements.map(({ field, taken }) => [field, taken])).toEqual([
      ['outputUsdPerMTok', '4'],
      ['tools', 'true'],
    ]);
  });

  test('without both prices is nothing; an embedding has one', () => {
    const readings = { litellm: { rates: { inputUsdPerMTok: 1 } } };
    expect(settleModel(chat, readings)).toBeUndefined();
    const embedding = settleModel({ id: 'e', purpose: 'embedding' }, { litellm: { rates, maxOutputTokens: 3072 } });
    expect(embedding?.model).toEqual({
      id: 'e',
      purpose: 'embedding',
      inputUsdPerMTok: 1,
      from: { inputUsdPerMTok: ['litellm'] },
    });
  });

  const free = { rates: { inputUsdPerMTok: 0, outputUsdPerMTok: 0 } };
  test.each([
    ['one source alone', chat, { litellm: free }, undefined],
    ['two sources', chat, { litellm: free, 'models-dev': free }, 0],
    ['one source, and the id says free', { ...chat, id: 'm:free' }, { litellm: free }, 0],
    ["the provider's own list", { ...chat, own: 'openrouter' as const }, { openrouter: free }, 0],
    ['one of two sources', chat, { litellm: free, 'genai-prices': { rates } }, 1],
  ])('a price of 0 from %s', (_name, identity, readings, input) => {
    expect(settleModel(identity, readings)?.model.inputUsdPerMTok).toBe(input);
  });

  test('drops what is no figure: a cache read above fresh input, more output than window, the same price twice', () => {
    const { model } =
      settleModel(chat, {
        litellm: {
          rates: { ...rates, cacheReadUsdPerMTok: 1.5, reasoningUsdPerMTok: 2 },
          extras: { audioInputUsdPerMTok: 1, imageOutputUsdPerMTok: 30 },
          contextTokens: 100,
          maxOutputTokens: 101,
        },
      }) ?? {};
    expect(model).toMatchObject({ contextTokens: 100, imageOutputUsdPerMTok: 30 });
    for (const field of ['cacheReadUsdPerMTok', 'reasoningUsdPerMTok', 'audioInputUsdPerMTok', 'maxOutputTokens']) {
      expect(model).not.toHaveProperty(field);
      expect(model?.from).not.toHaveProperty(field);
    }
  });
});
