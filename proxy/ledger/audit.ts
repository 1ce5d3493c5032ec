/** Recomputes the whole ledger from its entries and names everything that does not agree. Changes nothing. */
import type { AuditReport } from '../contract/views.ts';
import type { Problem } from './audit-problems.ts';
import type { Desk } from './desk.ts';
import { fromRow, type StoredEntry } from './entry-row.ts';
import { Replay } from './replay.ts';
import type { Head, HoldRow, WalletRow } from './statements.ts';

/** Entries between two pauses: a few milliseconds, so that requests go on while a long ledger is audited. */
const CHUNK = 500;
/** A new budget or another time zone changes what has to be summed: begin again, the last time without a pause. */
const RUNS_MAX = 3;
const TRIGGERS = ['transfers_are_never_deleted', 'transfers_are_never_updated'];

/** Entries may be added while it runs; it ends at a moment when entries, rows and head are compared as one. */
export async function audit(desk: Desk): Promise<AuditReport> {
  const startedMs = desk.clock.monotonicMs();
  for (let run = 1; ; run += 1) {
    const replay = desk.journal.read(() => beginReplay(desk));
    const { windowsEpoch } = desk.journal.head();
    while (run < RUNS_MAX && desk.journal.read(() => replayChunk(desk, replay))) await pause();
    const report = desk.journal.read(() => {
      const head = desk.journal.head();
      if (run < RUNS_MAX && head.windowsEpoch !== windowsEpoch) return undefined;
      while (replayChunk(desk, replay));
      replay.finish();
      return finishedReport(desk, replay, head);
    });
    if (report !== undefined) return { ...report, durationMs: desk.clock.monotonicMs() - startedMs };
  }
}

function beginReplay(desk: Desk): Replay {
  const { statements } = desk;
  return new Replay({
    calendar: desk.windows.calendar,
    pairs: desk.windows.readPairs(),
    reserveOf: (attemptId) => {
      const row = statements.entryById.get(`${attemptId}:reserve`);
      return row === undefined ? undefined : fromRow(row);
    },
    requestBegins: ({ requestId, seq }: StoredEntry) =>
      requestId === undefined || statements.requestKnownBefore.get(requestId, seq) === undefined,
  });
}

/** False at the end of the chain. */
function replayChunk(desk: Desk, replay: Replay): boolean {
  const rows = desk.statements.entriesAfter.all(replay.chain.headSeq, CHUNK);
  for (const row of rows) replay.next(fromRow(row));
  return rows.length === CHUNK;
}

function finishedReport(desk: Desk, replay: Replay, head: Head): Omit<AuditReport, 'durationMs'> {
  const holds = desk.statements.holds.all();
  const problems: Problem[] = [
    ...replay.problems,
    ...totalProblems(desk, replay, head),
    ...holdProblems(replay, holds),
    ...windowProblems(desk, replay),
    ...walletProblems(replay, desk.statements.wallets.all()),
    ...guardProblems(desk),
  ];
  return {
    ok: problems.length === 0,
    checkedEntries: replay.chain.checkedEntries,
    balance: replay.balance(),
    headHash: replay.chain.headHash,
    problems,
  };
}

function totalProblems(desk: Desk, replay: Replay, head: Head): Problem[] {
  const problems: Problem[] = [];
  const { checkedEntries, headSeq } = replay.chain;
  const totals = desk.statements.window.get('global', 'total', 0);
  if (totals === undefined) {
    problems.push({ kind: 'balance_drift', message: 'the row that holds the totals of the ledger is gone' });
  } else if (totals.entries + head.grants !== checkedEntries) {
    const message = `the ledger wrote ${totals.entries + head.grants} entries, ${checkedEntries} are there`;
    problems.push({ kind: 'entry_missing', seq: headSeq + 1, message });
  }
  for (const field of ['grants', 'grantedNano', 'correctedNano'] as const) {
    if (head[field] === replay[field]) continue;
    const message = `the ledger's ${field} says ${head[field]}, its entries say ${replay[field]}`;
    problems.push({ kind: 'balance_drift', message });
  }
  return problems;
}

function holdProblems(replay: Replay, holds: readonly HoldRow[]): Problem[] {
  const problems: Problem[] = [];
  const held = new Map(holds.map((hold) => [hold.attemptId, hold]));
  for (const [attemptId, { reserve }] of replay.open) {
    const hold = held.get(attemptId);
    if (hold?.reserveSeq === reserve.seq) continue;
    const message = `attempt ${attemptId} is reserved and not ended, but has no hold`;
    problems.push({ kind: 'hold_missing', seq: reserve.seq, attemptId, message });
  }
  for (const { attemptId, reserveSeq } of holds) {
    if (replay.open.get(attemptId)?.reserve.seq === reserveSeq) continue;
    const message = `the hold of attempt ${attemptId} has no open reserve`;
    problems.push({ kind: 'hold_orphaned', seq: reserveSeq, attemptId, message });
  }
  return problems;
}

function windowProblems(desk: Desk, replay: Replay): Problem[] {
  const problems: Problem[] = [];
  for (const { account, kind, startMs, ...kept } of desk.statements.windows.all()) {
    const name = `the ${kind} window of ${account} from ${new Date(startMs).toISOString()}`;
    if (desk.windows.calendar.bounds(kind, startMs).startMs !== startMs) {
      const message = `${name} begins where no ${kind} begins in ${desk.windows.calendar.timeZone}`;
      problems.push({ kind: 'window_misplaced', message });
      continue;
    }
    const sums = replay.sums(account, kind, startMs);
    for (const field of ['spentNano', 'heldNano', 'requests', 'entries'] as const) {
      if (kept[field] === sums[field]) continue;
      const message = `${name} says ${field} ${kept[field]}, its entries say ${sums[field]}`;
      problems.push({ kind: 'window_drift', message });
    }
  }
  return problems;
}

function walletProblems(replay: Replay, kept: readonly WalletRow[]): Problem[] {
  const problems: Problem[] = [];
  const rows = new Map(kept.map((row) => [row.account, row]));
  for (const account of new Set([...rows.keys(), ...replay.wallets.keys()])) {
    const row = rows.get(account);
    const sums = replay.wallets.get(account);
    if (row === undefined || sums === undefined) {
      const message = `${account} has ${row === undefined ? 'grants but no wallet' : 'a wallet but no grants'}`;
      problems.push({ kind: 'wallet_drift', message });
      continue;
    }
    for (const field of ['sinceSeq', 'grantedNano', 'baseNano'] as const) {
      if (row[field] === sums[field]) continue;
      const message = `the wallet of ${account} says ${field} ${row[field]}, its entries say ${sums[field]}`;
      problems.push({ kind: 'wallet_drift', message });
    }
  }
  return problems;
}

function guardProblems(desk: Desk): Problem[] {
  const present = desk.statements.triggers.all();
  const problems: Problem[] = TRIGGERS.filter((name) => !present.includes(name)).map((name) => ({
    kind: 'append_only_unguarded',
    message: `the trigger ${name} is gone: entries could be changed without a trace in the database`,
  }));
  for (const { id, seq } of desk.statements.repeatedIds.all()) {
    problems.push({ kind: 'id_repeated', seq, message: `the id ${id} is on more than one entry` });
  }
  return problems;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
