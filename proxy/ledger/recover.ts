/** Ends the holds whose owner is gone: after a crash, or past their deadline. */
import { assert } from '../core/assert.ts';
import { wholeHold } from './charge-amount.ts';
import type { Desk } from './desk.ts';
import type { StoredEntry } from './entry-row.ts';
import { usageFields } from './inputs.ts';
import { charge, giveBack, openHold, withReserve } from './resolve.ts';
import type { InterruptedAttempt, RecoveryReport } from './types.ts';

const REASON = { all: 'crash_recovery', overdue: 'deadline_passed' } as const;

/** Each hold ends in a transaction of its own. Throws LedgerUnavailableError. */
export function recover(desk: Desk, which: 'all' | 'overdue'): RecoveryReport {
  const nowMs = desk.clock.nowMs();
  const reason = REASON[which];
  const released: string[] = [];
  const settled: string[] = [];
  const interrupted: InterruptedAttempt[] = [];
  for (const listed of desk.journal.read(() => desk.statements.holds.all())) {
    desk.journal.write((tx) => {
      const open = which === 'all' ? withReserve(desk, listed) : openHold(desk, listed.attemptId);
      if (open === undefined) return;
      if (which === 'overdue' && (open.reserve.deadlineAtMs ?? nowMs) >= nowMs) return;
      if (open.hold.dispatchedAtMs === null) {
        giveBack(desk, tx, open, reason);
        released.push(open.hold.attemptId);
        interrupted.push(interruptedBy(open.reserve));
      } else {
        const amount = wholeHold(open.reserve.amountNano);
        charge(desk, tx, open, amount, { ...usageFields(undefined), certainty: 'estimated', reason });
        settled.push(open.hold.attemptId);
        interrupted.push({ ...interruptedBy(open.reserve), costNano: open.reserve.amountNano });
      }
    });
  }
  return { released, settled, interrupted };
}

/** A reserve always names its request, provider, model and config version. */
function interruptedBy(reserve: StoredEntry): InterruptedAttempt {
  const { requestId, provider, model, configVersion, accessKeyId, project, client, atMs } = reserve;
  assert(
    requestId !== undefined && provider !== undefined && model !== undefined && configVersion !== undefined,
    'a reserve says whose it is',
  );
  return {
    requestId,
    provider,
    model,
    configVersion,
    startedAtMs: atMs,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(project === undefined ? {} : { project }),
    ...(client === undefined ? {} : { client }),
  };
}
