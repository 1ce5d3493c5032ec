/**
 * Money is a whole number of nano-dollars (1 USD = 1e9 nano) in a JavaScript number that must stay a safe integer
 * (about 9 million USD). Rates are whole nano-dollars per million tokens. Floats exist only at the edge: what a person
 * types or reads in USD.
 */
import { z } from 'zod';

export const NANO_PER_USD = 1_000_000_000;

/** A whole number of nano-dollars; negative only in corrections and differences. */
export const nanoUsd = z.int();

/** USD as a person writes it, to nano-dollars. Exact for up to nine decimals; more decimals round up (never to our loss). */
export function usdToNano(usd: number): number {
  if (!Number.isFinite(usd)) throw new RangeError('an amount in USD must be a finite number');
  const [mantissa = '0', exponent = '0'] = usd.toString().toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = BigInt(whole + fraction);
  const shift = 9 + Number(exponent) - fraction.length;
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRoundingUp(digits, 10n ** BigInt(-shift));
  return toSafeNano(negative ? -nano : nano);
}

/** Nano-dollars as a decimal USD string without rounding, e.g. 1500000 -> "0.0015". For headers, exports and JSON. */
export function nanoToUsdString(nano: number): string {
  assertNano(nano);
  const sign = nano < 0 ? '-' : '';
  const digits = Math.abs(nano).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return sign + digits.slice(0, -9) + (fraction === '' ? '' : `.${fraction}`);
}

/** bigint nano-dollars to the number the rest of the house uses. Throws RangeError past the safe range. */
export function toSafeNano(nano: bigint): number {
  const value = Number(nano);
  if (!Number.isSafeInteger(value)) throw new RangeError('an amount of money is larger than the ledger can hold');
  return value;
}

export function assertNano(nano: number): void {
  if (!Number.isSafeInteger(nano)) throw new RangeError('an amount of money must be a whole number of nano-dollars');
}

export function divideRoundingUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
