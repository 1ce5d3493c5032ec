/**
 * The live subscription: a snapshot, then what changed. A reader that falls behind is sent a fresh snapshot instead of a
 * backlog; spend is sent at most every 100 ms, however many transfers there are.
 */
import type { LiveEvent } from '../contract/views.ts';
import type { ControlParts } from './types.ts';
import { providerView, providerViews } from './views/provider-view.ts';
import { takeSnapshot, takeSpend } from './views/snapshot.ts';

const BACKLOG_MAX = 500;
const SPEND_EVERY_MS = 100;
const ALERTS_WAITING_MAX = 50;

export async function* watchLive(parts: ControlParts, signal: AbortSignal | undefined): AsyncGenerator<LiveEvent> {
  const reader = new Reader(parts);
  const stop = () => reader.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    yield { type: 'snapshot', snapshot: await takeSnapshot(parts) };
    for (;;) {
      const event = await reader.next();
      if (event === 'closed') return;
      yield event === 'behind' ? { type: 'snapshot', snapshot: await takeSnapshot(parts) } : event;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    reader.close();
  }
}

/** One subscriber's queue over every source of change. */
class Reader {
  readonly #parts: ControlParts;
  readonly #unsubscribe: (() => void)[];
  #queue: (LiveEvent | (() => Promise<LiveEvent>))[] = [];
  #alerts: LiveEvent[] = [];
  #behind = false;
  #closed = false;
  #wake: (() => void) | undefined;
  #spendTimer: NodeJS.Timeout | undefined;
  readonly #providersDue = new Set<string>();

  constructor(parts: ControlParts) {
    this.#parts = parts;
    this.#unsubscribe = [
      parts.feed.subscribe((request) => this.#push({ type: 'request', request })),
      parts.ledger.onTransfer((transfer) => {
        this.#push({ type: 'transfer', transfer });
        this.#spendSoon();
      }),
      parts.killSwitch.onChange((pause) => this.#push({ type: 'pause', pause })),
      parts.killSwitches.onChange(() => this.#push({ type: 'killed', killed: parts.killSwitches.view() })),
      // Whoever watches can be asked: without anybody, a call that needs a person's word is refused at once.
      parts.approvals.watch((approvals) => this.#push({ type: 'approvals', approvals: [...approvals] })),
      parts.health.onChange((id) => this.#providerSoon(id)),
      parts.alerts.onAlert((alert) =>
        this.#pushAlert({ type: 'alert', alert, desktop: parts.configKeeper.current().alerts.desktop }),
      ),
      parts.configKeeper.onApplied(() => this.#pushSnapshot()),
      parts.onWake(() => this.#pushSnapshot()),
      parts.onTurn(() => this.#spendSoon()),
    ];
  }

  async next(): Promise<LiveEvent | 'behind' | 'closed'> {
    for (;;) {
      if (this.#closed) return 'closed';
      if (this.#behind) {
        this.#behind = false;
        return 'behind';
      }
      const item = this.#alerts.shift() ?? this.#queue.shift();
      if (item !== undefined) return typeof item === 'function' ? item() : item;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#spendTimer);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#wake?.();
  }

  #push(item: LiveEvent | (() => Promise<LiveEvent>)): void {
    if (this.#queue.length >= BACKLOG_MAX) {
      this.#queue = [];
      this.#behind = true;
    } else if (!this.#behind) {
      this.#queue.push(item);
    }
    this.#wake?.();
  }

  #pushSnapshot(): void {
    this.#push(async () => ({ type: 'snapshot', snapshot: await takeSnapshot(this.#parts) }));
  }

  /** Apart from the rest: no snapshot holds it, so a reader that fell behind must not lose it. */
  #pushAlert(alert: LiveEvent): void {
    this.#alerts.push(alert);
    if (this.#alerts.length > ALERTS_WAITING_MAX) this.#alerts.shift();
    this.#wake?.();
  }

  #spendSoon(): void {
    if (this.#spendTimer !== undefined) return;
    this.#spendTimer = setTimeout(() => {
      this.#spendTimer = undefined;
      this.#push(async () => ({ type: 'spend', spend: await takeSpend(this.#parts) }));
      for (const id of this.#providersDue) this.#push(() => this.#providerEvent(id));
      this.#providersDue.clear();
    }, SPEND_EVERY_MS);
  }

  #providerSoon(id: string): void {
    this.#providersDue.add(id);
    this.#spendSoon();
  }

  /** The provider may have been removed since: then the list as it is now. */
  async #providerEvent(id: string): Promise<LiveEvent> {
    if (!this.#parts.active().providers.has(id))
      return { type: 'providers', providers: await providerViews(this.#parts) };
    return { type: 'provider', provider: await providerView(this.#parts, id) };
  }
}
