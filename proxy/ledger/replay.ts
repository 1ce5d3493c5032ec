/**
 * The audit's own arithmetic: every entry read in order, attempts followed from reserve to end, totals and windows
 * summed anew. Pure, and written apart from the code that keeps the rows, so that the two check each other.
 */
import type { BudgetWindow } from '../contract/config.ts';
import type { BalanceView } from '../contract/views.ts';
import { accountsOf } from './accounts.ts';
import type { Problem } from './audit-problems.ts';
import { ChainVerifier } from './chain.ts';
import { feeNano } from './charge-amount.ts';
import type { StoredEntry } from './entry-row.ts';
import { EMPTY_SUMS, type WalletRow, type WindowSums } from './statements.ts';
import type { Account } from './types.ts';
import type { Calendar } from './windows.ts';

export interface ReplaySums {
  spentNano: number;
  heldNano: number;
  requests: number;
  entries: number;
}

/** Which windows of an account are summed; undefined: none. */
export interface WindowPairs {
  get(account: Account): ReadonlySet<BudgetWindow> | undefined;
}

interface OpenAttempt {
  readonly reserve: StoredEntry;
  charge: StoredEntry | undefined;
}

const SAME_ON_EVERY_ENTRY = [
  'requestId',
  'provider',
  'model',
  'accessKeyId',
  'project',
  'client',
  'configVersion',
  'countsAtMs',
] as const satisfies readonly (keyof StoredEntry)[];

export class Replay {
  readonly chain = new ChainVerifier();
  readonly problems: Problem[] = [];
  readonly open = new Map<string, OpenAttempt>();
  chargedNano = 0;
  grants = 0;
  grantedNano = 0;
  correctedNano = 0;
  /** Complete for the accounts whose `total` is summed. */
  readonly wallets = new Map<Account, WalletRow>();
  readonly #calendar: Calendar;
  readonly #pairs: WindowPairs;
  readonly #sums = new Map<string, ReplaySums>();
  readonly #reserveOf: (attemptId: string) => StoredEntry | undefined;
  readonly #requestBegins: (entry: StoredEntry) => boolean;

  /**
   * `pairs`: which windows to sum. `reserveOf` finds the reserve of an attempt that has ended; `requestBegins` tells
   * whether no earlier entry names the same request.
   */
  constructor(options: {
    readonly calendar: Calendar;
    readonly pairs: WindowPairs;
    readonly reserveOf: (attemptId: string) => StoredEntry | undefined;
    readonly requestBegins: (entry: StoredEntry) => boolean;
  }) {
    this.#calendar = options.calendar;
    this.#pairs = options.pairs;
    this.#reserveOf = options.reserveOf;
    this.#requestBegins = options.requestBegins;
  }

  next(entry: StoredEntry): void {
    this.problems.push(...this.chain.next(entry));
    switch (entry.kind) {
      case 'grant':
        this.grants += 1;
        this.grantedNano += entry.amountNano;
        this.#grant(entry);
        return;
      case 'correction':
        this.#correction(entry);
        return;
      case 'reserve':
        this.#reserve(entry);
        return;
      case 'charge':
        this.#charge(entry);
        return;
      case 'release':
        this.#release(entry);
        return;
      default:
        entry.kind satisfies never;
    }
  }

  /** What every window row should say by now; a window nothing counts in is all zeros. */
  sums(account: Account, kind: BudgetWindow, startMs: number): WindowSums {
    return this.#sums.get(keyOf(account, kind, startMs)) ?? EMPTY_SUMS;
  }

  /** What the entries so far come to. */
  balance(): BalanceView {
    let heldNano = 0;
    for (const { reserve } of this.open.values()) heldNano += reserve.amountNano;
    return {
      chargedNano: this.chargedNano,
      heldNano,
      grantedNano: this.grantedNano,
      correctedNano: this.correctedNano,
      openHolds: this.open.size,
      entries: this.chain.checkedEntries,
    };
  }

  /** Attempts whose charge came without a release, which no transaction writes. */
  finish(): void {
    for (const [attemptId, { charge }] of this.open) {
      if (charge === undefined) continue;
      this.#problem('charge_without_release', charge, `attempt ${attemptId} is charged, but its hold was never ended`);
    }
  }

  #grant({ account = 'global', seq, amountNano }: StoredEntry): void {
    const wallet = this.wallets.get(account);
    if (wallet === undefined) {
      const baseNano = this.sums(account, 'total', 0).spentNano;
      this.wallets.set(account, { account, sinceSeq: seq, grantedNano: amountNano, baseNano });
    } else {
      this.wallets.set(account, { ...wallet, grantedNano: wallet.grantedNano + amountNano });
    }
  }

  #reserve(entry: StoredEntry): void {
    const attemptId = this.#attemptOf(entry);
    if (this.open.has(attemptId)) {
      this.#problem('reserved_twice', entry, `attempt ${attemptId} has a second reserve`);
      return;
    }
    this.open.set(attemptId, { reserve: entry, charge: undefined });
    this.#count(entry, { spentNano: 0, heldNano: entry.amountNano, requests: this.#requestBegins(entry) ? 1 : 0 });
  }

  #charge(entry: StoredEntry): void {
    this.chargedNano += entry.amountNano;
    this.#count(entry, { spentNano: entry.amountNano, heldNano: 0, requests: 0 });
    const attemptId = this.#attemptOf(entry);
    const attempt = this.#openAttempt(entry, attemptId);
    if (attempt === undefined) return;
    if (attempt.charge !== undefined) {
      this.#problem('hold_resolved_twice', entry, `attempt ${attemptId} is charged a second time`);
      return;
    }
    attempt.charge = entry;
    this.#sameFacts(attempt.reserve, entry);
    this.#priced(attempt.reserve, entry);
  }

  #release(entry: StoredEntry): void {
    const attemptId = this.#attemptOf(entry);
    const attempt = this.#openAttempt(entry, attemptId);
    this.#count(entry, { spentNano: 0, heldNano: -(attempt?.reserve.amountNano ?? 0), requests: 0 });
    if (attempt === undefined) return;
    const { reserve, charge } = attempt;
    this.open.delete(attemptId);
    this.#sameFacts(reserve, entry);
    const rest = Math.max(0, reserve.amountNano - (charge?.amountNano ?? 0));
    if (entry.amountNano !== rest) {
      const message = `attempt ${attemptId} gave back ${entry.amountNano} nano-dollars instead of ${rest}`;
      this.#problem('settlement_mismatch', entry, message);
    }
  }

  #correction(entry: StoredEntry): void {
    this.correctedNano += entry.amountNano;
    this.#count(entry, { spentNano: entry.amountNano, heldNano: 0, requests: 0 });
    if (entry.attemptId === undefined) return;
    const reserve = this.open.get(entry.attemptId)?.reserve ?? this.#reserveOf(entry.attemptId);
    if (reserve === undefined) {
      this.#problem('unknown_attempt', entry, `a correction names attempt ${entry.attemptId}, which has no reserve`);
    } else {
      this.#sameFacts(reserve, entry);
    }
  }

  /** The attempt, if its hold is open; otherwise the problem is noted. */
  #openAttempt(entry: StoredEntry, attemptId: string): OpenAttempt | undefined {
    const attempt = this.open.get(attemptId);
    if (attempt !== undefined) return attempt;
    if (this.#reserveOf(attemptId) === undefined) {
      this.#problem('unknown_attempt', entry, `a ${entry.kind} names attempt ${attemptId}, which has no reserve`);
    } else {
      this.#problem('hold_resolved_twice', entry, `attempt ${attemptId} had ended before this ${entry.kind}`);
    }
    return undefined;
  }

  #attemptOf(entry: StoredEntry): string {
    if (entry.attemptId === undefined || entry.id !== `${entry.attemptId}:${entry.kind}`) {
      const message = `the id ${entry.id} is not that of a ${entry.kind} of attempt ${entry.attemptId ?? '(none)'}`;
      this.#problem('id_mismatch', entry, message);
    }
    return entry.attemptId ?? '';
  }

  #sameFacts(reserve: StoredEntry, entry: StoredEntry): void {
    const differing = SAME_ON_EVERY_ENTRY.filter((field) => reserve[field] !== entry[field]);
    if (differing.length === 0) return;
    const message = `entry ${entry.seq} has another ${differing.join(', ')} than the reserve of its attempt`;
    this.#problem('facts_mismatch', entry, message);
  }

  #priced(reserve: StoredEntry, entry: StoredEntry): void {
    const { costNano } = entry;
    const expected = costNano === undefined ? reserve.amountNano : costNano + feeNano(costNano, reserve.feeBps ?? 0);
    if (entry.amountNano === expected && entry.amountNano === (costNano ?? expected) + (entry.feeNano ?? 0)) return;
    const message = `the charge of attempt ${entry.attemptId} is ${entry.amountNano} nano-dollars instead of ${expected}`;
    this.#problem('charge_mismatch', entry, message);
  }

  #count(entry: StoredEntry, change: Omit<WindowSums, 'entries'>): void {
    for (const account of accountsOf(entry)) {
      for (const kind of this.#pairs.get(account) ?? []) {
        const key = keyOf(account, kind, this.#calendar.bounds(kind, entry.countsAtMs).startMs);
        const sums = this.#sums.get(key) ?? { ...EMPTY_SUMS };
        sums.spentNano += change.spentNano;
        sums.heldNano += change.heldNano;
        sums.requests += change.requests;
        sums.entries += 1;
        this.#sums.set(key, sums);
      }
    }
  }

  #problem(kind: Problem['kind'], entry: StoredEntry, message: string): void {
    const { seq, attemptId } = entry;
    this.problems.push({ kind, message, seq, ...(attemptId === undefined ? {} : { attemptId }) });
  }
}

function keyOf(account: Account, kind: BudgetWindow, startMs: number): string {
  return `${kind} ${startMs} ${account}`;
}
