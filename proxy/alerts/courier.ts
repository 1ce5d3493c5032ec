/**
 * Works off the open deliveries: one at a time for each receiver, a few receivers at once, again after a while where one
 * failed. What is open stands in the database, so a crash or a restart loses nothing; a receiver may then be told twice,
 * and recognises that by the alert's id.
 */
import type { AlertView, DeliveryView } from '../contract/alerts.ts';
import type { Clock } from '../core/clock.ts';
import { backOffMs, WAIT_MS_MAX } from './back-off.ts';
import type { DeliveryJob, DeliveryRows } from './delivery-rows.ts';
import type { Deliver, Hook, Outcome, Timer } from './types.ts';

const RECEIVERS_AT_ONCE_MAX = 4;

export interface CourierParts {
  readonly clock: Clock;
  readonly timer: Timer;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly rows: DeliveryRows;
  readonly alertOf: (alertSeq: number) => AlertView | undefined;
  readonly hookOf: (targetId: string) => Hook | undefined;
  readonly deliver: Deliver;
  /** A try could not be written down, or the sender itself broke. */
  readonly onFailure: (error: unknown, what: string) => void;
}

export interface Courier {
  /** Looks for what is due. Call after a job was added. */
  pump(): void;
  /** The outcome of this job's next try. Rejects when the courier closes first. */
  outcomeOf(jobSeq: number): Promise<DeliveryView>;
  close(): Promise<void>;
}

export function createCourier(parts: CourierParts): Courier {
  const { clock, timer, rows } = parts;
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<number, PromiseWithResolvers<DeliveryView>>();
  const stop = new AbortController();
  let callOff: (() => void) | undefined;

  function pump(): void {
    if (stop.signal.aborted) return;
    callOff?.();
    callOff = undefined;
    try {
      while (running.size < RECEIVERS_AT_ONCE_MAX) {
        const job = rows.nextDue(clock.nowMs(), WAIT_MS_MAX, [...running.keys()]);
        if (job === undefined) break;
        running.set(
          job.targetId,
          work(job).finally(() => {
            running.delete(job.targetId);
            pump();
          }),
        );
      }
      // Of busy receivers the end of their present delivery reminds us.
      const nextAtMs = rows.nextAtMs([...running.keys()]);
      if (nextAtMs !== undefined && running.size < RECEIVERS_AT_ONCE_MAX)
        callOff = timer.after(Math.max(0, nextAtMs - clock.nowMs()), pump);
    } catch (error) {
      parts.onFailure(error, 'the open deliveries cannot be read');
      callOff = timer.after(WAIT_MS_MAX, pump);
    }
  }

  async function work(job: DeliveryJob): Promise<void> {
    const outcome = await tryOnce(job);
    // Closed meanwhile: nobody knows how it ended, so it stays open.
    if (stop.signal.aborted) return;
    const nowMs = clock.nowMs();
    const attempt = job.attempts + 1;
    const again = !outcome.ok && outcome.final !== true && attempt < job.attemptsMax;
    try {
      const nextAtMs = again ? nowMs + backOffMs(attempt, parts.chance()) : undefined;
      const delivery = rows.record(job, outcome, nowMs, nextAtMs);
      const waiter = waiting.get(job.seq);
      if (delivery === undefined) waiter?.reject(new Error('the alert was dropped from the history meanwhile'));
      else waiter?.resolve(delivery);
    } catch (error) {
      waiting.get(job.seq)?.reject(error);
      parts.onFailure(error, 'the outcome of a delivery cannot be written');
      // The job still reads as due: without a pause it would be sent in a tight circle.
      await new Promise<void>((resolve) => {
        const cancel = timer.after(backOffMs(1, parts.chance()), resolve);
        stop.signal.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      });
    } finally {
      waiting.delete(job.seq);
    }
  }

  async function tryOnce(job: DeliveryJob): Promise<Outcome> {
    const hook = parts.hookOf(job.targetId);
    if (hook === undefined) return { ok: false, final: true, error: 'this receiver is no longer in the config' };
    const alert = parts.alertOf(job.alertSeq);
    if (alert === undefined) return { ok: false, final: true, error: 'the alert is no longer kept' };
    try {
      return await parts.deliver(hook, alert, job.attempts + 1, stop.signal);
    } catch (error) {
      parts.onFailure(error, 'a delivery broke');
      return { ok: false, error: 'the delivery broke inside Gatehouse; its log has the cause' };
    }
  }

  return {
    pump,
    outcomeOf(jobSeq) {
      const waiter = Promise.withResolvers<DeliveryView>();
      waiting.set(jobSeq, waiter);
      return waiter.promise;
    },
    async close() {
      callOff?.();
      stop.abort();
      for (const waiter of waiting.values()) waiter.reject(new Error('the gateway is closing'));
      await Promise.all(running.values());
    },
  };
}
