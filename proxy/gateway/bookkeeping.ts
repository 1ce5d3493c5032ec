/** What looks after the books beside the calls: reconciliation once a day, and the wallet's low balance. */
import { ledgerDrift, lowBalance } from '../alerts/messages.ts';
import { systemTimer } from '../alerts/system-timer.ts';
import type { AlertBook } from '../alerts/types.ts';
import type { Config } from '../contract/config.ts';
import { usdToNano } from '../contract/money.ts';
import type { Clock } from '../core/clock.ts';
import { createReconciler, type Reconciler } from '../ledger/reconcile/reconciler.ts';
import type { Ledger } from '../ledger/types.ts';
import { watchWallet } from '../ledger/wallet-watch.ts';
import type { RequestFeed } from '../pipeline/feed.ts';
import type { StateStore } from '../storage/state-store.ts';
import type { Db } from '../storage/types.ts';

const RECONCILE_EVERY_MS = 24 * 3_600_000;

const RUNNING: ReadonlySet<string> = new Set(['running', 'streaming']);

export interface BookkeepingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly state: StateStore;
  readonly ledger: Ledger;
  readonly feed: RequestFeed;
  readonly alerts: AlertBook;
  readonly config: () => Config;
  readonly onFailure: (error: unknown, what: string) => void;
}

export interface Bookkeeping {
  readonly reconciler: Reconciler;
  close(): void;
}

export function createBookkeeping(parts: BookkeepingParts): Bookkeeping {
  const { db, clock, state, ledger, feed, alerts, config, onFailure } = parts;
  const after = (ms: number, work: () => void) => systemTimer.after(ms, work);
  const running = new Set<string>();
  const stopListening = feed.subscribe(({ id, state: now }) => {
    if (RUNNING.has(now)) running.add(id);
    else running.delete(id);
  });
  const reconciler = createReconciler({
    ledger,
    db,
    clock,
    state,
    after,
    everyMs: RECONCILE_EVERY_MS,
    isRunning: (requestId) => running.has(requestId),
    onDrift: (drift) => alerts.raise(ledgerDrift(drift)),
    onFailure: (error) => onFailure(error, 'the books could not be reconciled'),
  });
  const stopWatching = watchWallet({
    ledger,
    state,
    after,
    settings: () => {
      const { enabled, lowBalanceUsd = 0 } = config().wallet;
      return enabled ? { lowBalanceNano: usdToNano(lowBalanceUsd) } : undefined;
    },
    onLow: (balanceNano, lowBalanceNano) => alerts.raise(lowBalance(balanceNano, lowBalanceNano)),
    onFailure: (error) => onFailure(error, 'the wallet could not be looked at'),
  });
  return {
    reconciler,
    close() {
      stopWatching();
      stopListening();
      reconciler.close();
    },
  };
}
