/** The runs under way: starts them, stops them, and hands on what they report a few times a second, not with every word. */
import type { PlaygroundEvent, PlaygroundInput } from '../../../../../proxy/contract/playground.ts';
import type { Place } from './conversation.ts';
import { endRun, failRun, type Run } from './run-state.ts';

export interface RunParts {
  readonly run: (input: PlaygroundInput, signal: AbortSignal) => Promise<AsyncIterable<PlaygroundEvent>>;
  /** A sentence for people out of whatever `run` threw. */
  readonly explain: (error: unknown) => string;
  /** Calls `flush` a moment later, once per call. */
  readonly schedule: (flush: () => void) => void;
}

export interface RunListener {
  readonly onEvents: (events: readonly (readonly [PlaygroundRun, PlaygroundEvent])[]) => void;
  readonly onEnd: (place: Place, change: (run: Run) => Run) => void;
}

export interface PlaygroundRun {
  readonly place: Place;
  readonly controller: AbortController;
}

export class Runs {
  readonly #parts: RunParts;
  readonly #listener: RunListener;
  readonly #running = new Set<PlaygroundRun>();
  #queue: (readonly [PlaygroundRun, PlaygroundEvent])[] = [];
  #scheduled = false;

  constructor(parts: RunParts, listener: RunListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  start(place: Place, input: PlaygroundInput): void {
    const run: PlaygroundRun = { place, controller: new AbortController() };
    this.#running.add(run);
    void this.#drive(run, input);
  }

  /** What arrived stays. At once, so that a new run in the same place never meets words of the old one. */
  stop(which: (place: Place) => boolean): void {
    for (const run of [...this.#running].filter(({ place }) => which(place))) {
      this.#end(run, (state) => endRun(state, 'person'));
      run.controller.abort();
    }
  }

  async #drive(run: PlaygroundRun, input: PlaygroundInput): Promise<void> {
    try {
      for await (const event of await this.#parts.run(input, run.controller.signal)) {
        if (!this.#running.has(run)) return;
        this.#push(run, event);
      }
      this.#end(run, (state) => endRun(state, 'stream'));
    } catch (error) {
      this.#end(run, (state) => failRun(state, this.#parts.explain(error)));
    }
  }

  #end(run: PlaygroundRun, change: (state: Run) => Run): void {
    if (!this.#running.has(run)) return;
    this.#flush();
    this.#running.delete(run);
    this.#listener.onEnd(run.place, change);
  }

  #push(run: PlaygroundRun, event: PlaygroundEvent): void {
    this.#queue.push([run, event]);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#parts.schedule(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length > 0) this.#listener.onEvents(queue);
  }
}
