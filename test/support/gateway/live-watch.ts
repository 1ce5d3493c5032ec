/** The live feed as a window has it: who holds one open can be asked for approvals. */
import type { ApprovalView } from '../../../proxy/contract/limits.ts';
import type { LiveEvent } from '../../../proxy/contract/views.ts';
import type { ControlClient } from './start.ts';

export interface LiveWatch {
  /** The first event of this kind, of those that came or the next that comes. */
  first(wanted: (event: LiveEvent) => boolean): Promise<LiveEvent>;
  /** The first question, or the first other than this one. */
  approval(not?: string): Promise<ApprovalView>;
  /** Hangs up. What the reader had not read yet is lost. */
  stop(): void;
}

/** A live subscription that is open when this resolves, and keeps every event. */
export async function watchLive(control: ControlClient): Promise<LiveWatch> {
  const stop = new AbortController();
  const events = await control.live.watch(undefined, { signal: stop.signal });
  const seen: LiveEvent[] = [];
  const waiting = new Set<() => void>();
  const opened = Promise.withResolvers<void>();
  void (async () => {
    for await (const event of events) {
      seen.push(event);
      opened.resolve();
      for (const wake of waiting) wake();
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  await opened.promise;
  const first = async (wanted: (event: LiveEvent) => boolean): Promise<LiveEvent> => {
    for (;;) {
      const found = seen.find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  };
  return {
    first,
    async approval(not?: string): Promise<ApprovalView> {
      const of = (event: LiveEvent) =>
        event.type === 'approvals' ? event.approvals.find(({ id }) => id !== not) : undefined;
      const asked = of(await first((event) => of(event) !== undefined));
      if (asked === undefined) throw new Error('nobody asked');
      return asked;
    },
    stop: () => stop.abort(),
  };
}
