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
  /** Rejects when no gateway is connected or it refuses (a managed config). */
  setPaused(paused: boolean): Promise<void>;
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
  log: Log;
}

export function createLiveSession(parts: LiveSessionParts): LiveSession {
  let connection: LiveConnection | undefined;
  let view: LiveView | undefined;

  let retry: NodeJS.Timeout | undefined;

  function disconnect(): void {
    clearTimeout(retry);
    connection?.close();
    // Whatever waited there is refused when the gateway goes.
    if (connection !== undefined) parts.approvals([]);
    connection = undefined;
  }

  return {
    connect(port) {
      disconnect();
      connection = connectLive(port, {
        event(event) {
          if (event.type === 'alert' && event.desktop) parts.alert(event.alert);
          if (event.type === 'approvals') parts.approvals(event.approvals);
          if (event.type === 'snapshot') parts.approvals(event.snapshot.approvals);
          const next = reduceLive(view, event);
          if (next === view) return;
          view = next;
          parts.changed();
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
    async setPaused(paused) {
      if (connection === undefined) throw new Error('the gateway is not running');
      await (paused ? connection.client.gateway.pause() : connection.client.gateway.resume());
    },
    async answer(id, answer) {
      if (connection === undefined) throw new Error('the gateway is not running');
      await connection.client.approvals.answer({ id, answer });
    },
  };
}
