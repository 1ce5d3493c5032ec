/**
 * Reconciliation: the books held against themselves (the audit), against open calls, against the records of requests,
 * and against what providers say. Nothing is changed, except by correction entries where somebody asks for them.
 */
import type { LedgerDifference, ReconciliationReport } from '../../contract/ledger-desk.ts';
import type { TransferView } from '../../contract/views.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../storage/types.ts';
import type { Ledger } from '../types.ts';
import { checkHolds } from './check-holds.ts';
import { checkProviderUsage } from './check-provider-usage.ts';
import { checkRequests } from './check-requests.ts';
import { Findings } from './findings.ts';

export interface ReconcileParts {
  readonly ledger: Ledger;
  /** The database of the ledger and of the records. */
  readonly db: Db;
  readonly clock: Clock;
  /** Left out where nobody knows: holds count as orphaned only past their deadline then. */
  readonly isRunning?: (requestId: string) => boolean;
}

export interface ReconcileRequest {
  /** A usage export of this provider, to be compared too. */
  readonly csv?: { readonly provider: string; readonly text: string } | undefined;
  /** Writes the corrections that differences ask for, with this reason. */
  readonly correct?: { readonly reason: string } | undefined;
}

/** Throws LedgerRefusedError `unreadable_csv`, LedgerUnavailableError. */
export async function reconcile(parts: ReconcileParts, request: ReconcileRequest = {}): Promise<ReconciliationReport> {
  const { ledger, db, clock, isRunning } = parts;
  const startedMs = clock.monotonicMs();
  const atMs = clock.nowMs();
  const findings = new Findings();
  const { csv } = request;
  // First what a person may have got wrong, before the long checks.
  const providerLines = csv === undefined ? 0 : await checkProviderUsage(db, csv.provider, csv.text, findings);
  const audit = await ledger.audit();
  for (const { kind, message, seq, attemptId } of audit.problems) {
    const seqs = seq === undefined ? [] : [seq];
    findings.add({ kind, message, seqs, ...(attemptId === undefined ? {} : { attemptId }) });
  }
  const holds = checkHolds(db, atMs, isRunning, findings);
  const { requests, providerCosts } = await checkRequests(db, atMs, isRunning, findings);
  const corrected =
    request.correct === undefined ? [] : await correctAll(ledger, findings.listed, request.correct.reason);
  return {
    ok: findings.listed.length === 0,
    atMs,
    durationMs: clock.monotonicMs() - startedMs,
    checked: {
      entries: audit.checkedEntries,
      holds,
      windows: ledger.keptWindows().length,
      requests,
      providerCosts,
      providerLines,
    },
    driftNano: findings.driftNano,
    differences: findings.listed,
    unlisted: findings.unlisted,
    corrected,
  };
}

async function correctAll(
  ledger: Ledger,
  differences: readonly LedgerDifference[],
  reason: string,
): Promise<TransferView[]> {
  const written: TransferView[] = [];
  for (const { correction } of differences) {
    if (correction === undefined) continue;
    const { id, account, amountNano, attemptId } = correction;
    const input = { id, account, amountNano, reason };
    written.push(await ledger.correct(attemptId === undefined ? input : { ...input, attemptId }));
  }
  return written;
}
