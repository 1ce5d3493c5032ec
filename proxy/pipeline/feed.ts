/** The live view of requests: what runs now and what ended lately, and whoever watches. */
import type { RequestView } from '../contract/views.ts';

export interface RequestFeed {
  publish(view: RequestView): void;
  /** Newest first. */
  recent(): RequestView[];
  subscribe(listener: (view: RequestView) => void): () => void;
}

const ENDED: ReadonlySet<RequestView['state']> = new Set(['settled', 'failed', 'refused', 'aborted']);

export function createRequestFeed(keep: number, earlier: readonly RequestView[]): RequestFeed {
  const running = new Map<string, RequestView>();
  const ended: RequestView[] = [...earlier];
  const listeners = new Set<(view: RequestView) => void>();
  return {
    publish(view) {
      if (ENDED.has(view.state)) {
        running.delete(view.id);
        ended.unshift(view);
        if (ended.length > keep) ended.length = keep;
      } else {
        running.set(view.id, view);
      }
      for (const listener of listeners) listener(view);
    },
    recent: () => [...[...running.values()].reverse(), ...ended].slice(0, keep),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
