/**
 * What reconciliation reads of the `requests` table, beside what the ledger says of the same request: the one place that
 * knows columns of another room. A record is written in the transaction that ends the last hold of its request.
 */
import type { Db } from '../../storage/types.ts';

export interface RequestSums {
  readonly requestId: string;
  readonly provider: string | null;
  readonly model: string | null;
  /** From the record; null: it does not say. */
  readonly recordCostNano: number | null;
  readonly recordFeeNano: number | null;
  readonly recordChargedNano: number | null;
  readonly providerCostNano: number | null;
  /** From the ledger. */
  readonly charges: number;
  readonly chargedNano: number;
  /** Of the charges whose certainty is not `unknown`. */
  readonly sureChargedNano: number;
  /** Charges that know their cost. */
  readonly knownCosts: number;
  readonly costNano: number;
  readonly feeNano: number;
  /** Corrections that name one of the attempts. */
  readonly correctedNano: number;
  readonly openHolds: number;
  /** The last attempt that was charged. */
  readonly chargedAttemptId: string | null;
}

export interface UnrecordedReserve {
  readonly seq: number;
  readonly requestId: string;
  readonly attemptId: string;
  readonly atMs: number;
  readonly provider: string;
  readonly model: string;
}

/** Rows or entries between two pauses. */
export const CHUNK = 400;

const OF_REQUEST = `t.request_id = r.id AND t.kind IN ('reserve', 'correction')`;

export function prepareRequestSums(db: Db) {
  return {
    /** In the order of ids, those after the given one. */
    after: db.prepare<[string, number], RequestSums>(
      `SELECT r.id AS requestId, r.provider, r.model_served AS model, r.cost_nano AS recordCostNano,
         r.fee_nano AS recordFeeNano, r.charged_nano AS recordChargedNano, r.provider_cost_nano AS providerCostNano,
         count(c.seq) AS charges, coalesce(sum(c.amount_nano), 0) AS chargedNano,
         coalesce(sum(c.amount_nano) FILTER (WHERE c.certainty IS NOT 'unknown'), 0) AS sureChargedNano,
         count(c.cost_nano) AS knownCosts, coalesce(sum(c.cost_nano), 0) AS costNano, coalesce(sum(c.fee_nano), 0) AS feeNano,
         coalesce(sum(t.amount_nano) FILTER (WHERE t.kind = 'correction'), 0) AS correctedNano,
         count(h.attempt_id) AS openHolds, max(c.attempt_id) AS chargedAttemptId
       FROM (SELECT * FROM requests WHERE id > ? ORDER BY id LIMIT ?) r
         LEFT JOIN transfers t ON ${OF_REQUEST}
         LEFT JOIN transfers c ON t.kind = 'reserve' AND c.id = t.attempt_id || ':charge'
         LEFT JOIN holds h ON t.kind = 'reserve' AND h.attempt_id = t.attempt_id
       GROUP BY r.id ORDER BY r.id`,
    ),
    /** Ended attempts among these entries whose request has no record. */
    unrecorded: db.prepare<[number, number], UnrecordedReserve>(
      `SELECT t.seq, t.request_id AS requestId, t.attempt_id AS attemptId, t.at_ms AS atMs, t.provider, t.model
       FROM transfers t LEFT JOIN requests r ON r.id = t.request_id
       WHERE t.seq > ? AND t.seq <= ? AND t.kind = 'reserve' AND r.id IS NULL
         AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.attempt_id = t.attempt_id) ORDER BY t.seq`,
    ),
    headSeq: db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM transfers').pluck(),
    /** Records older than this are deleted, or never were. */
    oldestRecordMs: db.prepare<[], number | null>('SELECT min(started_at_ms) FROM requests').pluck(),
    chargeSeqs: db
      .prepare<[string], number>(
        `SELECT c.seq FROM transfers t JOIN transfers c ON c.id = t.attempt_id || ':charge'
         WHERE t.request_id = ? AND t.kind IN ('reserve', 'correction') AND t.kind = 'reserve' ORDER BY c.seq LIMIT 50`,
      )
      .pluck(),
  };
}
