/**
 * The end of a hold, once: charge + release, or release alone. Every end writes `<attempt>:release` (of 0 when nothing
 * is left), so that the unique index on ids makes a second end impossible whatever the code above it does.
 */
import { assert } from '../core/assert.ts';
import { accountsOf } from './accounts.ts';
import { type ChargeAmount, chargeAmount } from './charge-amount.ts';
import type { Desk } from './desk.ts';
import { fromRow, type StoredEntry } from './entry-row.ts';
import { LedgerRefusedError } from './errors.ts';
import { requireSameContent, storable, storableOptional, usageFields } from './inputs.ts';
import type { LedgerTransaction } from './journal.ts';
import type { HoldRow } from './statements.ts';
import { subjectOf } from './subject.ts';
import type { SettleInput, Settlement } from './types.ts';

/** An open hold and the reserve that made it. */
export interface OpenHold {
  readonly hold: HoldRow;
  readonly reserve: StoredEntry;
}

/** Throws LedgerConflictError, LedgerRefusedError or LedgerUnavailableError; the hold then stands as before. */
export function settle(
  desk: Desk,
  input: SettleInput,
  alongside?: (settlement: Settlement) => void,
): Promise<Settlement> {
  const attemptId = storable(input.attemptId);
  const usage = usageFields(input.usage);
  const reason = storableOptional(input.reason);
  return desk.journal.writeSoon((tx) => {
    const open = openHold(desk, attemptId);
    if (open === undefined) {
      const first = findEntry(desk, `${attemptId}:charge`);
      if (first === undefined) throw noOpenHold(desk, attemptId);
      const said = { costNano: input.costNano, certainty: input.certainty, ...usage, reason };
      requireSameContent(first, said);
      return settlementOf(requireReserve(desk, attemptId).amountNano, first.amountNano);
    }
    const { hold, reserve } = open;
    if (hold.dispatchedAtMs === null) {
      throw new LedgerRefusedError(
        'not_dispatched',
        `Attempt ${attemptId} was never marked as dispatched, so it cannot be charged. Release it.`,
      );
    }
    assert(reserve.feeBps !== undefined, 'a reserve has a fee');
    const amount = chargeAmount(input.costNano, input.certainty, {
      amountNano: reserve.amountNano,
      feeBps: reserve.feeBps,
    });
    const settlement = charge(desk, tx, open, amount, { certainty: input.certainty, ...usage, reason });
    alongside?.(settlement);
    return settlement;
  });
}

/** Throws LedgerConflictError, LedgerRefusedError or LedgerUnavailableError; the hold then stands as before. */
export function release(desk: Desk, attempt: string, why: string, alongside?: () => void): Promise<void> {
  const attemptId = storable(attempt);
  const reason = storable(why);
  return desk.journal.writeSoon((tx) => {
    const open = openHold(desk, attemptId);
    if (open !== undefined) {
      giveBack(desk, tx, open, reason);
      alongside?.();
      return;
    }
    const first = findEntry(desk, `${attemptId}:release`);
    if (first === undefined || findEntry(desk, `${attemptId}:charge`) !== undefined) throw noOpenHold(desk, attemptId);
    requireSameContent(first, { reason });
  });
}

/** Throws LedgerRefusedError or LedgerUnavailableError. Again for a dispatched hold: nothing happens. */
export function markDispatched(desk: Desk, attempt: string): Promise<void> {
  const attemptId = storable(attempt);
  const nowMs = Math.floor(desk.clock.nowMs());
  return desk.journal.writeSoon(() => {
    const hold = desk.statements.hold.get(attemptId);
    if (hold === undefined) throw noOpenHold(desk, attemptId);
    if (hold.dispatchedAtMs !== null) return;
    const { changes } = desk.statements.dispatchHold.run(nowMs, attemptId);
    assert(changes === 1, 'a hold is marked once');
  });
}

/** Charge and release of the rest, for a hold that is open. */
export function charge(
  desk: Desk,
  tx: LedgerTransaction,
  { hold, reserve }: OpenHold,
  amount: ChargeAmount,
  detail: Partial<Pick<StoredEntry, 'certainty' | 'reason'>> & ReturnType<typeof usageFields>,
): Settlement {
  const settlement = settlementOf(reserve.amountNano, amount.amountNano);
  const common = commonFields(desk, hold, reserve);
  tx.append({ ...common, ...detail, ...amount, id: `${hold.attemptId}:charge`, kind: 'charge' });
  tx.append({ ...common, id: `${hold.attemptId}:release`, kind: 'release', amountNano: settlement.releasedNano });
  assert(
    settlement.chargedNano + settlement.releasedNano - settlement.overrunNano === reserve.amountNano,
    'charge and release make up the hold',
  );
  closeHold(desk, tx, reserve, { spentNano: amount.amountNano, entries: 2 });
  return settlement;
}

/** Everything back, for a hold that is open. */
export function giveBack(desk: Desk, tx: LedgerTransaction, { hold, reserve }: OpenHold, reason: string): void {
  const common = commonFields(desk, hold, reserve);
  const { amountNano } = reserve;
  tx.append({ ...common, id: `${hold.attemptId}:release`, kind: 'release', amountNano, reason });
  closeHold(desk, tx, reserve, { spentNano: 0, entries: 1 });
}

export function openHold(desk: Desk, attemptId: string): OpenHold | undefined {
  const hold = desk.statements.hold.get(attemptId);
  return hold === undefined ? undefined : withReserve(desk, hold);
}

export function withReserve(desk: Desk, hold: HoldRow): OpenHold {
  const known = desk.reserves.get(hold.attemptId, hold.reserveSeq);
  if (known !== undefined) return { hold, reserve: known };
  const row = desk.statements.entryBySeq.get(hold.reserveSeq);
  assert(row?.attemptId === hold.attemptId, 'a hold points at its reserve; run "gatehouse ledger audit"');
  return { hold, reserve: fromRow(row) };
}

export function findEntry(desk: Desk, id: string): StoredEntry | undefined {
  const row = desk.statements.entryById.get(id);
  return row === undefined ? undefined : fromRow(row);
}

function closeHold(
  desk: Desk,
  tx: LedgerTransaction,
  reserve: StoredEntry,
  end: { readonly spentNano: number; readonly entries: number },
): void {
  const { changes } = desk.statements.deleteHold.run(reserve.attemptId ?? '');
  assert(changes === 1, 'a hold ends once');
  desk.reserves.remove(reserve.attemptId ?? '');
  const change = { ...end, heldNano: -reserve.amountNano, requests: 0 };
  desk.windows.add(tx, accountsOf(reserve), reserve.countsAtMs, change);
}

function commonFields(desk: Desk, hold: HoldRow, reserve: StoredEntry) {
  return {
    ...subjectOf(reserve),
    atMs: Math.floor(desk.clock.nowMs()),
    attemptId: hold.attemptId,
    dispatchedAtMs: hold.dispatchedAtMs ?? undefined,
  };
}

function settlementOf(heldNano: number, chargedNano: number): Settlement {
  return {
    chargedNano,
    releasedNano: Math.max(0, heldNano - chargedNano),
    overrunNano: Math.max(0, chargedNano - heldNano),
  };
}

function requireReserve(desk: Desk, attemptId: string): StoredEntry {
  const reserve = findEntry(desk, `${attemptId}:reserve`);
  assert(reserve !== undefined, 'a charge has a reserve; run "gatehouse ledger audit"');
  return reserve;
}

/** Why there is no open hold. */
function noOpenHold(desk: Desk, attemptId: string): LedgerRefusedError {
  if (findEntry(desk, `${attemptId}:charge`) !== undefined) {
    return new LedgerRefusedError('already_settled', `Attempt ${attemptId} is settled already.`);
  }
  if (findEntry(desk, `${attemptId}:release`) !== undefined) {
    return new LedgerRefusedError('already_released', `Attempt ${attemptId} is released already.`);
  }
  return new LedgerRefusedError('unknown_attempt', `The ledger has no reserve for attempt ${attemptId}.`);
}
