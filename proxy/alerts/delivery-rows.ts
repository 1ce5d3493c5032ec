/** Who is still to be told of what, and every try, on SQLite: a restart goes on where the last run stopped. */
import type { DeliveryChannel, DeliveryView } from '../contract/alerts.ts';
import type { Db } from '../storage/types.ts';
import type { Hook, Outcome } from './types.ts';

/** One alert for one receiver, still open. */
export interface DeliveryJob {
  readonly seq: number;
  readonly alertSeq: number;
  readonly channel: DeliveryChannel;
  readonly targetId: string;
  readonly target: string;
  /** Tries so far. */
  readonly attempts: number;
  readonly attemptsMax: number;
}

interface DeliveryRow {
  seq: number;
  alertId: string;
  channel: DeliveryChannel;
  target: string;
  attempt: number;
  atMs: number;
  ok: 0 | 1;
  status: number | null;
  error: string | null;
  nextAtMs: number | null;
}

export interface DeliveryRows {
  /** Due at once. Returns the job's number. */
  add(alertSeq: number, hook: Hook, attemptsMax: number, nowMs: number): number;
  /** The job that has waited longest and whose receiver is not in `busy`. */
  nextDue(nowMs: number, waitMsMax: number, busy: readonly string[]): DeliveryJob | undefined;
  /** When the next job of a receiver that is not in `busy` is due. */
  nextAtMs(busy: readonly string[]): number | undefined;
  /** Writes the try down; without `nextAtMs` the job is over. Undefined: the alert was dropped from the history meanwhile. */
  record(job: DeliveryJob, outcome: Outcome, atMs: number, nextAtMs: number | undefined): DeliveryView | undefined;
  of(alertSeq: number): DeliveryView[];
}

const JOB = `seq, alert_seq AS alertSeq, channel, target_id AS targetId, target, attempts, attempts_max AS attemptsMax`;
const FREE = 'target_id NOT IN (SELECT value FROM json_each(:busy))';
const DELIVERY = `d.seq, a.id AS alertId, d.channel, d.target, d.attempt, d.at_ms AS atMs, d.ok, d.status, d.error,
  d.next_at_ms AS nextAtMs FROM alert_deliveries d JOIN alerts a ON a.seq = d.alert_seq`;

export function createDeliveryRows(db: Db): DeliveryRows {
  const add = db.prepare<[number, string, string, string, number, number]>(
    `INSERT INTO alert_jobs (alert_seq, channel, target_id, target, attempts, attempts_max, next_at_ms)
     VALUES (?, ?, ?, ?, 0, ?, ?)`,
  );
  // A clock that was set back leaves jobs further ahead than any wait is long: those are due too.
  const due = db.prepare<[{ nowMs: number; waitMsMax: number; busy: string }], DeliveryJob>(
    `SELECT ${JOB} FROM alert_jobs
     WHERE (next_at_ms <= :nowMs OR next_at_ms > :nowMs + :waitMsMax) AND ${FREE} ORDER BY next_at_ms, seq LIMIT 1`,
  );
  const nextAt = db
    .prepare<[{ busy: string }], number | null>(`SELECT min(next_at_ms) FROM alert_jobs WHERE ${FREE}`)
    .pluck();
  const write = db.prepare<[Record<string, number | string | null>]>(
    `INSERT INTO alert_deliveries (alert_seq, channel, target, attempt, at_ms, ok, status, error, next_at_ms)
     SELECT seq, :channel, :target, :attempt, :atMs, :ok, :status, :error, :nextAtMs FROM alerts WHERE seq = :alertSeq`,
  );
  const postpone = db.prepare<[number, number]>(
    'UPDATE alert_jobs SET attempts = attempts + 1, next_at_ms = ? WHERE seq = ?',
  );
  const finish = db.prepare<[number]>('DELETE FROM alert_jobs WHERE seq = ?');
  const one = db.prepare<[number | bigint], DeliveryRow>(`SELECT ${DELIVERY} WHERE d.seq = ?`);
  const ofAlert = db.prepare<[number], DeliveryRow>(`SELECT ${DELIVERY} WHERE d.alert_seq = ? ORDER BY d.seq`);

  return {
    add: (alertSeq, { channel, id, target }, attemptsMax, nowMs) =>
      Number(add.run(alertSeq, channel, id, target, attemptsMax, nowMs).lastInsertRowid),
    nextDue: (nowMs, waitMsMax, busy) => due.get({ nowMs, waitMsMax, busy: JSON.stringify(busy) }),
    nextAtMs: (busy) => nextAt.get({ busy: JSON.stringify(busy) }) ?? undefined,
    record: db.transaction((job: DeliveryJob, outcome: Outcome, atMs: number, nextAtMs: number | undefined) => {
      const { changes, lastInsertRowid } = write.run({
        alertSeq: job.alertSeq,
        channel: job.channel,
        target: job.target,
        attempt: job.attempts + 1,
        atMs,
        ok: outcome.ok ? 1 : 0,
        status: outcome.status ?? null,
        error: outcome.error ?? null,
        nextAtMs: nextAtMs ?? null,
      });
      if (nextAtMs === undefined) finish.run(job.seq);
      else postpone.run(nextAtMs, job.seq);
      const row = changes === 0 ? undefined : one.get(lastInsertRowid);
      return row === undefined ? undefined : viewOf(row);
    }),
    of: (alertSeq) => ofAlert.all(alertSeq).map(viewOf),
  };
}

function viewOf(row: DeliveryRow): DeliveryView {
  const { seq, alertId, channel, target, attempt, atMs } = row;
  return {
    id: `${alertId}.${seq}`,
    alertId,
    channel,
    target,
    attempt,
    atMs,
    ok: row.ok === 1,
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.nextAtMs === null ? {} : { nextAttemptAtMs: row.nextAtMs }),
  };
}
