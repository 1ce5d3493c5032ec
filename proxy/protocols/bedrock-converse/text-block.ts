/**
 * Text and its citations. A text block does not announce itself: its first delta opens it. A citation may stand in a block
 * of its own behind the words it belongs to, so the end of a text block is told only when something else comes.
 */
import type { AnswerEvent } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { toCitation } from './citation.ts';
import type { BlockOutlet, OpenBlock } from './open-block.ts';

/** The text block told last, as long as nothing else was told after it. */
export class TextTail {
  #number: number | undefined;

  get number(): number | undefined {
    return this.#number;
  }

  set(number: number): void {
    this.#number = number;
  }

  /** Tells the end that was held back. */
  close(events: AnswerEvent[]): void {
    if (this.#number !== undefined) events.push({ type: 'block-end', choice: 0, block: this.#number });
    this.#number = undefined;
  }
}

export class TextBlock implements OpenBlock {
  readonly callsTool = false;
  readonly #tail: TextTail;
  #number: number | undefined;
  #citations: JsonObject[] = [];

  constructor(tail: TextTail) {
    this.#tail = tail;
  }

  delta(delta: JsonObject, outlet: BlockOutlet): boolean {
    const citation = asObject(delta.citation) as JsonObject | undefined;
    if (citation !== undefined) {
      if (this.#number === undefined) this.#citations.push(citation);
      else tell(citation, this.#number, outlet.events);
      return true;
    }
    if (typeof delta.text !== 'string') return false;
    if (delta.text !== '')
      outlet.events.push({ type: 'text', choice: 0, block: this.#opened(outlet), text: delta.text });
    return true;
  }

  end(outlet: BlockOutlet): boolean {
    if (this.#number === undefined && this.#citations.length > 0) {
      const before = this.#tail.number;
      if (before === undefined) this.#opened(outlet);
      else for (const citation of this.#citations) tell(citation, before, outlet.events);
    }
    if (this.#number !== undefined) this.#tail.set(this.#number);
    return true;
  }

  #opened({ events, nextNumber }: BlockOutlet): number {
    if (this.#number !== undefined) return this.#number;
    this.#tail.close(events);
    const number = nextNumber();
    this.#number = number;
    events.push({ type: 'block-start', choice: 0, block: number, part: { kind: 'text' } });
    for (const citation of this.#citations) tell(citation, number, events);
    this.#citations = [];
    return number;
  }
}

function tell(raw: JsonObject, block: number, events: AnswerEvent[]): void {
  events.push({ type: 'citation', choice: 0, block, citation: toCitation(raw) });
}
