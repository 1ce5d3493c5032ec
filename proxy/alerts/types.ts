/** The alerts room's interface: who raises, who listens, who is told. */

import type { AlertKind, AlertSeverity, AlertTargetView, AlertView, DeliveryView } from '../contract/alerts.ts';
import type { AlertEvent } from '../contract/config.ts';

/** What somebody wants said. No prompt, completion, header value or secret may stand in any field. */
export interface AlertInput {
  readonly event: AlertKind;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly provider?: string;
  readonly budget?: string;
  readonly key?: string;
  /** What repeats are recognised by, together with the event: a provider's id, a budget's window ... */
  readonly subject: string;
}

/** Runs something later; passed in so that tests can move time. */
export interface Timer {
  /** Returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** How one try ended. Always told, never thrown. */
export interface Outcome {
  readonly ok: boolean;
  /** HTTP status, or exit code. */
  readonly status?: number;
  /** For a person; without address paths, headers or output. */
  readonly error?: string;
  /** Trying again cannot help. */
  readonly final?: boolean;
}

interface HookBase {
  /** Stable while the config stands, and without the address: deliveries that wait name it. */
  readonly id: string;
  readonly target: string;
  readonly events: readonly AlertEvent[];
}
export interface Webhook extends HookBase {
  readonly channel: 'webhook';
  readonly url: URL;
  readonly secret: string;
}
export interface ExecHook extends HookBase {
  readonly channel: 'exec';
  /** Program and arguments; never a shell line. */
  readonly command: readonly [string, ...string[]];
}
/** A receiver with its address and secret resolved. Lives in memory only. */
export type Hook = Webhook | ExecHook;

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** The answer is cut here; its status stands. */
  readonly answerBytesMax: number;
  readonly signal: AbortSignal;
}
/** Follows no redirect. Rejects with an Error whose message may be shown (host at most, no path) when no status came. */
export type Post = (request: PostRequest) => Promise<{ readonly status: number }>;

/** Tells one receiver once. */
export type Deliver = (hook: Hook, alert: AlertView, attempt: number, signal: AbortSignal) => Promise<Outcome>;

/** The caller passed a cursor that no page gave out. */
export class AlertCursorError extends Error {
  override readonly name = 'AlertCursorError';
}

export interface AlertBook {
  /**
   * Keeps it, tells the listeners, and queues it for every receiver of its event. Undefined: the same event about the same
   * subject was told within its cool-down. Never throws: what cannot be written is reported and still told.
   */
  raise(input: AlertInput): AlertView | undefined;
  /** Newest first. Throws AlertCursorError. */
  list(query: { limit: number; cursor?: string }): { items: AlertView[]; nextCursor?: string };
  /** Every try for one alert, oldest first. */
  deliveries(alertId: string): DeliveryView[];
  targets(): AlertTargetView[];
  /** One try of a test event, now. Undefined: there is no such receiver. Rejects when the gateway closes meanwhile. */
  test(targetId: string): Promise<DeliveryView | undefined>;
  /**
   * The receivers of a newly applied config. Deliveries that wait for one that is gone end. The first call goes on with
   * what an earlier run left.
   */
  setHooks(hooks: readonly Hook[]): void;
  onAlert(listener: (alert: AlertView) => void): () => void;
  /** Aborts what is being sent; it is tried again at the next start. */
  close(): Promise<void>;
}
