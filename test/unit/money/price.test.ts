import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costNano, type Price, upperBoundNano, usdPerMTokToNano } from '../../../proxy/core/price.ts';
import type { Usage } from '../../../proxy/core/usage.ts';

/** USD per million tokens: 0.15 in, 0.075 cached, 0.60 out. One input token is 150 nano-dollars. */
const MINI: Price = {
  inputNanoPerMTok: usdPerMTokToNano(0.15),
  outputNanoPerMTok: usdPerMTokToNano(0.6),
  cacheReadNanoPerMTok: usdPerMTokToNano(0.075),
};
/** 3 in, 15 out, 0.30 read, 3.75 write, 15 reasoning. */
const LARGE: Price = {
  inputNanoPerMTok: usdPerMTokToNano(3),
  outputNanoPerMTok: usdPerMTokToNano(15),
  cacheReadNanoPerMTok: usdPerMTokToNano(0.3),
  cacheWriteNanoPerMTok: usdPerMTokToNano(3.75),
  reasoningNanoPerMTok: usdPerMTokToNano(15),
};
/** A rate of 1 nano-dollar per million tokens, to see the rounding. */
const DUST: Price = { inputNanoPerMTok: 1, outputNanoPerMTok: 1 };

describe('what a call costs, checked by hand', () => {
  test.each<[string, Usage, Price, number]>([
    ['one input token at 0.15', { inputTokens: 1 }, MINI, 150],
    ['one output token at 0.60', { outputTokens: 1 }, MINI, 600],
    ['1,000 in and 500 out', { inputTokens: 1_000, outputTokens: 500 }, MINI, 450_000],
    ['cached input is cheaper', { inputTokens: 100, cacheReadTokens: 900 }, MINI, 82_500],
    ['cache writes without a rate cost what input costs', { cacheWriteTokens: 10 }, MINI, 1_500],
    ['reasoning without a rate costs what output costs', { reasoningTokens: 10 }, MINI, 6_000],
    [
      'every bucket',
      { inputTokens: 10, cacheReadTokens: 20, cacheWriteTokens: 30, outputTokens: 40, reasoningTokens: 50 },
      LARGE,
      1_498_500,
    ],
    ['a million of each', { inputTokens: 1_000_000, outputTokens: 1_000_000 }, LARGE, 18_000_000_000],
    ['nothing reported', {}, LARGE, 0],
    ['reported as 0', { inputTokens: 0, outputTokens: 0 }, LARGE, 0],
    ['rounded up', { inputTokens: 1 }, DUST, 1],
    ['rounded up once, not per bucket', { inputTokens: 400_000, outputTokens: 600_000 }, DUST, 1],
    ['a hair above is the next', { inputTokens: 400_001, outputTokens: 600_000 }, DUST, 2],
  ])('%s', (_name, usage, price, nano) => {
    expect(costNano(usage, price)).toBe(nano);
  });

  test('more than the ledger can hold is an error, not a rounded number', () => {
    expect(() => costNano({ outputTokens: Number.MAX_SAFE_INTEGER }, LARGE)).toThrow(RangeError);
  });
});

const tokens = fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined });
const rate = fc.integer({ min: 0, max: 10_000_000_000_000 });
const usage = fc
  .record({
    inputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWriteTokens: tokens,
    outputTokens: tokens,
    reasoningTokens: tokens,
  })
  .map(reported);
const price = fc
  .record({
    inputNanoPerMTok: rate,
    outputNanoPerMTok: rate,
    cacheReadNanoPerMTok: fc.option(rate, { nil: undefined }),
    cacheWriteNanoPerMTok: fc.option(rate, { nil: undefined }),
    reasoningNanoPerMTok: fc.option(rate, { nil: undefined }),
  })
  .map(reported) as fc.Arbitrary<Price>;

/** A field nobody reported is not there at all. */
function reported<T extends object>(fields: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

test('the cost is the exact sum rounded up once', () => {
  fc.assert(
    fc.property(usage, price, (used, at) => {
      const lines: readonly (readonly [number | undefined, number])[] = [
        [used.inputTokens, at.inputNanoPerMTok],
        [used.cacheReadTokens, at.cacheReadNanoPerMTok ?? at.inputNanoPerMTok],
        [used.cacheWriteTokens, at.cacheWriteNanoPerMTok ?? at.inputNanoPerMTok],
        [used.outputTokens, at.outputNanoPerMTok],
        [used.reasoningTokens, at.reasoningNanoPerMTok ?? at.outputNanoPerMTok],
      ];
      const exact = lines.reduce((sum, [count, nano]) => sum + BigInt(count ?? 0) * BigInt(nano), 0n);
      const cost = BigInt(costNano(used, at)) * 1_000_000n;
      expect(cost >= exact && cost - exact < 1_000_000n).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('no split of the tokens into buckets costs more than the upper bound', () => {
  fc.assert(
    fc.property(usage, price, (used, at) => {
      const input = (used.inputTokens ?? 0) + (used.cacheReadTokens ?? 0) + (used.cacheWriteTokens ?? 0);
      const output = (used.outputTokens ?? 0) + (used.reasoningTokens ?? 0);
      expect(costNano(used, at)).toBeLessThanOrEqual(upperBoundNano(input, output, at));
    }),
    { numRuns: 2_000 },
  );
});
