/** An export summed up line by line, with nothing but the file: what the audit does with a database. */
import type { z } from 'zod';
import type { BudgetWindow } from '../../contract/config.ts';
import type { BalanceView } from '../../contract/views.ts';
import type { ProblemKind } from '../../ledger/audit-problems.ts';
import { inOrder } from '../../ledger/chain.ts';
import type { StoredEntry } from '../../ledger/entry-row.ts';
import { Replay } from '../../ledger/replay.ts';
import type { Account } from '../../ledger/types.ts';
import { type Calendar, calendarOf } from '../../ledger/windows.ts';
import type { EntryLine } from './entry-line.ts';
import type { ExportWindow, exportFooter } from './json-lines.ts';

export interface ExportProblem {
  readonly kind: ProblemKind | 'line_unreadable' | 'cut_off';
  readonly message: string;
}

export interface LineProblem extends ExportProblem {
  readonly line: number;
}

/** Past this a broken export is broken enough. */
const PROBLEMS_KEPT_MAX = 10_000;

export class ExportReplay {
  readonly #problems: LineProblem[] = [];
  readonly #windows: { readonly line: number; readonly kept: ExportWindow }[] = [];
  readonly #pairs = new Map<Account, Set<BudgetWindow>>();
  readonly #reserves = new Map<string, { readonly entry: StoredEntry; readonly line: number }>();
  readonly #requests = new Set<string>();
  readonly #calendar: Calendar;
  readonly #replay: Replay;
  #finished = false;

  /** Throws RangeError for a zone this platform does not know. */
  constructor(timeZone: string) {
    this.#calendar = calendarOf(timeZone);
    this.#replay = new Replay({
      calendar: this.#calendar,
      pairs: this.#pairs,
      reserveOf: (attemptId) => this.#reserves.get(attemptId)?.entry,
      requestBegins: ({ requestId }) => requestId === undefined || !this.#requests.has(requestId),
    });
  }

  get checkedEntries(): number {
    return this.#replay.chain.checkedEntries;
  }

  get checkedWindows(): number {
    return this.#windows.length;
  }

  get headHash(): string {
    return this.#replay.chain.headHash;
  }

  balance(): BalanceView {
    return this.#replay.balance();
  }

  note(line: number, { kind, message }: ExportProblem): void {
    if (this.#problems.length < PROBLEMS_KEPT_MAX) {
      this.#problems.push({ line, kind, message: `line ${line}: ${message}` });
    }
  }

  window(line: number, kept: ExportWindow): void {
    if (this.checkedEntries > 0) {
      this.note(line, { kind: 'line_unreadable', message: 'a window stands among the entries' });
      return;
    }
    this.#windows.push({ line, kept });
    this.#pairs.set(kept.account, (this.#pairs.get(kept.account) ?? new Set()).add(kept.kind));
  }

  entry(line: number, said: EntryLine): void {
    const { prevHash, hash, seq, ...facts } = said;
    if (prevHash !== this.headHash) {
      const message = `entry ${seq} names another entry before it than the one that stands there`;
      this.note(line, { kind: 'hash_chain_broken', message });
    }
    const entry: StoredEntry = { ...inOrder(seq, facts), hash };
    this.#replay.next(entry);
    const { attemptId, requestId } = entry;
    if (entry.kind === 'reserve' && attemptId !== undefined) this.#reserves.set(attemptId, { entry, line });
    if ((entry.kind === 'reserve' || entry.kind === 'correction') && requestId !== undefined) {
      this.#requests.add(requestId);
    }
    this.#take(line);
  }

  end(line: number, footer: z.infer<typeof exportFooter>): void {
    this.#finishEntries();
    if (footer.entries !== this.checkedEntries || footer.headHash !== this.headHash) {
      const message = `the export ends with entry hash ${this.headHash} after ${this.checkedEntries} entries, but was written with ${footer.entries} entries up to ${footer.headHash}`;
      this.note(line, { kind: 'cut_off', message });
    }
    const summed = this.balance();
    for (const field of Object.keys(summed) as (keyof BalanceView)[]) {
      if (footer.balance[field] === summed[field]) continue;
      const message = `the ledger's ${field} says ${footer.balance[field]}, its entries say ${summed[field]}`;
      this.note(line, { kind: 'balance_drift', message });
    }
  }

  /** What is wrong with entries first, in the order of the file; then the sums that follow from them. */
  finish(): readonly LineProblem[] {
    this.#finishEntries();
    for (const { line, kept } of this.#windows) this.#checkWindow(line, kept);
    return this.#problems;
  }

  #finishEntries(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#replay.finish();
    for (const { attemptId = '', kind, message } of this.#replay.problems.splice(0)) {
      this.note(this.#reserves.get(attemptId)?.line ?? 1, { kind, message });
    }
  }

  #take(line: number): void {
    for (const { kind, message } of this.#replay.problems.splice(0)) this.note(line, { kind, message });
  }

  #checkWindow(line: number, { account, kind, startMs, ...kept }: ExportWindow): void {
    const name = `the ${kind} window of ${account} from ${new Date(startMs).toISOString()}`;
    if (this.#calendar.bounds(kind, startMs).startMs !== startMs) {
      this.note(line, { kind: 'window_misplaced', message: `${name} begins where no ${kind} begins` });
      return;
    }
    const sums = this.#replay.sums(account, kind, startMs);
    for (const field of ['spentNano', 'heldNano', 'requests', 'entries'] as const) {
      if (kept[field] === sums[field]) continue;
      const message = `${name} says ${field} ${kept[field]}, its entries say ${sums[field]}`;
      this.note(line, { kind: 'window_drift', message });
    }
  }
}
