/**
 * Keeps the window rows: sums of an account in a window, changed in the same transaction as the entries they sum. A row
 * that exists is always right. One that does not (a new day, a new budget, another time zone) is summed from the
 * entries when first asked for.
 */
import type { BudgetWindow } from '../contract/config.ts';
import { assert } from '../core/assert.ts';
import { parseAccount } from './accounts.ts';
import { type LedgerTransaction, safeSum } from './journal.ts';
import { EMPTY_SUMS, type Statements, type WindowSums } from './statements.ts';
import type { Account } from './types.ts';
import { type Calendar, calendarOf } from './windows.ts';

/** Kept whether or not a budget asks, for what the window and the tray show. */
const ALWAYS: readonly BudgetWindow[] = ['day', 'month', 'total'];

export class WindowRows {
  readonly #statements: Statements;
  #calendar: Calendar;
  /** Pairs that may have rows: never fewer than have. Trusted while `#epoch` is that of the head. */
  #pairs = new Map<Account, Set<BudgetWindow>>();
  #epoch = -1;

  constructor(statements: Statements, timeZone: string) {
    this.#statements = statements;
    this.#calendar = calendarOf(timeZone);
  }

  get calendar(): Calendar {
    return this.#calendar;
  }

  /** The sums of the window that holds `atMs`, from its row, which is made when missing. */
  keep(tx: LedgerTransaction, account: Account, kind: BudgetWindow, atMs: number): WindowSums {
    const { startMs } = this.#calendar.bounds(kind, atMs);
    const row = this.#statements.window.get(account, kind, startMs);
    if (row !== undefined) return row;
    const sums = this.recompute(account, kind, atMs);
    this.#statements.insertWindow.run(
      account,
      kind,
      startMs,
      sums.spentNano,
      sums.heldNano,
      sums.requests,
      sums.entries,
    );
    this.#remember(tx, account, kind);
    return sums;
  }

  /** The sums without writing anything: from the row, or from the entries where there is none. */
  look(account: Account, kind: BudgetWindow, atMs: number): WindowSums {
    const { startMs } = this.#calendar.bounds(kind, atMs);
    return this.#statements.window.get(account, kind, startMs) ?? this.recompute(account, kind, atMs);
  }

  /** What the whole ledger adds up to: the row that is always there. */
  totals(): WindowSums {
    const totals = this.#statements.window.get('global', 'total', 0);
    assert(totals !== undefined, 'the ledger keeps its totals; run "gatehouse ledger audit"');
    return totals;
  }

  /**
   * Changes every row that sums an entry of these accounts and this instant, and makes those that are always kept. The
   * entries and holds are already written: a row made now counts them.
   */
  add(tx: LedgerTransaction, accounts: readonly Account[], countsAtMs: number, change: WindowSums): void {
    this.#refresh(tx);
    const { spentNano, heldNano, requests, entries } = change;
    for (const account of accounts) {
      const kinds = this.#pairs.get(account);
      if (kinds === undefined) continue;
      for (const kind of kinds) {
        const { startMs } = this.#calendar.bounds(kind, countsAtMs);
        const update = this.#statements.addToWindow;
        const { changes } = update.run(spentNano, heldNano, requests, entries, account, kind, startMs);
        if (changes === 0 && account === 'global' && ALWAYS.includes(kind)) this.#make(account, kind, countsAtMs);
      }
    }
  }

  /** Windows of the new zone begin elsewhere: their rows are made anew when asked for. */
  changeTimeZone(tx: LedgerTransaction, calendar: Calendar): void {
    this.#statements.dropZonedWindows.run();
    tx.changeState({ timeZone: calendar.timeZone, windowsEpoch: tx.head.windowsEpoch + 1 });
  }

  /** After the transaction of `changeTimeZone` has committed. */
  adopt(calendar: Calendar): void {
    this.#calendar = calendar;
  }

  /** Every pair that has rows or may get them without the epoch moving. */
  readPairs(): Map<Account, Set<BudgetWindow>> {
    const pairs = new Map<Account, Set<BudgetWindow>>([['global', new Set(ALWAYS)]]);
    for (const { account, kind } of this.#statements.windowPairs.all()) {
      pairs.set(account, (pairs.get(account) ?? new Set()).add(kind));
    }
    return pairs;
  }

  recompute(account: Account, kind: BudgetWindow, atMs: number): WindowSums {
    const { scope, facts } = parseAccount(account);
    const { startMs, endMs } = this.#calendar.bounds(kind, atMs);
    const name = facts.model ?? facts.accessKeyId ?? facts.project ?? facts.client ?? facts.provider ?? null;
    const sums = this.#statements.sums[scope].get({
      fromMs: startMs,
      untilMs: endMs ?? Number.MAX_SAFE_INTEGER,
      name,
      provider: facts.provider ?? null,
    });
    return sums ?? EMPTY_SUMS;
  }

  #make(account: Account, kind: BudgetWindow, atMs: number): WindowSums {
    const { startMs } = this.#calendar.bounds(kind, atMs);
    const sums = this.recompute(account, kind, atMs);
    const { spentNano, heldNano, requests, entries } = sums;
    this.#statements.insertWindow.run(account, kind, startMs, spentNano, heldNano, requests, entries);
    return sums;
  }

  #remember(tx: LedgerTransaction, account: Account, kind: BudgetWindow): void {
    this.#refresh(tx);
    const kinds = this.#pairs.get(account) ?? new Set();
    if (kinds.has(kind)) return;
    this.#pairs.set(account, kinds.add(kind));
    tx.changeState({ windowsEpoch: tx.head.windowsEpoch + 1 });
    // Should this transaction fail, the head keeps its old epoch and the pairs are read again.
    this.#epoch = tx.head.windowsEpoch;
  }

  #refresh(tx: LedgerTransaction): void {
    if (this.#epoch === tx.head.windowsEpoch) return;
    this.#pairs = this.readPairs();
    this.#epoch = tx.head.windowsEpoch;
  }
}

/** Whether `amountNano` more still fits under the limit. */
export function fits(sums: WindowSums, amountNano: number, limitNano: number): boolean {
  return safeSum(safeSum(sums.spentNano, sums.heldNano), amountNano) <= limitNano;
}
