/** How a wallet stands, in words. Pure. */
import type { WalletView } from '../../../../proxy/contract/ledger-desk.ts';
import type { Tone } from '../../components/Status.tsx';
import { formatNano } from '../../format/money.ts';

interface WalletState {
  readonly tone: Tone;
  readonly text: string;
}

export function walletState(wallet: WalletView): WalletState {
  if (!wallet.enabled) return { tone: 'idle', text: 'Switched off' };
  if (wallet.balanceNano < 0) return { tone: 'bad', text: 'Overdrawn' };
  if (wallet.balanceNano === 0) return { tone: 'bad', text: 'Empty' };
  return wallet.low ? { tone: 'warn', text: 'Low' } : { tone: 'ok', text: 'Calls are paid from it' };
}

/** What follows from that for calls, and when somebody is told. */
export function walletNote(wallet: WalletView, locale?: string): string {
  if (!wallet.enabled) return 'No call is refused for want of money. What was granted is kept.';
  const stops =
    wallet.balanceNano <= 0 ? 'Calls that cost something are refused until money is added.' : 'At $0, calls stop.';
  const { lowBalanceNano } = wallet;
  return lowBalanceNano === undefined
    ? `${stops} An alert goes out then.`
    : `${stops} Alerts go out below ${formatNano(lowBalanceNano, locale)} and at $0.`;
}

/** A wallet that was never switched on nor filled is no more than an offer. */
export function hasWallet(wallet: WalletView): boolean {
  return wallet.enabled || wallet.grantedNano > 0;
}
