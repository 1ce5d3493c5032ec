/** An alert book over a real database and the real way out, with time in the test's hand. */
import { createAlertBook } from '../../proxy/alerts/alert-book.ts';
import type { AlertBook, AlertInput, Deliver, Outcome, Webhook } from '../../proxy/alerts/types.ts';
import { createWebhookSender } from '../../proxy/alerts/webhook.ts';
import type { AlertEvent } from '../../proxy/contract/config.ts';
import { postBy } from '../../proxy/gateway/post.ts';
import { createTransport, type Transport } from '../../proxy/providers/transport/transport.ts';
import { openStorage } from '../../proxy/storage/open.ts';
import type { Storage } from '../../proxy/storage/types.ts';
import { ManualTime } from './manual-time.ts';

export const SECRET = 'whsec_a secret ünïcode';

export function webhookTo(baseUrl: string, more: Partial<Webhook> = {}): Webhook {
  const url = new URL('/hooks/T0K3N?x=1', baseUrl);
  const events: AlertEvent[] = ['budget', 'loop', 'provider_down'];
  return { channel: 'webhook', id: `webhook:${url.origin}`, target: url.host, url, secret: SECRET, events, ...more };
}

export function loopAlert(subject = 'cli'): AlertInput {
  const title = 'A loop was stopped';
  return {
    event: 'loop',
    severity: 'warning',
    title,
    message: 'It goes round.',
    subject,
    facts: { calls: 12 },
    key: 'cli',
  };
}

export function startTransport(): Transport {
  return createTransport({ env: {}, connectMs: 2_000, connectionsMax: 8 });
}

export interface TestBook {
  readonly book: AlertBook;
  readonly storage: Storage;
  readonly time: ManualTime;
  readonly failures: string[];
  /** Outcomes so far, as they were written. */
  readonly outcomes: Outcome[];
  /** Resolves when this many tries have ended and were written. */
  tried(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface TestBookOptions {
  readonly time?: ManualTime;
  readonly keptMax?: number;
  readonly timeoutMs?: number;
  /** Instead of the real sender. */
  readonly deliver?: Deliver;
}

export function openBook(dataDir: string, options: TestBookOptions = {}): TestBook {
  const time = options.time ?? new ManualTime();
  const storage = openStorage({ dataDir, clock: time.clock });
  const transport = startTransport();
  const send = createWebhookSender({
    post: postBy(transport),
    clock: time.clock,
    userAgent: 'Gatehouse/test',
    timeoutMs: options.timeoutMs ?? 5_000,
  });
  const failures: string[] = [];
  const outcomes: Outcome[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const deliver: Deliver =
    options.deliver ??
    ((hook, alert, attempt, signal) => {
      if (hook.channel !== 'webhook') throw new Error('this book has no programs');
      return send(hook, alert, attempt, signal);
    });
  const book = createAlertBook({
    db: storage.db,
    clock: time.clock,
    timer: time.timer,
    chance: () => 0.5,
    onFailure: (_error, what) => failures.push(what),
    deliver: async (...args) => {
      const outcome = await deliver(...args);
      outcomes.push(outcome);
      // The outcome is written in the turn that takes it from here.
      setImmediate(() => {
        for (const one of waiting) if (outcomes.length >= one.count) one.resolve();
      });
      return outcome;
    },
    ...(options.keptMax === undefined ? {} : { keptMax: options.keptMax }),
  });
  return {
    book,
    storage,
    time,
    failures,
    outcomes,
    tried: (count) =>
      outcomes.length >= count
        ? new Promise((resolve) => setImmediate(resolve))
        : new Promise((resolve) => waiting.push({ count, resolve })),
    async close() {
      await book.close();
      await transport.close();
      storage.close();
    },
  };
}
