/** The alert book: what was raised is kept, told to whoever listens, and queued for every receiver of its event. */
import { randomBytes } from 'node:crypto';
import type { AlertView, DeliveryView } from '../contract/alerts.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../storage/types.ts';
import { createAlertRows } from './alert-rows.ts';
import { ATTEMPTS_MAX } from './back-off.ts';
import { isCoolingDown } from './cool-down.ts';
import { createCourier } from './courier.ts';
import { createDeliveryRows } from './delivery-rows.ts';
import { testAlert } from './messages.ts';
import type { AlertBook, AlertInput, Deliver, Hook, Timer } from './types.ts';

export interface AlertBookParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly timer: Timer;
  /** In [0, 1); spreads the tries. */
  readonly chance: () => number;
  readonly deliver: Deliver;
  /** For the log: an alert or delivery that could not be kept or read. */
  readonly onFailure: (error: unknown, what: string) => void;
  readonly keptMax?: number;
}

export function createAlertBook(parts: AlertBookParts): AlertBook {
  const { db, clock, timer, chance, deliver, onFailure } = parts;
  const alerts = createAlertRows(db, parts.keptMax);
  const deliveries = createDeliveryRows(db);
  const listeners = new Set<(alert: AlertView) => void>();
  // Until the receivers are known, what an earlier run left would seem to have none.
  let hooks: ReadonlyMap<string, Hook> | undefined;
  const courier = createCourier({
    clock,
    timer,
    chance,
    deliver,
    onFailure,
    rows: deliveries,
    alertOf: alerts.bySeq,
    hookOf: (id) => hooks?.get(id),
  });

  const keep = db.transaction((alert: AlertView, subject: string, receivers: readonly Receiver[]) => {
    const seq = alerts.insert(alert, subject);
    return receivers.map(({ hook, attemptsMax }) => deliveries.add(seq, hook, attemptsMax, alert.atMs));
  });

  function tell(alert: AlertView): void {
    for (const listener of listeners) listener(alert);
    // Not within the caller's own transaction, should it have one.
    queueMicrotask(pump);
  }

  function pump(): void {
    if (hooks !== undefined) courier.pump();
  }

  function viewOf(input: AlertInput): AlertView {
    const { subject: _subject, facts = {}, ...said } = input;
    return { id: `alert_${randomBytes(12).toString('hex')}`, atMs: clock.nowMs(), facts: { ...facts }, ...said };
  }

  function receiversOf(event: AlertInput['event']): Receiver[] {
    return (
      [...(hooks?.values() ?? [])]
        .filter(({ events }) => events.some((wanted) => wanted === event))
        // A program may have done half its work before it failed: it is not run again by itself.
        .map((hook) => ({ hook, attemptsMax: hook.channel === 'webhook' ? ATTEMPTS_MAX : 1 }))
    );
  }

  return {
    raise(input) {
      const alert = viewOf(input);
      try {
        if (isCoolingDown(input.event, alerts.lastAtMs(input.event, input.subject), alert.atMs)) return undefined;
        keep(alert, input.subject, receiversOf(input.event));
      } catch (error) {
        onFailure(error, `an alert could not be kept (${alert.title})`);
      }
      tell(alert);
      return alert;
    },
    list: (query) => alerts.page(query),
    deliveries(alertId) {
      const seq = alerts.seqOf(alertId);
      return seq === undefined ? [] : deliveries.of(seq);
    },
    targets: () =>
      [...(hooks?.values() ?? [])].map(({ id, channel, target, events }) => ({
        id,
        channel,
        target,
        events: [...events],
      })),
    async test(targetId): Promise<DeliveryView | undefined> {
      const hook = hooks?.get(targetId);
      if (hook === undefined) return undefined;
      const input = testAlert();
      const alert = viewOf(input);
      const [job] = keep(alert, input.subject, [{ hook, attemptsMax: 1 }]);
      if (job === undefined) throw new Error('a test event was kept without its delivery');
      const outcome = courier.outcomeOf(job);
      tell(alert);
      return outcome;
    },
    setHooks(next) {
      hooks = new Map(next.map((hook) => [hook.id, hook]));
      queueMicrotask(pump);
    },
    onAlert(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => courier.close(),
  };
}

interface Receiver {
  readonly hook: Hook;
  readonly attemptsMax: number;
}
