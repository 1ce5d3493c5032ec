/** grant and correction: the entries that people make. */
import type { TransferView } from '../contract/views.ts';
import { accountsOf, parseAccount } from './accounts.ts';
import type { Desk } from './desk.ts';
import { type StoredEntry, toView } from './entry-row.ts';
import { LedgerRefusedError } from './errors.ts';
import { requireAmount, requireSameContent, storable, storableOptional } from './inputs.ts';
import { safeSum } from './journal.ts';
import { findEntry } from './resolve.ts';
import { subjectOf } from './subject.ts';
import type { Account } from './types.ts';
import { addToWallet } from './wallet.ts';

export interface GrantInput {
  readonly id: string;
  readonly account: Account;
  readonly amountNano: number;
  readonly reason: string;
}

export interface CorrectInput extends GrantInput {
  readonly attemptId?: string;
}

/** Throws LedgerConflictError, LedgerRefusedError or LedgerUnavailableError. */
export function grant(desk: Desk, input: GrantInput): TransferView {
  requireAmount('The amount of a grant', input.amountNano, 1);
  const account = storable(input.account);
  parseAccount(account);
  const nowMs = Math.floor(desk.clock.nowMs());
  const said = { account, amountNano: input.amountNano, reason: storable(input.reason) };
  const id = `${storable(input.id)}:grant`;
  return desk.journal.write((tx) => {
    const first = findEntry(desk, id);
    if (first !== undefined) {
      requireSameContent(first, said);
      return toView(first);
    }
    tx.changeState({
      grants: tx.head.grants + 1,
      grantedNano: safeSum(tx.head.grantedNano, input.amountNano),
    });
    const { spentNano } = desk.windows.keep(tx, account, 'total', nowMs);
    const entry = tx.append({ ...said, id, kind: 'grant', atMs: nowMs, countsAtMs: nowMs });
    addToWallet(desk, entry, spentNano);
    return toView(entry);
  });
}

/** Throws LedgerConflictError, LedgerRefusedError or LedgerUnavailableError. */
export function correct(desk: Desk, input: CorrectInput): TransferView {
  if (!Number.isSafeInteger(input.amountNano) || input.amountNano === 0) {
    throw new LedgerRefusedError('invalid_amount', 'A correction needs a whole number of nano-dollars other than 0.');
  }
  const account = storable(input.account);
  const { facts } = parseAccount(account);
  const nowMs = Math.floor(desk.clock.nowMs());
  const attemptId = storableOptional(input.attemptId);
  const said = { account, amountNano: input.amountNano, reason: storable(input.reason), attemptId };
  const id = `${storable(input.id)}:correction`;
  return desk.journal.write((tx) => {
    const first = findEntry(desk, id);
    if (first !== undefined) {
      requireSameContent(first, said);
      return toView(first);
    }
    const subject =
      attemptId === undefined ? { ...facts, countsAtMs: nowMs } : subjectOf(correctedReserve(desk, attemptId, account));
    tx.changeState({ correctedNano: safeSum(tx.head.correctedNano, input.amountNano) });
    const entry = tx.append({ ...said, ...subject, id, kind: 'correction', atMs: nowMs });
    const change = { spentNano: input.amountNano, heldNano: 0, requests: 0, entries: 1 };
    desk.windows.add(tx, accountsOf(entry), entry.countsAtMs, change);
    return toView(entry);
  });
}

/** The attempt's reserve. Throws LedgerRefusedError when it cannot be corrected in the name of this account. */
function correctedReserve(desk: Desk, attemptId: string, account: Account): StoredEntry {
  const reserve = findEntry(desk, `${attemptId}:reserve`);
  if (reserve === undefined) {
    throw new LedgerRefusedError('unknown_attempt', `The ledger has no reserve for attempt ${attemptId}.`);
  }
  if (desk.statements.hold.get(attemptId) !== undefined) {
    throw new LedgerRefusedError('still_open', `Attempt ${attemptId} is still open. Settle or release it first.`);
  }
  if (!accountsOf(reserve).includes(account)) {
    throw new LedgerRefusedError('account_not_touched', `Attempt ${attemptId} does not touch the account ${account}.`);
  }
  return reserve;
}
