/** Open holds whose attempt is over: past their deadline, or of a request that runs no more. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { Db } from '../../storage/types.ts';
import type { Findings } from './findings.ts';

/** A hold is looked at only when it is older: its request may just be ending. */
const GRACE_MS = 60_000;

interface OpenHold {
  readonly attemptId: string;
  readonly requestId: string;
  readonly seq: number;
  readonly atMs: number;
  readonly deadlineAtMs: number;
  readonly amountNano: number;
}

/** `isRunning` is undefined where nobody knows (beside a running gateway). Gives the number of open holds. */
export function checkHolds(
  db: Db,
  nowMs: number,
  isRunning: ((requestId: string) => boolean) | undefined,
  findings: Findings,
): number {
  const holds = db
    .prepare<[], OpenHold>(
      `SELECT h.attempt_id AS attemptId, t.request_id AS requestId, t.seq, t.at_ms AS atMs,
         t.deadline_at_ms AS deadlineAtMs, t.amount_nano AS amountNano
       FROM holds h JOIN transfers t ON t.seq = h.reserve_seq ORDER BY t.seq`,
    )
    .all();
  for (const { attemptId, requestId, seq, atMs, deadlineAtMs, amountNano } of holds) {
    const overdue = deadlineAtMs < nowMs;
    if (!overdue && (isRunning === undefined || isRunning(requestId) || atMs > nowMs - GRACE_MS)) continue;
    findings.add({
      kind: overdue ? 'hold_overdue' : 'hold_without_owner',
      message: `${nanoToUsdString(amountNano)} USD is held for attempt ${attemptId}, ${overdue ? 'past its deadline' : 'but its request runs no more'}. The gateway resolves it by itself within a minute after the deadline; a restart does at once.`,
      driftNano: amountNano,
      requestId,
      attemptId,
      seqs: [seq],
    });
  }
  return holds.length;
}
