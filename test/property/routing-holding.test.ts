/** The quick answer to "does it fit" is always the exact one. */
import fc from 'fast-check';
import { it } from 'vitest';
import type { LongContext, Price, Rates } from '../../proxy/core/price.ts';
import { fitsInto, holdingNano } from '../../proxy/routing/holding.ts';
import { shape } from '../unit/routing/support/fixtures.ts';

const rate = fc.integer({ min: 0, max: 200_000_000_000 });
const optional = fc.option(rate, { nil: undefined });
const rates: fc.Arbitrary<Rates> = fc
  .record({ inputNanoPerMTok: rate, outputNanoPerMTok: rate, cacheWrite: optional, reasoning: optional })
  .map(({ cacheWrite, reasoning, ...more }) => ({
    ...more,
    ...(cacheWrite === undefined ? {} : { cacheWriteNanoPerMTok: cacheWrite }),
    ...(reasoning === undefined ? {} : { reasoningNanoPerMTok: reasoning }),
  }));
const longContext: fc.Arbitrary<LongContext> = fc.record({
  aboveInputTokens: fc.integer({ min: 1, max: 500_000 }),
  rates,
});
const price: fc.Arbitrary<Price> = fc
  .tuple(rates, fc.option(longContext, { nil: undefined }), fc.integer({ min: 0, max: 1_000_000 }))
  .map(([own, long, requestNano]) => ({
    ...own,
    ...(long === undefined ? {} : { longContext: long }),
    extras: { requestNano },
  }));
const call = fc.record({
  inputTokensEstimate: fc.integer({ min: 0, max: 1_000_000 }),
  maxOutputTokens: fc.integer({ min: 1, max: 200_000 }),
  choices: fc.integer({ min: 1, max: 4 }),
});

it('a call fits exactly when its reserve does', () => {
  fc.assert(
    fc.property(
      price,
      call,
      fc.integer({ min: -3, max: 3 }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (...facts) => {
        const [rated, asks, nearby, share] = facts;
        const asked = shape('m', asks);
        const info = { id: 'm', price: rated };
        const needed = holdingNano(asked, info) ?? Number.NaN;
        return [needed + nearby, Math.round(needed * share)].every(
          (left) => fitsInto(left, asked, info) === needed <= left,
        );
      },
    ),
    { numRuns: 3_000 },
  );
});
