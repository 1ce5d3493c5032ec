/** What the ledger charged in a period, for comparing with an export of requests. */
import type { Db } from '../../storage/types.ts';

/** Nano-dollars of the charges whose reserves lie in the period; corrections are not in it. */
export function chargedByLedger(db: Db, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): number {
  const total = db
    .prepare<[number, number], number>(
      `SELECT coalesce(sum(c.amount_nano), 0) FROM transfers t JOIN transfers c ON c.id = t.attempt_id || ':charge'
       WHERE t.kind IN ('reserve', 'correction') AND t.kind = 'reserve' AND t.counts_at_ms >= ? AND t.counts_at_ms < ?`,
    )
    .pluck();
  return total.get(fromMs, toMs) ?? 0;
}
