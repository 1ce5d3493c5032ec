/** Nano-dollars for a menu, read as the window reads them: `$12.40`, `$0.42`, `$0.0042`, `$0.00000015`. */
import { NANO_PER_USD } from '../../proxy/contract/money.ts';

/** Two decimals, or as many as two significant digits need; what was spent never reads as nothing. */
export function moneyText(nano: number, locale?: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: fractionDigits(Math.abs(nano)),
  }).format(nano / NANO_PER_USD);
}

function fractionDigits(size: number): number {
  if (size === 0 || size >= NANO_PER_USD / 10) return 2;
  const leadingZeros = 9 - size.toString().length;
  return Math.min(9, Math.max(2, leadingZeros + 2));
}
