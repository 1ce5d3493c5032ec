/** Nano-dollars for a menu: short, and never rounded down to "nothing" when something was spent. */
import { NANO_PER_USD } from '../../proxy/contract/money.ts';

const NANO_PER_CENT = NANO_PER_USD / 100;

/** e.g. `$0`, `$0.0042`, `< $0.0001`, `$12.30`, `$1,204.00`. Two decimals from one cent up, four below. */
export function moneyText(nano: number): string {
  const sign = nano < 0 ? '-' : '';
  const size = Math.abs(nano);
  if (size === 0) return '$0';
  if (size < NANO_PER_USD / 10_000) return `${sign}< $0.0001`;
  const decimals = size < NANO_PER_CENT ? 4 : 2;
  const usd = (size / NANO_PER_USD).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${sign}$${usd}`;
}
