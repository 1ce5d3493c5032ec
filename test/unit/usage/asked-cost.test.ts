import { expect, test } from 'vitest';
import { askedCostNano } from '../../../proxy/usage/asked-cost.ts';

const price = { inputNanoPerMTok: 3_000_000_000, outputNanoPerMTok: 15_000_000_000, cacheReadNanoPerMTok: 300_000_000 };

test.each([
  ['the same tokens at the other price', { inputTokens: 1_000, outputTokens: 100 }, price, 3_000_000 + 1_500_000],
  ['cached tokens at its price for them', { cacheReadTokens: 1_000, outputTokens: 0 }, price, 300_000],
  ['reasoning as output', { inputTokens: 0, reasoningTokens: 2 }, price, 30_000],
  ['nothing without a price', { inputTokens: 1, outputTokens: 1 }, undefined, undefined],
  ['nothing without a usage', undefined, price, undefined],
  ['nothing when the output was not counted', { inputTokens: 1 }, price, undefined],
  ['nothing when the input was not counted', { outputTokens: 1 }, price, undefined],
])('%s', (_, usage, asked, expected) => {
  expect(askedCostNano(usage, asked)).toBe(expected);
});
