/** What others see of the ledger: balance, spend, pages of entries, the export. */
import type { BalanceView, SpendView, TransferView } from '../contract/views.ts';
import { budgetView } from './budget-view.ts';
import { GENESIS_HASH } from './chain.ts';
import type { Desk } from './desk.ts';
import { fromRow, toLedgerEntry, toView } from './entry-row.ts';
import { LedgerRefusedError } from './errors.ts';
import type { WindowSums } from './statements.ts';
import type { Account, EntriesQuery, LedgerEntry, Limit } from './types.ts';

const PAGE_MAX = 1_000;
const EXPORT_PAGE = 500;

/** As kept in the rows, without reading the entries. Throws LedgerUnavailableError. */
export function balance(desk: Desk): BalanceView {
  const head = desk.journal.head();
  return desk.journal.read(() => {
    const totals = desk.windows.totals();
    return {
      chargedNano: totals.spentNano - head.correctedNano,
      heldNano: totals.heldNano,
      grantedNano: head.grantedNano,
      correctedNano: head.correctedNano,
      openHolds: desk.statements.countHolds.get() ?? 0,
      entries: totals.entries + head.grants,
    };
  });
}

/** Throws LedgerUnavailableError, or LedgerRefusedError `invalid_account` for a limit on nothing. */
export function spend(desk: Desk, limits: readonly Limit[], readonly: boolean): SpendView {
  const nowMs = desk.clock.nowMs();
  const { windows } = desk;
  const view = (sumsOf: (account: Account, kind: Limit['window']) => WindowSums): SpendView => {
    const today = sumsOf('global', 'day');
    return {
      todayNano: today.spentNano,
      monthNano: sumsOf('global', 'month').spentNano,
      heldNano: windows.totals().heldNano,
      requestsToday: today.requests,
      budgets: limits.map((limit) => budgetView(limit, sumsOf(limit.account, limit.window), windows.calendar, nowMs)),
    };
  };
  // Rows that are missing are made here too, so that a window that polls does not sum the same entries again and again.
  if (readonly) return desk.journal.read(() => view((account, kind) => windows.look(account, kind, nowMs)));
  return desk.journal.write((tx) => view((account, kind) => windows.keep(tx, account, kind, nowMs)));
}

/** Newest first. Throws LedgerUnavailableError, or LedgerRefusedError `invalid_cursor`. */
export function entries(desk: Desk, query: EntriesQuery): { items: TransferView[]; nextCursor?: string } {
  const limit = Math.min(PAGE_MAX, Math.max(1, Math.floor(query.limit)));
  const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : seqOf(query.cursor);
  const { statements } = desk;
  const newest = query.byPeople === true ? statements.newestByPeopleBefore : statements.newestBefore;
  const rows = desk.journal.read(() =>
    query.requestId === undefined
      ? newest.all(before, limit + 1)
      : statements.newestOfRequestBefore.all(query.requestId, before, limit + 1),
  );
  const items = rows.slice(0, limit).map((row) => toView(fromRow(row)));
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, nextCursor: String(last.seq) } : { items };
}

/** Page by page, so that a reader who stops half-way leaves no statement open. Throws LedgerUnavailableError. */
export function* exportEntries(desk: Desk): Generator<LedgerEntry, undefined, unknown> {
  let seq = 0;
  let prevHash = GENESIS_HASH;
  for (;;) {
    const rows = desk.journal.read(() => desk.statements.entriesAfter.all(seq, EXPORT_PAGE));
    for (const row of rows) {
      yield toLedgerEntry(fromRow(row), prevHash);
      prevHash = row.hash;
      seq = row.seq;
    }
    if (rows.length < EXPORT_PAGE) return;
  }
}

function seqOf(cursor: string): number {
  if (/^[1-9][0-9]{0,15}$/.test(cursor)) return Number(cursor);
  throw new LedgerRefusedError('invalid_cursor', 'The cursor is not one that the ledger handed out.');
}
