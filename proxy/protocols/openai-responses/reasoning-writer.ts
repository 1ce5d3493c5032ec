/**
 * One reasoning item of a stream. The thinking of every model is written as its summary: that is the place all clients know,
 * and OpenAI shows nothing else either.
 */
import type { JsonObject } from '../../core/json.ts';
import type { Protocol } from '../../core/protocol.ts';
import { reasoningItem, summaryText } from './items.ts';
import { reasoningId } from './response-object.ts';
import { packSignature } from './signature.ts';
import type { StreamSink } from './stream-sink.ts';

export interface ReasoningHead {
  readonly id?: string;
  readonly origin?: Protocol;
  readonly redacted?: boolean;
}

interface SummaryPart {
  text: string;
  done: boolean;
  /** Its number in the item, once it has text: what stays empty is never shown. */
  index: number | undefined;
}

export class ReasoningWriter {
  /** As the provider named it. */
  readonly sourceId: string | undefined;
  readonly #sink: StreamSink;
  readonly #id: string;
  readonly #index: number;
  readonly #parts: SummaryPart[] = [];
  #shown = 0;
  #head: ReasoningHead;
  #signature: string | undefined;

  constructor(sink: StreamSink, head: ReasoningHead) {
    this.#sink = sink;
    this.#head = head;
    this.sourceId = head.id;
    this.#id = reasoningId(head, sink.newId);
    this.#index = sink.itemAdded(reasoningItem(this.#id, [], undefined));
  }

  /** Another part of the same item may follow. */
  continues(head: ReasoningHead): boolean {
    return head.id !== undefined && head.id === this.sourceId && this.#signature === undefined;
  }

  get idle(): boolean {
    return this.#parts.every((part) => part.done);
  }

  /** Returns the place of the part. */
  open(head: ReasoningHead): number {
    this.#head = { ...this.#head, ...head };
    return this.#parts.push({ text: '', done: false, index: undefined }) - 1;
  }

  text(place: number, delta: string): void {
    const part = this.#parts[place];
    if (part === undefined || delta === '') return;
    if (part.index === undefined) {
      part.index = this.#shown;
      this.#shown += 1;
      this.#emit('response.reasoning_summary_part.added', part, { part: summaryText('') });
    }
    part.text += delta;
    this.#emit('response.reasoning_summary_text.delta', part, { delta });
  }

  sign(signature: string): void {
    this.#signature = (this.#signature ?? '') + signature;
  }

  close(place: number): void {
    const part = this.#parts[place];
    if (part === undefined || part.done) return;
    part.done = true;
    if (part.index === undefined) return;
    this.#emit('response.reasoning_summary_text.done', part, { text: part.text });
    this.#emit('response.reasoning_summary_part.done', part, { part: summaryText(part.text) });
  }

  finish(): void {
    this.#parts.forEach((_part, place) => {
      this.close(place);
    });
    const { origin, redacted } = this.#head;
    const encrypted =
      this.#signature === undefined
        ? undefined
        : packSignature({
            signature: this.#signature,
            ...(origin === undefined ? {} : { origin }),
            ...(redacted === undefined ? {} : { redacted }),
          });
    const shown = this.#parts.filter((part) => part.index !== undefined);
    shown.sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
    const summary = shown.map(({ text }) => summaryText(text));
    this.#sink.itemDone(this.#index, reasoningItem(this.#id, summary, encrypted));
  }

  #emit(type: string, part: SummaryPart, fields: JsonObject): void {
    const summaryIndex = part.index ?? 0;
    this.#sink.emit(type, { item_id: this.#id, output_index: this.#index, summary_index: summaryIndex, ...fields });
  }
}
