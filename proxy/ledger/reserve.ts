/** reserve: every limit checked and the hold written in one transaction, or nothing at all. */
import { accountsOf } from './accounts.ts';
import { budgetView } from './budget-view.ts';
import type { Desk } from './desk.ts';
import { fromRow } from './entry-row.ts';
import { LedgerRefusedError } from './errors.ts';
import { requireAmount, requireSameContent, storable, storableOptional } from './inputs.ts';
import type { ReserveInput, ReserveOutcome } from './types.ts';
import { walletTooLow } from './wallet.ts';
import { fits } from './window-rows.ts';

const FEE_BPS_MAX = 100_000;

/**
 * Throws LedgerConflictError, LedgerRefusedError (`invalid_amount`, `account_not_touched`, `amount_too_large`) or
 * LedgerUnavailableError; nothing is held then. Resolves after the commit.
 */
export function reserve(desk: Desk, input: ReserveInput): Promise<ReserveOutcome> {
  requireAmount('The amount of a reserve', input.amountNano, 0);
  if (!Number.isInteger(input.feeBps) || input.feeBps < 0 || input.feeBps > FEE_BPS_MAX) {
    throw new LedgerRefusedError('invalid_amount', `A fee is 0 to ${FEE_BPS_MAX} basis points; it is ${input.feeBps}.`);
  }
  const { statements, windows } = desk;
  const nowMs = Math.floor(desk.clock.nowMs());
  const facts = {
    provider: storable(input.provider),
    model: storable(input.model),
    accessKeyId: storableOptional(input.accessKeyId),
    project: storableOptional(input.project),
    client: storableOptional(input.client),
  };
  const attemptId = storable(input.attemptId);
  const requestId = storable(input.requestId);
  const said = {
    ...facts,
    requestId,
    amountNano: input.amountNano,
    feeBps: input.feeBps,
    configVersion: input.configVersion,
    deadlineAtMs: Math.floor(input.deadlineAtMs),
  };
  const accounts = accountsOf(facts);
  for (const limit of input.limits) {
    if (accounts.includes(limit.account)) continue;
    throw new LedgerRefusedError(
      'account_not_touched',
      `The budget "${limit.budgetId}" is on ${limit.account}, which attempt ${attemptId} does not touch.`,
    );
  }
  if (input.wallet !== undefined && !accounts.includes(input.wallet)) {
    throw new LedgerRefusedError(
      'account_not_touched',
      `The wallet is that of ${input.wallet}, which attempt ${attemptId} does not touch.`,
    );
  }
  const id = `${attemptId}:reserve`;
  return desk.journal.writeSoon<ReserveOutcome>((tx) => {
    const before = statements.entryById.get(id);
    if (before !== undefined) {
      const first = fromRow(before);
      const dispatchedAtMs = input.dispatched ? (first.dispatchedAtMs ?? nowMs) : undefined;
      requireSameContent(first, { ...said, dispatchedAtMs });
      return { ok: true };
    }
    for (const limit of input.limits) {
      const sums = windows.keep(tx, limit.account, limit.window, nowMs);
      if (fits(sums, input.amountNano, limit.limitNano)) continue;
      return { ok: false, reason: 'budget_exceeded', budget: budgetView(limit, sums, windows.calendar, nowMs) };
    }
    const short = input.wallet === undefined ? undefined : walletTooLow(desk, input.wallet, input.amountNano);
    if (short !== undefined) return { ok: false, reason: 'budget_exceeded', budget: short };
    const newRequest = statements.requestKnown.get(requestId) === undefined;
    const dispatchedAtMs = input.dispatched ? nowMs : undefined;
    const entry = tx.append({
      ...said,
      id,
      kind: 'reserve',
      atMs: nowMs,
      countsAtMs: nowMs,
      attemptId,
      dispatchedAtMs,
    });
    statements.insertHold.run(attemptId, entry.seq, dispatchedAtMs ?? null);
    desk.reserves.add(attemptId, entry);
    const change = { spentNano: 0, heldNano: input.amountNano, requests: newRequest ? 1 : 0, entries: 1 };
    windows.add(tx, accounts, nowMs, change);
    return { ok: true };
  });
}
