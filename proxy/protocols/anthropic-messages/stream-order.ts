/**
 * The order of a stream: one message, blocks that open once, get deltas while they are open and close, a stop reason, the
 * end. What breaks it was spliced, doubled or lost on the way (a proxy that retried in the middle sends two messages as
 * one), and none of the answer after that can be trusted. Used beside a passed-through stream and in a translated one.
 */
import { asText } from '../../core/json-value.ts';
import type { WireEvent } from './read-event.ts';

/** The model was stopped inside a block, which then need not be closed. */
const CUTS_BLOCKS: ReadonlySet<string> = new Set([
  'max_tokens',
  'model_context_window_exceeded',
  'refusal',
  'pause_turn',
]);

export class StreamOrder {
  #started = false;
  #stopReason: string | undefined;
  #stopped = false;
  readonly #seen = new Set<number>();
  readonly #open = new Set<number>();

  get stopReason(): string | undefined {
    return this.#stopReason;
  }

  /** message_stop was there. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** A message began and has no end yet. */
  get started(): boolean {
    return this.#started;
  }

  /** False: the event can't stand here. */
  accept(event: WireEvent): boolean {
    switch (event.type) {
      case 'start':
        if (this.#started) return false;
        this.#started = true;
        return true;
      case 'block-start':
        if (!this.#running() || this.#seen.has(event.index)) return false;
        this.#seen.add(event.index);
        this.#open.add(event.index);
        return true;
      case 'delta':
        return this.acceptDelta(event.index);
      case 'block-stop':
        return this.#running() && this.#open.delete(event.index);
      case 'message-delta':
        return this.#takeDelta(asText(event.delta.stop_reason));
      case 'stop':
        if (!this.#started || this.#stopped) return false;
        this.#stopped = true;
        return true;
      case 'error':
      case 'skip':
        return true;
      case 'malformed':
        return false;
      default:
        return event satisfies never;
    }
  }

  acceptDelta(index: number): boolean {
    return this.#running() && this.#open.has(index);
  }

  #running(): boolean {
    return this.#started && this.#stopReason === undefined && !this.#stopped;
  }

  #takeDelta(reason: string | undefined): boolean {
    if (!this.#started || this.#stopped) return false;
    if (reason === undefined) return true;
    if (this.#stopReason !== undefined) return this.#stopReason === reason;
    if (this.#open.size > 0 && !CUTS_BLOCKS.has(reason)) return false;
    this.#stopReason = reason;
    return true;
  }
}
