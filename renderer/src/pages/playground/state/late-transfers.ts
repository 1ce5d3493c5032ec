/** Ledger entries that the live feed brings after a run's own events have ended. Pure. */
import type { TransferView } from '../../../contract-views.ts';
import { type Conversation, changeRun } from './conversation.ts';
import { type Run, withTransfer } from './run-state.ts';

export function adoptTransfers(conversation: Conversation, transfers: readonly TransferView[]): Conversation {
  let changed = conversation;
  for (const { id: turnId, answers } of conversation.turns) {
    for (const [laneId, steps] of answers) {
      for (const [step, { run }] of steps.entries()) {
        if (!isWaiting(run)) continue;
        const late = transfers.filter(({ requestId }) => requestId === run.requestId);
        changed = changeRun(changed, { turnId, laneId, step }, (before) => late.reduce(withTransfer, before));
      }
    }
  }
  return changed;
}

/** It ended without the last event, which comes after all entries. */
function isWaiting({ phase, finish, requestId }: Run): boolean {
  return phase !== 'running' && finish === undefined && requestId !== undefined;
}
