/** The stable names of what an audit can find. */
export type ProblemKind =
  /** A seq that should be there is not, or fewer entries are there than were written. */
  | 'entry_missing'
  /** An entry does not match its hash: it or the one before it was changed. */
  | 'hash_chain_broken'
  /** An id that is not attempt id + kind. */
  | 'id_mismatch'
  | 'id_repeated'
  | 'reserved_twice'
  | 'hold_resolved_twice'
  | 'unknown_attempt'
  | 'charge_without_release'
  /** Charge and release do not make up the hold. */
  | 'settlement_mismatch'
  /** A charge is not cost + fee. */
  | 'charge_mismatch'
  /** Entries of one attempt differ in provider, key, project ... */
  | 'facts_mismatch'
  /** An open reserve without its hold. */
  | 'hold_missing'
  /** A hold without an open reserve. */
  | 'hold_orphaned'
  /** A window row is not the sum of its entries. */
  | 'window_drift'
  /** A window row does not begin where a window of its kind begins. */
  | 'window_misplaced'
  /** A wallet is not the sum of its grants. */
  | 'wallet_drift'
  /** The totals are not the sums of the entries. */
  | 'balance_drift'
  /** A trigger that keeps entries from being changed is gone. */
  | 'append_only_unguarded';

export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly seq?: number;
  readonly attemptId?: string;
}
