/** One message item of a stream. Text and refusals that follow each other are its content parts. */
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Citation } from '../../core/part.ts';
import { encodeCitation } from './citation.ts';
import { type ItemStatus, messageItem, refusalContent, textContent } from './items.ts';
import type { StreamSink } from './stream-sink.ts';

interface OpenContent {
  readonly kind: 'text' | 'refusal';
  text: string;
  readonly annotations: JsonObject[];
  readonly logprobs: Json[];
  done: boolean;
}

export class MessageWriter {
  readonly #sink: StreamSink;
  readonly #id: string;
  readonly #index: number;
  readonly #content: OpenContent[] = [];

  constructor(sink: StreamSink) {
    this.#sink = sink;
    this.#id = sink.newId('msg_');
    this.#index = sink.itemAdded(messageItem(this.#id, [], 'in_progress'));
  }

  /** Nothing is being written at the moment. */
  get idle(): boolean {
    return this.#content.every((content) => content.done);
  }

  /** Returns the number of the content part. */
  open(kind: 'text' | 'refusal'): number {
    const content: OpenContent = { kind, text: '', annotations: [], logprobs: [], done: false };
    const place = this.#content.push(content) - 1;
    this.#emit('response.content_part.added', place, { part: written(content) });
    return place;
  }

  text(place: number, delta: string): void {
    const content = this.#at(place);
    if (content === undefined || delta === '') return;
    content.text += delta;
    if (content.kind === 'refusal') this.#emit('response.refusal.delta', place, { delta });
    else this.#emit('response.output_text.delta', place, { delta, logprobs: [] });
  }

  cite(place: number, citation: Citation): void {
    const content = this.#at(place);
    const annotation = content && encodeCitation(citation, content.text.length);
    if (content === undefined || annotation === undefined) return;
    const annotationIndex = content.annotations.push(annotation) - 1;
    this.#emit('response.output_text.annotation.added', place, { annotation_index: annotationIndex, annotation });
  }

  logprobs(place: number, entries: readonly Json[]): void {
    this.#at(place)?.logprobs.push(...entries);
  }

  close(place: number): void {
    const content = this.#at(place);
    if (content === undefined || content.done) return;
    content.done = true;
    const { kind, text, logprobs } = content;
    if (kind === 'refusal') this.#emit('response.refusal.done', place, { refusal: text });
    else this.#emit('response.output_text.done', place, { text, logprobs: logprobs.map(withoutBytes) });
    this.#emit('response.content_part.done', place, { part: written(content) });
  }

  finish(status: ItemStatus): void {
    this.#content.forEach((_content, place) => {
      this.close(place);
    });
    this.#sink.itemDone(this.#index, messageItem(this.#id, this.#content.map(written), status));
  }

  #at(place: number): OpenContent | undefined {
    return this.#content[place];
  }

  #emit(type: string, place: number, fields: JsonObject): void {
    this.#sink.emit(type, { item_id: this.#id, output_index: this.#index, content_index: place, ...fields });
  }
}

/** Events tell the tokens as text alone; their bytes stand in the content part. */
function withoutBytes(entry: Json): Json {
  const object = asObject(entry);
  if (object === undefined) return entry;
  const { bytes: _bytes, ...told } = object;
  const top = Array.isArray(told.top_logprobs) ? { top_logprobs: told.top_logprobs.map(withoutBytes) } : {};
  return { ...told, ...top } as JsonObject;
}

function written({ kind, text, annotations, logprobs }: OpenContent): JsonObject {
  return kind === 'refusal' ? refusalContent(text) : textContent(text, [...annotations], [...logprobs]);
}
