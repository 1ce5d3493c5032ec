import { expect, test } from 'vitest';
import type { WalletView } from '../../../../proxy/contract/ledger-desk.ts';
import { createEntryIds, randomHex } from '../../../../renderer/src/pages/ledger/entry-ids.ts';
import { hasWallet, walletNote, walletState } from '../../../../renderer/src/pages/ledger/wallet-words.ts';

function wallet(more: Partial<WalletView> = {}): WalletView {
  return { enabled: true, grantedNano: 10, spentNano: 0, heldNano: 0, balanceNano: 10, low: false, ...more };
}

test.each([
  [wallet(), 'ok', 'Calls are paid from it'],
  [wallet({ low: true }), 'warn', 'Low'],
  [wallet({ balanceNano: 0, low: true }), 'bad', 'Empty'],
  [wallet({ balanceNano: -1, low: true }), 'bad', 'Overdrawn'],
  [wallet({ enabled: false, balanceNano: 0, low: true }), 'idle', 'Switched off'],
])('how it stands: %#', (view, tone, text) => {
  expect(walletState(view)).toEqual({ tone, text });
});

test('what that means for calls', () => {
  expect(walletNote(wallet())).toBe('At $0, calls stop. An alert goes out then.');
  expect(walletNote(wallet({ lowBalanceNano: 5_000_000_000 }), 'en-US')).toBe(
    'At $0, calls stop. Alerts go out below $5.00 and at $0.',
  );
  expect(walletNote(wallet({ balanceNano: 0 }))).toMatch(/^Calls that cost something are refused/);
  expect(walletNote(wallet({ enabled: false, balanceNano: 0 }))).toMatch(/^No call is refused/);
});

test('it is there when it is switched on or was filled', () => {
  expect(hasWallet(wallet({ enabled: false, grantedNano: 0 }))).toBe(false);
  expect(hasWallet(wallet({ enabled: false }))).toBe(true);
  expect(hasWallet(wallet({ grantedNano: 0 }))).toBe(true);
});

test('the same sent again has the same id, something else has another', () => {
  const randoms = ['1', '2', '3'];
  const idOf = createEntryIds(() => randoms.shift() ?? '');
  expect(idOf({ amountUsd: 5, reason: 'a' })).toBe('window-1');
  expect(idOf({ amountUsd: 5, reason: 'a' })).toBe('window-1');
  expect(idOf({ amountUsd: 6, reason: 'a' })).toBe('window-2');
  expect(randomHex()).toMatch(/^[0-9a-f]{32}$/);
});
