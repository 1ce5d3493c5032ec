import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assertNano,
  divideRoundingUp,
  nanoToUsdString,
  nanoUsd,
  toSafeNano,
  usdToNano,
} from '../../../proxy/contract/money.ts';

const safeNano = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

describe('USD to nano-dollars', () => {
  test.each([
    [0, 0],
    [-0, 0],
    [1, 1_000_000_000],
    [0.15, 150_000_000],
    [0.1 + 0.2, 300_000_001],
    [0.3, 300_000_000],
    [2.5e-9, 3],
    [1e-9, 1],
    [1e-10, 1],
    [5e-324, 1],
    [0.000000001, 1],
    [1.000000001, 1_000_000_001],
    [1.0000000001, 1_000_000_001],
    [20, 20_000_000_000],
    [1e6, 1_000_000_000_000_000],
    [-0.15, -150_000_000],
    [9_007_199.25, 9_007_199_250_000_000],
  ])('%d USD is %d', (usd, nano) => {
    expect(usdToNano(usd) === nano).toBe(true);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is no amount', (usd) => {
    expect(() => usdToNano(usd)).toThrow(RangeError);
  });

  test.each([9_007_199.26, 1e7, 1e21, -1e7, Number.MAX_VALUE])('%d USD is more than the ledger holds', (usd) => {
    expect(() => usdToNano(usd)).toThrow(/larger than the ledger can hold/);
  });

  test('never less than what was written, and less than one nano-dollar more', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9_000_000, noNaN: true }), (usd) => {
        const nano = usdToNano(usd);
        expect(Number.isSafeInteger(nano)).toBe(true);
        // Compared as exact decimals: the number as it is printed, against nano / 1e9.
        const [whole = '0', fraction = ''] = decimal(usd).split('.');
        const digits = 340;
        const written = BigInt(whole + fraction.padEnd(digits, '0'));
        const stored = BigInt(nano) * 10n ** BigInt(digits - 9);
        expect(stored >= written).toBe(true);
        expect(stored - written < 10n ** BigInt(digits - 9)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What `String` prints, without an exponent. */
function decimal(value: number): string {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift >= 0) return `${whole}${fraction.padEnd(shift, '0').slice(0, shift)}.${fraction.slice(shift)}`;
  return `0.${'0'.repeat(-shift - whole.length)}${whole}${fraction}`;
}

describe('nano-dollars to USD', () => {
  test.each([
    [0, '0'],
    [1, '0.000000001'],
    [1_500_000, '0.0015'],
    [1_000_000_000, '1'],
    [1_000_000_001, '1.000000001'],
    [-1_500_000, '-0.0015'],
    [Number.MAX_SAFE_INTEGER, '9007199.254740991'],
    [Number.MIN_SAFE_INTEGER, '-9007199.254740991'],
  ])('%d is "%s"', (nano, usd) => {
    expect(nanoToUsdString(nano)).toBe(usd);
  });

  test.each([0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('%d is no amount of money', (nano) => {
    expect(() => nanoToUsdString(nano)).toThrow(RangeError);
    expect(() => assertNano(nano)).toThrow(RangeError);
    expect(nanoUsd.safeParse(nano).success).toBe(false);
  });

  // A double keeps 15 digits of any decimal: nine after the point and six before it.
  test('there and back is the same amount, up to a million USD', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }), (nano) => {
        expect(usdToNano(Number(nanoToUsdString(nano)))).toBe(nano);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('safe whole numbers', () => {
  test('bigint within the range passes, beyond it is refused', () => {
    fc.assert(fc.property(safeNano, (nano) => toSafeNano(BigInt(nano)) === nano));
    for (const nano of [2n ** 53n, -(2n ** 53n), 10n ** 30n]) expect(() => toSafeNano(nano)).toThrow(RangeError);
  });

  test('rounding up is the ceiling', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (dividend, divisor) => {
          const quotient = divideRoundingUp(dividend, divisor);
          expect(quotient * divisor >= dividend).toBe(true);
          expect((quotient - 1n) * divisor < dividend).toBe(true);
        },
      ),
    );
  });
});
