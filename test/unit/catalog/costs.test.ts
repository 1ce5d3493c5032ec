/**
 * Costs worked out by hand: one USD per million tokens is 1,000 nano-dollars a token. Each fixture states the published
 * prices, the source that publishes them, and the sum; the catalog must hold those prices and come to that sum.
 */
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../../proxy/catalog/built-in.ts';
import type { ProviderKind } from '../../../proxy/contract/config.ts';
import { costNano, type Price, upperBoundNano } from '../../../proxy/core/price.ts';
import type { Usage } from '../../../proxy/core/usage.ts';

const catalog = builtInCatalog();

interface Fixture {
  readonly kind: ProviderKind;
  readonly id: string;
  readonly source: string;
  /** USD per million tokens: input, output, cache read, cache write, cache write 1 h, reasoning. */
  readonly usd: readonly (number | undefined)[];
  readonly usage: Usage;
  readonly nano: number;
}

const FIXTURES: readonly Fixture[] = [
  {
    kind: 'openai',
    id: 'gpt-5',
    source: 'genai-prices',
    usd: [1.25, 10, 0.125],
    usage: { inputTokens: 1_000, cacheReadTokens: 2_000, outputTokens: 500, reasoningTokens: 1_500 },
    nano: 1_250_000 + 250_000 + 5_000_000 + 15_000_000,
  },
  {
    kind: 'anthropic',
    id: 'claude-sonnet-4-5',
    source: 'litellm',
    usd: [3, 15, 0.3, 3.75, 6],
    usage: {
      inputTokens: 1_200,
      cacheReadTokens: 50_000,
      cacheWriteTokens: 2_000,
      cacheWrite1hTokens: 1_000,
      outputTokens: 800,
      reasoningTokens: 300,
    },
    nano: 3_600_000 + 15_000_000 + 7_500_000 + 6_000_000 + 12_000_000 + 4_500_000,
  },
  {
    kind: 'anthropic',
    id: 'claude-sonnet-4-5',
    source: 'genai-prices',
    usd: [3, 15, 0.3, 3.75],
    // 210,000 tokens of input are above 200,000: 6, 22.5 and 0.6 USD.
    usage: { inputTokens: 150_000, cacheReadTokens: 60_000, outputTokens: 1_000 },
    nano: 900_000_000 + 36_000_000 + 22_500_000,
  },
  {
    kind: 'google',
    id: 'gemini-2.5-pro',
    source: 'models-dev',
    usd: [1.25, 10, 0.125],
    usage: { inputTokens: 10_000, cacheReadTokens: 40_000, outputTokens: 2_000, reasoningTokens: 6_000 },
    nano: 12_500_000 + 5_000_000 + 20_000_000 + 60_000_000,
  },
  {
    kind: 'bedrock',
    id: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    source: 'litellm',
    usd: [3.3, 16.5, 0.33, 4.125, 6.6],
    usage: {
      inputTokens: 1_000,
      cacheReadTokens: 10_000,
      cacheWriteTokens: 4_000,
      outputTokens: 500,
      reasoningTokens: 100,
    },
    nano: 3_300_000 + 3_300_000 + 16_500_000 + 8_250_000 + 1_650_000,
  },
  {
    kind: 'groq',
    id: 'openai/gpt-oss-120b',
    source: 'genai-prices',
    usd: [0.15, 0.6, 0.075],
    usage: { inputTokens: 2_000, cacheReadTokens: 6_000, outputTokens: 700, reasoningTokens: 900 },
    nano: 300_000 + 450_000 + 420_000 + 540_000,
  },
  {
    kind: 'together',
    id: 'moonshotai/Kimi-K2.6',
    source: 'models-dev',
    usd: [1.2, 4.5, 0.2],
    usage: { inputTokens: 3_000, cacheReadTokens: 7_000, outputTokens: 1_000, reasoningTokens: 2_000 },
    nano: 3_600_000 + 1_400_000 + 4_500_000 + 9_000_000,
  },
  {
    kind: 'xai',
    id: 'grok-4.3',
    source: 'genai-prices',
    usd: [1.25, 2.5, 0.2],
    usage: { inputTokens: 4_000, cacheReadTokens: 8_000, outputTokens: 600, reasoningTokens: 2_400 },
    nano: 5_000_000 + 1_600_000 + 1_500_000 + 6_000_000,
  },
  {
    kind: 'xai',
    id: 'grok-4.3',
    source: 'litellm',
    usd: [1.25, 2.5, 0.2],
    // Above 200,000: 2.5, 5 and 0.4 USD.
    usage: { inputTokens: 190_000, cacheReadTokens: 20_000, outputTokens: 100 },
    nano: 475_000_000 + 8_000_000 + 500_000,
  },
  {
    kind: 'mistral',
    id: 'mistral-large-2512',
    source: 'genai-prices',
    usd: [0.5, 1.5, 0.05],
    usage: { inputTokens: 5_000, cacheReadTokens: 15_000, outputTokens: 1_000 },
    nano: 2_500_000 + 750_000 + 1_500_000,
  },
  {
    kind: 'mistral',
    id: 'magistral-medium-latest',
    source: 'models-dev',
    usd: [2, 5],
    usage: { inputTokens: 1_000, outputTokens: 300, reasoningTokens: 700 },
    nano: 2_000_000 + 1_500_000 + 3_500_000,
  },
  {
    kind: 'deepinfra',
    id: 'deepseek-ai/DeepSeek-V3.1',
    source: 'litellm',
    usd: [0.27, 1, 0.216],
    usage: { inputTokens: 1_000, cacheReadTokens: 10_000, outputTokens: 500, reasoningTokens: 1_500 },
    nano: 270_000 + 2_160_000 + 500_000 + 1_500_000,
  },
  {
    kind: 'openrouter',
    id: 'anthropic/claude-sonnet-4.5',
    source: 'openrouter',
    usd: [3, 15, 0.3, 3.75, 6],
    usage: { inputTokens: 1_000, cacheWrite1hTokens: 2_000, reasoningTokens: 100 },
    nano: 3_000_000 + 12_000_000 + 1_500_000,
  },
  {
    kind: 'openrouter',
    id: 'perplexity/sonar-deep-research',
    source: 'openrouter',
    usd: [2, 8, undefined, undefined, undefined, 3],
    usage: { inputTokens: 1_000, outputTokens: 1_000, reasoningTokens: 1_000 },
    nano: 2_000_000 + 8_000_000 + 3_000_000,
  },
  {
    kind: 'openai',
    id: 'text-embedding-3-small',
    source: 'genai-prices',
    usd: [0.02],
    usage: { inputTokens: 1_000_000 },
    nano: 20_000_000,
  },
];

test.each(FIXTURES)('$kind $id by the prices of $source', ({ kind, id, source, usd, usage, nano }) => {
  const entry = catalog.entry(kind, id);
  const fields = [
    'inputUsdPerMTok',
    'outputUsdPerMTok',
    'cacheReadUsdPerMTok',
    'cacheWriteUsdPerMTok',
    'cacheWrite1hUsdPerMTok',
    'reasoningUsdPerMTok',
  ] as const;
  usd.forEach((published, index) => {
    const field = fields[index];
    if (field === undefined || published === undefined) return;
    expect(entry?.[field], field).toBe(published);
    expect(entry?.from[field], field).toContain(source);
  });
  expect(costNano(usage, priceOf(kind, id))).toBe(nano);
});

test('every hosted provider is among the fixtures', () => {
  expect(new Set(FIXTURES.map(({ kind }) => kind))).toEqual(new Set(catalog.kinds));
});

/** Qwen3 Max by OpenRouter's list: 0.78/3.9, above 32,000 1.56/7.8, above 128,000 1.95/9.75 and 0.39 for a cached token. */
describe('two thresholds', () => {
  const price = priceOf('openrouter', 'qwen/qwen3-max');

  test.each([
    [{ inputTokens: 32_000, outputTokens: 100 }, 24_960_000 + 390_000],
    [{ inputTokens: 32_001, outputTokens: 100 }, 49_921_560 + 780_000],
    [{ inputTokens: 100_000, cacheReadTokens: 30_000, outputTokens: 100 }, 195_000_000 + 11_700_000 + 975_000],
  ])('%o costs %d', (usage, nano) => {
    expect(costNano(usage, price)).toBe(nano);
  });

  test('the bound counts the dearest bucket of each step that can be reached', () => {
    // Writing to the cache is the dearest: 0.975, 1.95 and 2.4375 USD.
    expect(upperBoundNano(32_000, 0, price)).toBe(32_000 * 975);
    expect(upperBoundNano(128_000, 0, price)).toBe(128_000 * 1_950);
    expect(upperBoundNano(128_001, 1, price)).toBe(Math.ceil(128_001 * 2_437.5) + 9_750);
  });
});

describe('what is not counted in ordinary tokens', () => {
  /** OpenRouter's list: 2 USD in, 12 out, 120 for the tokens of a drawn image. */
  test('a drawn image', () => {
    const price = priceOf('openrouter', 'google/gemini-3-pro-image');
    const usage = { inputTokens: 100, outputTokens: 1_400 };
    expect(costNano({ ...usage, imageOutputTokens: 1_290 }, price)).toBe(200_000 + 1_320_000 + 154_800_000);
    expect(costNano({ ...usage, imageOutputTokens: 0 }, price)).toBe(200_000 + 16_800_000);
    // Not told how much of it was image: as if all of it was.
    expect(costNano(usage, price)).toBe(200_000 + 168_000_000);
    expect(upperBoundNano(100, 1_400, price)).toBeGreaterThanOrEqual(costNano(usage, price));
  });

  /** Gemini 2.5 Flash: 0.3 USD in, 1 USD for audio, 2.5 out (models.dev, LiteLLM, genai-prices). */
  test('audio that is sent', () => {
    const price = priceOf('google', 'gemini-2.5-flash');
    const usage = { inputTokens: 5_000, outputTokens: 100 };
    expect(costNano({ ...usage, audioInputTokens: 3_000 }, price)).toBe(600_000 + 3_000_000 + 250_000);
    expect(costNano(usage, price)).toBe(1_500_000 + 250_000);
  });

  /** Titan Multimodal Embeddings: 0.8 USD a million tokens and 0.00006 USD an image (LiteLLM). */
  test('an image that is embedded', () => {
    const price = priceOf('bedrock', 'amazon.titan-embed-image-v1');
    expect(costNano({ inputTokens: 100, inputImages: 3 }, price)).toBe(80_000 + 180_000);
  });

  /** 10 USD for a thousand searches (LiteLLM). */
  test('a search of the web', () => {
    const price = priceOf('anthropic', 'claude-sonnet-4-5');
    expect(costNano({ inputTokens: 1_000, webSearches: 2 }, price)).toBe(3_000_000 + 20_000_000);
  });

  test('the request itself', () => {
    const price: Price = { inputNanoPerMTok: 1_000_000_000, outputNanoPerMTok: 0, extras: { requestNano: 5_000_000 } };
    expect(costNano({ inputTokens: 1 }, price)).toBe(5_001_000);
    expect(upperBoundNano(1, 0, price)).toBe(5_001_000);
  });
});

function priceOf(kind: ProviderKind, id: string): Price {
  const price = catalog.models(kind).find((model) => model.id === id)?.price;
  if (price === undefined) throw new Error(`the catalog has no price for ${kind} ${id}`);
  return price;
}
