/** Keeps one live subscription open for as long as the window is: reconnects with back-off, stops when access is denied. */
import type { LiveEvent } from '../contract-views.ts';

export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'reconnecting'; readonly failures: number }
  | { readonly phase: 'denied' };

export interface WatchOptions {
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<LiveEvent>>;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly isDenied: (error: unknown) => boolean;
  /** Resolves after the back-off, or sooner when a new gateway is there. */
  readonly wait: (failures: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Resolves when the signal aborts or access is denied; never rejects. */
export async function watchLive(options: WatchOptions): Promise<void> {
  const { open, onEvent, onConnection, isDenied, wait, signal } = options;
  let failures = 0;
  onConnection({ phase: 'connecting' });
  while (!signal.aborted) {
    try {
      for await (const event of await open(signal)) {
        if (signal.aborted) return;
        if (event.type === 'snapshot') {
          failures = 0;
          onConnection({ phase: 'live' });
        }
        onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isDenied(error)) {
        onConnection({ phase: 'denied' });
        return;
      }
    }
    if (signal.aborted) return;
    failures += 1;
    onConnection({ phase: 'reconnecting', failures });
    await wait(failures, signal);
  }
}
