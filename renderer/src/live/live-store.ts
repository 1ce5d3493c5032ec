/** The live state as React reads it. Bursts are handed on together, so 64 parallel streams do not mean 64 renders. */
import type { LiveEvent } from '../contract-views.ts';
import { type LiveState, reduceLive } from './reduce-live.ts';
import type { Connection } from './watch-live.ts';

export interface LiveStoreState {
  readonly connection: Connection;
  /** Undefined until the first snapshot; afterwards the last known state, also while reconnecting. */
  readonly live: LiveState | undefined;
}

export class LiveStore {
  #state: LiveStoreState = { connection: { phase: 'connecting' }, live: undefined };
  #queue: LiveEvent[] = [];
  #scheduled = false;
  readonly #listeners = new Set<() => void>();
  readonly #schedule: (flush: () => void) => void;

  /** `schedule` calls `flush` a moment later, once per call. */
  constructor(schedule: (flush: () => void) => void) {
    this.#schedule = schedule;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): LiveStoreState => this.#state;

  push(event: LiveEvent): void {
    this.#queue.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  setConnection(connection: Connection): void {
    this.#state = { ...this.#state, connection };
    this.#notify();
  }

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#state = { ...this.#state, live: queue.reduce(reduceLive, this.#state.live) };
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
