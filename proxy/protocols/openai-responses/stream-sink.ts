/** Where the writers of one stream put their events: numbered, framed, and gathered until they are sent. */
import type { JsonObject } from '../../core/json.ts';
import { encodeFailure, frame, type StreamError } from './errors.ts';

export class StreamSink {
  readonly newId: (prefix: string) => string;
  #text = '';
  #sequence = 0;
  /** Items by their place; undefined while one is written. */
  readonly #output: (JsonObject | undefined)[] = [];

  constructor(newId: (prefix: string) => string) {
    this.newId = newId;
  }

  emit(type: string, fields: JsonObject): void {
    this.#text += frame(type, { type, sequence_number: this.#sequence, ...fields });
    this.#sequence += 1;
  }

  /** Returns the item's place. */
  itemAdded(item: JsonObject): number {
    const index = this.#output.length;
    this.#output.push(undefined);
    this.emit('response.output_item.added', { output_index: index, item });
    return index;
  }

  itemDone(index: number, item: JsonObject): void {
    this.#output[index] = item;
    this.emit('response.output_item.done', { output_index: index, item });
  }

  /** The last events of a stream that broke. */
  fail(error: StreamError, response: JsonObject): void {
    this.#text += encodeFailure(error, { sequence: this.#sequence, response }).toString();
  }

  /** The finished items, in order. */
  output(): readonly JsonObject[] {
    return this.#output.filter((item) => item !== undefined);
  }

  take(): Buffer {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    return bytes;
  }
}
