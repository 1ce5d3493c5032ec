/** Tells once that the wallet runs low, and once that it is empty, until it was filled again; also over a restart. */
import type { StateStore } from '../storage/state-store.ts';
import type { Ledger } from './types.ts';

export interface WalletWatchParts {
  readonly ledger: Ledger;
  readonly state: StateStore;
  /** Runs `work` after `ms`; the function it gives back calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  /** Undefined: no wallet is asked. `lowBalanceNano` 0: only an empty wallet is told of. */
  readonly settings: () => { readonly lowBalanceNano: number } | undefined;
  readonly onLow: (balanceNano: number, lowBalanceNano: number) => void;
  readonly onFailure: (error: unknown) => void;
}

type Told = 'low' | 'empty';

const TOLD = 'walletTold';
/** However many transfers there are, the balance is looked at no more often than this. */
const CHECK_EVERY_MS = 200;

/** Gives the function that ends it. */
export function watchWallet(parts: WalletWatchParts): () => void {
  const { ledger, state, after } = parts;
  let due: (() => void) | undefined;
  let closed = false;

  async function check(): Promise<void> {
    due = undefined;
    try {
      const settings = parts.settings();
      if (settings === undefined) return;
      const { balanceNano } = await ledger.wallet();
      if (closed) return;
      const level = levelOf(balanceNano, settings.lowBalanceNano);
      const told = state.get(TOLD);
      if (level === told) return;
      if (level === undefined) return state.delete(TOLD);
      state.set(TOLD, level);
      // From empty to merely low it is on its way up: whoever fills it knows.
      if (told !== 'empty') parts.onLow(balanceNano, settings.lowBalanceNano);
    } catch (error) {
      parts.onFailure(error);
    }
  }

  const soon = () => {
    if (!closed) due ??= after(CHECK_EVERY_MS, () => void check());
  };
  const stop = ledger.onTransfer(soon);
  soon();
  return () => {
    closed = true;
    stop();
    due?.();
  };
}

function levelOf(balanceNano: number, lowBalanceNano: number): Told | undefined {
  if (balanceNano <= 0) return 'empty';
  return balanceNano < lowBalanceNano ? 'low' : undefined;
}
