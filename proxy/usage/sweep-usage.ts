/** Deletes the records of requests that are older than the person wants to keep. The sums by the hour and the ledger stay. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../storage/types.ts';

export interface SweepInput {
  readonly db: Db;
  readonly nowMs: number;
  /** `usage.retentionDays` of the config. */
  readonly retentionDays: number;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
}

const DAY_MS = 86_400_000;
/** About five milliseconds of work; requests are served in between. */
const BATCH_ROWS = 500;

/** Gives the number of records deleted, their route traces with them. Throws what SQLite throws; a batch is all or nothing. */
export async function sweepUsage({ db, nowMs, retentionDays, signal }: SweepInput): Promise<number> {
  const beforeMs = nowMs - retentionDays * DAY_MS;
  const remove = db.prepare<[number, number]>(
    `DELETE FROM requests WHERE id IN (
       SELECT id FROM requests WHERE started_at_ms < ? ORDER BY started_at_ms, id LIMIT ?
     )`,
  );
  let deleted = 0;
  while (signal?.aborted !== true) {
    const { changes } = remove.run(beforeMs, BATCH_ROWS);
    deleted += changes;
    if (changes < BATCH_ROWS) return deleted;
    await nextTurn();
  }
  return deleted;
}
