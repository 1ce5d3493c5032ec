/**
 * The ledger's interface: two-phase transfers in whole nano-dollars. Async, so that a shared ledger on another machine
 * can stand behind it; the SQLite one answers within a turn of the event loop.
 */
import type { BudgetWindow } from '../contract/config.ts';
import type { AuditReport, BalanceView, BudgetView, SpendView, TransferView } from '../contract/views.ts';
import type { Certainty, Usage } from '../core/usage.ts';

/** `global`, `key:<id>`, `project:<id>`, `client:<id>`, `provider:<id>` or `model:<provider/model>`. */
export type Account = string;

/** A cap that a reserve has to fit under: spent + held + this amount <= limit, in the window that holds `nowMs`. */
export interface Limit {
  readonly budgetId: string;
  readonly account: Account;
  readonly window: BudgetWindow;
  readonly limitNano: number;
}

export interface ReserveInput {
  readonly attemptId: string;
  readonly requestId: string;
  readonly provider: string;
  /** The provider's own name for the model; the attempt's account is `model:<provider>/<model>`. */
  readonly model: string;
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  readonly configVersion: number;
  /** Upper bound of the attempt's charge (cost and fee). */
  readonly amountNano: number;
  /** Fee on top of the provider's cost, in basis points. 0 in this release. */
  readonly feeBps: number;
  readonly limits: readonly Limit[];
  /** The account whose wallet pays: an amount above 0 has to fit its balance. Left out: no wallet is asked. */
  readonly wallet?: Account;
  /** After this the hold's owner is gone and recovery may resolve it. */
  readonly deadlineAtMs: number;
  /** True: `dispatched_at` is written in the same transaction, for a caller that sends at once. */
  readonly dispatched: boolean;
}

export type ReserveOutcome =
  | { readonly ok: true }
  /**
   * Nothing was written. `budget` is the first limit that did not fit, as it stood. That of a wallet has the id and scope
   * `wallet` and the window `total`; its limit is what was granted.
   */
  | { readonly ok: false; readonly reason: 'budget_exceeded'; readonly budget: BudgetView };

export interface SettleInput {
  readonly attemptId: string;
  /** The provider's cost. Undefined when the certainty is `unknown`: then the whole hold is charged, never 0. */
  readonly costNano?: number;
  readonly certainty: Certainty;
  readonly usage?: Usage;
  readonly reason?: string;
}

/** A charge may exceed its hold (a provider billed more than the bound): it is charged in full and `overrunNano` tells. */
export interface Settlement {
  readonly chargedNano: number;
  readonly releasedNano: number;
  readonly overrunNano: number;
}

export interface RecoveryReport {
  readonly released: readonly string[];
  readonly settled: readonly string[];
  /** The requests behind them, as their reserves tell. `costNano` is what was charged now; undefined when released. */
  readonly interrupted: readonly InterruptedAttempt[];
}

export interface InterruptedAttempt {
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly provider: string;
  readonly model: string;
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  readonly configVersion: number;
  readonly costNano?: number;
}

/** An entry with every column its hash covers; what an export holds. See chain.ts for how to verify one. */
export interface LedgerEntry extends TransferView, Usage {
  readonly prevHash: string;
  /** The instant whose windows this entry counts in: that of its reserve. */
  readonly countsAtMs: number;
  readonly account?: Account;
  readonly client?: string;
  readonly configVersion?: number;
  readonly feeBps?: number;
  readonly deadlineAtMs?: number;
  readonly dispatchedAtMs?: number;
}

/**
 * balanceNano = grantedNano - spentNano - heldNano. `spentNano` is what was charged and corrected in the account since its
 * first grant (charges of calls that were under way then included), `heldNano` all that is held in it now. Without a
 * grant everything is 0. A balance below 0: a provider billed more than was held.
 */
export interface WalletBalance {
  readonly account: Account;
  readonly grantedNano: number;
  readonly spentNano: number;
  readonly heldNano: number;
  readonly balanceNano: number;
  /** When the first grant was written. */
  readonly sinceMs?: number;
}

/** A row of the kept windows. */
export interface KeptWindow {
  readonly account: Account;
  readonly kind: BudgetWindow;
  readonly startMs: number;
  readonly spentNano: number;
  readonly heldNano: number;
  readonly requests: number;
  readonly entries: number;
}

export interface EntriesQuery {
  readonly limit: number;
  /** Only grants and corrections: what people wrote. Not together with `requestId`. */
  readonly byPeople?: boolean;
  /** Opaque; from the previous page. Newest first. */
  readonly cursor?: string;
  readonly requestId?: string;
}

export interface Ledger {
  reserve(input: ReserveInput): Promise<ReserveOutcome>;
  markDispatched(attemptId: string): Promise<void>;
  /**
   * charge + release. The same attempt with the same content again is a no-op; with other content a LedgerConflictError.
   * `alongside` runs in the same transaction (a ledger elsewhere calls it after its commit): what it writes to the same
   * database stands or falls with the entry, and what it throws undoes both.
   */
  settle(input: SettleInput, alongside?: (settlement: Settlement) => void): Promise<Settlement>;
  /** The attempt never ran or was refused: everything back. */
  release(attemptId: string, reason: string, alongside?: () => void): Promise<void>;
  grant(input: { id: string; account: Account; amountNano: number; reason: string }): Promise<TransferView>;
  /**
   * The only way to change history, with the reason. The amount adds to what was charged: negative gives back. It counts
   * in `account` and in global now; with an attempt, in all accounts of that attempt at the time of its reserve.
   */
  correct(input: {
    id: string;
    account: Account;
    amountNano: number;
    reason: string;
    attemptId?: string;
  }): Promise<TransferView>;
  /**
   * Start-up: undispatched holds are released, dispatched ones charged in full as `estimated`, reason `crash_recovery`.
   * `overdue` takes only the holds whose deadline has passed, for a sweep while the gateway runs.
   */
  recover(which?: 'all' | 'overdue'): Promise<RecoveryReport>;
  audit(): Promise<AuditReport>;
  balance(): Promise<BalanceView>;
  /** `global` when left out. */
  wallet(account?: Account): Promise<WalletBalance>;
  /** Spend of today and this month (account global) in the ledger's time zone, and each limit as a budget view. */
  spend(limits: readonly Limit[]): Promise<SpendView>;
  entries(query: EntriesQuery): Promise<{ items: TransferView[]; nextCursor?: string }>;
  /** Every entry in chain order, for exports. */
  exportEntries(): IterableIterator<LedgerEntry>;
  /** Every window that is kept, for exports. Consistent with `exportEntries` only where nothing is written in between. */
  keptWindows(): KeptWindow[];
  /** Called once for each entry after its transaction committed. Returns the unsubscribe. */
  onTransfer(listener: (transfer: TransferView) => void): () => void;
}
