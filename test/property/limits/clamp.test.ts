import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Price, upperBoundNano } from '../../../proxy/core/price.ts';
import { feeNano } from '../../../proxy/ledger/charge-amount.ts';
import { clampCall, clampedMaxTokens, OUTPUT_TOKENS_MAX } from '../../../proxy/limits/clamp.ts';

/** Nano-dollars per million tokens: from free to 10,000 USD, odd ones included. */
const rate = fc.oneof(fc.constant(0), fc.nat(1_000_000), fc.integer({ min: 0, max: 10_000_000_000_000 }));
const rates = fc.record(
  { inputNanoPerMTok: rate, outputNanoPerMTok: rate, cacheWriteNanoPerMTok: rate, reasoningNanoPerMTok: rate },
  { requiredKeys: ['inputNanoPerMTok', 'outputNanoPerMTok'] },
);
const price: fc.Arbitrary<Price> = fc
  .record({ base: rates, long: fc.option(fc.record({ aboveInputTokens: fc.nat(300_000), rates })), search: rate })
  .map(({ base, long, search }) => ({
    ...base,
    ...(long === null ? {} : { longContext: long }),
    extras: { searchNano: search, requestNano: 7 },
  }));
const question = fc.record({
  leftNano: fc.oneof(fc.nat(2_000), fc.nat(2_000_000_000), fc.integer({ min: 0, max: 9_000_000_000_000_000 })),
  inputTokensMax: fc.nat(400_000),
  price,
  choices: fc.constantFrom(1, 2, 7, 1_000),
  feeBps: fc.constantFrom(0, 1, 333, 10_000, 100_000),
  extras: fc.constantFrom({}, { searchesMax: 3 }, { audio: true }),
});
type Question = Parameters<typeof clampedMaxTokens>[0];

/** Straight from the words, as reserve and ledger reckon: does an answer of this many tokens fit? */
function fits(asked: Question, tokens: number): boolean {
  try {
    const cost = upperBoundNano(asked.inputTokensMax, tokens * asked.choices, asked.price, asked.extras);
    return cost + feeNano(cost, asked.feeBps) <= asked.leftNano;
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return false;
  }
}

test('what it says always fits, and one token more never does', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const tokens = clampedMaxTokens(asked);
      expect(tokens).toBeGreaterThanOrEqual(0);
      if (tokens > 0) expect(fits(asked, tokens)).toBe(true);
      if (tokens < OUTPUT_TOKENS_MAX) expect(fits(asked, tokens + 1)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test('a call is cut, left alone or refused at the floor, and never made longer', () => {
  const asked = fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined });
  const floor = fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined });
  fc.assert(
    fc.property(question, asked, floor, (q, askedTokens, floorTokens) => {
      const clamp = clampCall(q, askedTokens, floorTokens);
      const least = Math.min(floorTokens ?? 256, askedTokens ?? Number.POSITIVE_INFINITY);
      if (clamp.ok) {
        expect(clamp.maxOutputTokens).toBeGreaterThanOrEqual(least);
        expect(clamp.maxOutputTokens).toBeLessThanOrEqual(askedTokens ?? OUTPUT_TOKENS_MAX);
        expect(fits(q, clamp.maxOutputTokens)).toBe(true);
      } else {
        expect(clamp.floorTokens).toBe(least);
        expect(clamp.fitsTokens).toBeLessThan(least);
        expect(fits(q, least)).toBe(false);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each<[string, Partial<Question>, number]>([
  ['a million tokens at a dollar', { leftNano: 1_000_000_000 }, 1_000_000],
  ['nothing left', { leftNano: 0 }, 0],
  [
    'one nano-dollar is one token at 0.001 $/MTok',
    { leftNano: 1, price: { inputNanoPerMTok: 0, outputNanoPerMTok: 1_000_000 } },
    1,
  ],
  ['the input alone is too dear', { leftNano: 999, inputTokensMax: 1_000_000 }, 0],
  ['two answers share it', { leftNano: 1_000_000_000, choices: 2 }, 500_000],
  ['the fee takes its part', { leftNano: 1_100_000_000, feeBps: 1_000 }, 1_000_000],
  ['output is free', { leftNano: 0, price: { inputNanoPerMTok: 0, outputNanoPerMTok: 0 } }, OUTPUT_TOKENS_MAX],
])('%s', (_name, more, tokens) => {
  const plain: Question = {
    leftNano: 0,
    inputTokensMax: 0,
    price: { inputNanoPerMTok: 1_000_000_000, outputNanoPerMTok: 1_000_000_000 },
    choices: 1,
    feeBps: 0,
  };
  expect(clampedMaxTokens({ ...plain, ...more })).toBe(tokens);
});
