/** Keeps the main process's picture of the gateway current while one runs. */
import type { MessagePortMain } from 'electron';
import type { AlertView } from '../../proxy/contract/alerts.ts';
import type { ApprovalAnswer, ApprovalView } from '../../proxy/contract/limits.ts';
import { type Log, messageOf } from '../log.ts';
import { connectLive, type LiveConnection } from './client.ts';
import { type LiveView, reduceLive } from './reduce.ts';

export interface LiveSession {
  /** A new gateway is up; whatever was connected before is over. */
  connect(port: MessagePortMain): void;
  disconnect(): void;
  /** The last picture, also after a disconnect: yesterday's spend is better than none while the gateway restarts. */
  view(): LiveView | undefined;
  /** Until it is resumed, or for a while. Rejects when no gateway is connected, here and below. */
  pause(forMs?: number): Promise<void>;
  /** Rejects when the config holds the pause. */
  resume(): Promise<void>;
  /** Ends what runs now; how many calls that were. */
  stopCalls(): Promise<number>;
  /** Keeps the port in the settings. Rejects when a config file decides on it. */
  savePort(port: number): Promise<void>;
  /** The computer woke up: does the gateway still answer? A connection that does not is given up for another one. */
  check(): void;
  /** Rejects when no gateway is connected, or when the call waits no more. */
  answer(approvalId: string, answer: ApprovalAnswer): Promise<void>;
}

export interface LiveSessionParts {
  changed(): void;
  /** Something the person wants to be told of on the desktop. */
  alert(alert: AlertView): void;
  /** Every call that waits for a person's word now, each time that changes. */
  approvals(waiting: readonly ApprovalView[]): void;
  /** Asks for another port; called a while after a subscription ended by itself. */
  reconnect(): void;
  reconnectAfterMs: number;
  /** How long a connection that is checked may take to answer. */
  answerWithinMs: number;
  log: Log;
}

export function createLiveSession(parts: LiveSessionParts): LiveSession {
  let connection: LiveConnection | undefined;
  let view: LiveView | undefined;

  let retry: NodeJS.Timeout | undefined;

  function client(): LiveConnection['client'] {
    if (connection === undefined) throw new Error('the gateway is not running');
    return connection.client;
  }

  function disconnect(): void {
    clearTimeout(retry);
    connection?.close();
    // Whatever waited there is refused when the gateway goes.
    if (connection !== undefined) parts.approvals([]);
    connection = undefined;
  }

  /** Where the config wants nothing on the desktop, nothing waits as far as the desktop is concerned. */
  function tellApprovals(waiting: readonly ApprovalView[]): void {
    parts.approvals(view?.desktopNotices === false ? [] : waiting);
  }

  return {
    connect(port) {
      disconnect();
      connection = connectLive(port, {
        event(event) {
          const before = view;
          view = reduceLive(view, event);
          if (event.type === 'alert' && event.desktop) parts.alert(event.alert);
          if (event.type === 'approvals') tellApprovals(event.approvals);
          if (event.type === 'snapshot') tellApprovals(event.snapshot.approvals);
          if (view !== before) parts.changed();
        },
        ended(error) {
          parts.log.info(`live updates ended: ${messageOf(error)}`);
          disconnect();
          // After a crash the supervisor connects the next gateway itself, and this finds nothing to do.
          retry = setTimeout(parts.reconnect, parts.reconnectAfterMs);
        },
      });
    },
    disconnect,
    view: () => view,
    async pause(forMs) {
      await client().gateway.pause(forMs === undefined ? {} : { forMs });
    },
    async resume() {
      await client().gateway.resume();
    },
    async stopCalls() {
      return (await client().gateway.stopCalls()).stopped;
    },
    async savePort(port) {
      await client().settings.update({ port });
    },
    check() {
      const checked = connection;
      if (checked === undefined) return;
      const lost = (why: string) => {
        clearTimeout(deadline);
        if (connection !== checked) return;
        parts.log.info(`the connection to the gateway is made anew: ${why}`);
        disconnect();
        parts.reconnect();
      };
      const deadline = setTimeout(() => lost('it did not answer'), parts.answerWithinMs);
      checked.client.spend.get().then(
        () => clearTimeout(deadline),
        (error: unknown) => lost(messageOf(error)),
      );
    },
    async answer(id, answer) {
      await client().approvals.answer({ id, answer });
    },
  };
}
