/**
 * The wallet of an account: calls are paid from what was granted. Nothing is kept for it but what changes with a grant;
 * the rest is the account's `total` window, so a call costs one row read more and no row written.
 */
import type { BudgetView } from '../contract/views.ts';
import { assert } from '../core/assert.ts';
import type { Desk } from './desk.ts';
import type { StoredEntry } from './entry-row.ts';
import { safeSum } from './journal.ts';
import type { Account, WalletBalance } from './types.ts';

/** In the transaction that wrote the grant. `spentNano`: what the account had spent before it. */
export function addToWallet(desk: Desk, grant: StoredEntry, spentNano: number): void {
  const { account, amountNano, seq } = grant;
  assert(account !== undefined, 'a grant names its account');
  const known = desk.statements.wallet.get(account);
  if (known === undefined) {
    desk.statements.insertWallet.run(account, seq, amountNano, spentNano);
    return;
  }
  safeSum(known.grantedNano, amountNano);
  desk.statements.addToWallet.run(amountNano, account);
}

/** As it stands, from the kept rows. */
export function walletBalance(desk: Desk, account: Account): WalletBalance {
  const row = desk.statements.wallet.get(account);
  if (row === undefined) return { account, grantedNano: 0, spentNano: 0, heldNano: 0, balanceNano: 0 };
  const total = desk.statements.window.get(account, 'total', 0);
  assert(total !== undefined, 'an account with a wallet keeps its total; run "gatehouse ledger audit"');
  const spentNano = total.spentNano - row.baseNano;
  const { grantedNano } = row;
  const { heldNano } = total;
  const sinceMs = desk.statements.entryBySeq.get(row.sinceSeq)?.atMs;
  const balanceNano = grantedNano - spentNano - heldNano;
  return { account, grantedNano, spentNano, heldNano, balanceNano, ...(sinceMs === undefined ? {} : { sinceMs }) };
}

/** How a wallet refuses an amount; undefined when it pays. What costs nothing always passes. */
export function walletTooLow(desk: Desk, account: Account, amountNano: number): BudgetView | undefined {
  if (amountNano === 0) return undefined;
  const { balanceNano, grantedNano, spentNano, heldNano, sinceMs } = walletBalance(desk, account);
  if (amountNano <= balanceNano) return undefined;
  return {
    id: 'wallet',
    scope: 'wallet',
    window: 'total',
    limitNano: grantedNano,
    spentNano,
    heldNano,
    leftNano: Math.max(0, balanceNano),
    windowStartMs: sinceMs ?? 0,
  };
}
