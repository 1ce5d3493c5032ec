/** Nano-dollars as people read them, in their locale. A price of a call is often far below a cent and must not read as 0. */
import { NANO_PER_USD, nanoToUsdString } from '../../../proxy/contract/money.ts';
import { UNKNOWN } from './unknown.ts';

/** `$12.40`, `$0.42`, `$0.0042`, `$0.00000015`: two decimals, or enough for two significant digits. Undefined is "unknown". */
export function formatNano(nano: number | undefined, locale?: string): string {
  if (nano === undefined) return UNKNOWN;
  return currency(fractionDigits(nano), locale).format(nano / NANO_PER_USD);
}

/** A limit or a total where cents are enough: `$20`, `$19.58`. */
export function formatUsd(usd: number, locale?: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: Number.isInteger(usd) ? 0 : 2,
    maximumFractionDigits: Math.max(2, Math.min(9, decimalsOf(usd))),
  }).format(usd);
}

/** Every digit, for the ledger and for tool tips: `$0.004251500`. */
export function formatNanoExactly(nano: number | undefined, locale?: string): string {
  if (nano === undefined) return UNKNOWN;
  const exact = nanoToUsdString(nano);
  // Intl takes a decimal string without going through a float, so the last digit survives.
  return currency(9, locale, 9).format(exact as Intl.StringNumericLiteral);
}

function fractionDigits(nano: number): number {
  const size = Math.abs(nano);
  if (size === 0 || size >= NANO_PER_USD / 10) return 2;
  const leadingZeros = 9 - size.toString().length;
  return Math.min(9, Math.max(2, leadingZeros + 2));
}

function currency(digits: number, locale?: string, digitsMin = 2): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digitsMin,
    maximumFractionDigits: digits,
  });
}

function decimalsOf(usd: number): number {
  return usdDecimals(usd.toString());
}

function usdDecimals(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
