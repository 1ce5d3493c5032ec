/** Every way the ledger says no. A full budget is not an error: `reserve` answers it. */
import { GatehouseError } from '../core/errors.ts';

/** The id is taken by an entry that says something else. Nothing was written. */
export class LedgerConflictError extends Error {
  override readonly name = 'LedgerConflictError';
  readonly transferId: string;
  /** The fields that differ. */
  readonly fields: readonly string[];

  constructor(transferId: string, fields: readonly string[]) {
    super(`The ledger already has ${transferId} with another ${fields.join(', ')}. An entry is written once.`);
    this.transferId = transferId;
    this.fields = fields;
  }
}

export type LedgerRefusal =
  /** No reserve was ever written for this attempt. */
  | 'unknown_attempt'
  | 'already_settled'
  | 'already_released'
  /** Settling what was never sent: release it instead. */
  | 'not_dispatched'
  /** A correction of an attempt whose hold is still open: settle or release it first. */
  | 'still_open'
  /** A correction names an attempt and an account which that attempt does not touch. */
  | 'account_not_touched'
  | 'invalid_account'
  | 'invalid_amount'
  | 'invalid_usage'
  /** A known certainty without a cost, or a cost beside `unknown`. */
  | 'cost_contradicts_certainty'
  /** The sum would pass the largest amount the ledger can hold exactly. */
  | 'amount_too_large'
  | 'invalid_cursor'
  /** A usage export of a provider that cannot be understood. */
  | 'unreadable_csv';

/** The caller asked for something that cannot be, and the ledger stands as before. */
export class LedgerRefusedError extends Error {
  override readonly name = 'LedgerRefusedError';
  readonly reason: LedgerRefusal;

  constructor(reason: LedgerRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The database could not be read or written, or contradicts itself. The transaction left nothing behind. */
export class LedgerUnavailableError extends GatehouseError {
  readonly sqliteCode: string;

  constructor(sqliteCode: string, message: string, cause: unknown) {
    super('ledger_unavailable', message, { cause });
    this.sqliteCode = sqliteCode;
  }
}
