/**
 * Reads a response stream, loosely: steps may be missing, unknown events pass by, keep-alive comments too. Only the last
 * event says that all is well, and what it repeats has to be what was streamed.
 */
import type { AnswerEvent } from '../../core/answer.ts';
import { asCount, asObject, asText, parseJson } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import { parseFrame } from '../sse/parse-frame.ts';
import type { AnswerStreamDecoder } from '../translation.ts';
import { callsTools } from './decode-answer.ts';
import { errorIn } from './errors.ts';
import { decodeFinishReason, endedResponse } from './finish-reason.ts';
import { CALL_TYPES, type Item } from './output-item.ts';
import { readEvent, type WireEvent } from './read-event.ts';
import { StreamItem, StreamMismatch } from './stream-item.ts';
import { billedItem, decodeUsage } from './usage.ts';

export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

type Problem = 'cut' | 'no_finish_reason' | 'malformed_frame' | 'frame_too_large';

export function decodeStream(options: { frameBytesMax?: number } = {}): AnswerStreamDecoder {
  return new ResponsesStreamDecoder(options.frameBytesMax ?? FRAME_BYTES_MAX);
}

class ResponsesStreamDecoder implements AnswerStreamDecoder {
  readonly #frameBytesMax: number;
  readonly #splitter = new FrameSplitter();
  readonly #items = new Map<number, StreamItem>();
  readonly #indexById = new Map<string, number>();
  #blocks = 0;
  /** The response's id; empty while it has none. */
  #started: string | undefined;
  #usage: Usage | undefined;
  /** Uses of tools that ended: what a stream without its last event is known to have cost. */
  readonly #toolUses: Item[] = [];
  #state: 'running' | 'finished' | 'failed' = 'running';
  #problem: Problem | undefined;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): readonly AnswerEvent[] {
    if (this.#problem !== undefined) return [];
    const events: AnswerEvent[] = [];
    for (const frame of this.#splitter.push(chunk)) {
      this.#take(frame, events);
      if (this.#over()) break;
    }
    if (this.#splitter.pendingBytes > this.#frameBytesMax) this.#problem ??= 'frame_too_large';
    return events;
  }

  end(): ReturnType<AnswerStreamDecoder['end']> {
    const events: AnswerEvent[] = [];
    const rest = this.#problem === undefined ? this.#splitter.flush() : undefined;
    if (rest !== undefined && this.#state !== 'failed') {
      this.#take(rest, events);
      // Half a frame is not a wrong one.
      if (this.#problem === 'malformed_frame') this.#problem = 'cut';
    }
    // A stream that was cut has made its searches all the same.
    const counted = this.#usage ?? decodeUsage(undefined, this.#toolUses);
    const usage = counted === undefined ? {} : { usage: counted };
    if (this.#state === 'finished' && this.#problem === undefined) return { events, complete: true, ...usage };
    if (this.#state === 'failed') return { events, complete: false, ...usage };
    return { events, complete: false, problem: this.#problem ?? 'cut', ...usage };
  }

  #over(): boolean {
    return this.#problem !== undefined || this.#state === 'failed';
  }

  #take(frame: Frame, events: AnswerEvent[]): void {
    if (this.#state === 'failed') return;
    const sse = parseFrame(frame);
    if (sse === undefined) {
      this.#takeBare(frame, events);
      return;
    }
    if (sse.data.trim() === '[DONE]') return;
    const event = readEvent(sse);
    if (event === undefined) {
      this.#problem = 'malformed_frame';
      return;
    }
    try {
      if (this.#state === 'finished') this.#refuseMore(event);
      else this.#follow(event, events);
    } catch (error) {
      if (!(error instanceof StreamMismatch)) throw error;
      this.#problem = 'malformed_frame';
    }
  }

  /** The end may come twice. Anything else behind it is of another response, or what came before was. */
  #refuseMore({ type, fields }: WireEvent): void {
    const again = ENDS.has(type) && asText(asObject(fields.response)?.id) === (this.#started || undefined);
    if (!again && (type === 'error' || type.startsWith('response.'))) {
      throw new StreamMismatch('the response goes on behind its end');
    }
  }

  /** An error without `data:` in front, as some servers send it under text/event-stream. */
  #takeBare(frame: Frame, events: AnswerEvent[]): void {
    const text = frame.bytes.toString('utf8', frame.start, frame.end).trim();
    if (!text.startsWith('{')) return;
    const error = errorIn(parseJson(text));
    if (error === undefined) this.#problem = 'malformed_frame';
    else this.#fail(error, events);
  }

  #follow(event: WireEvent, events: AnswerEvent[]): void {
    const { type, fields } = event;
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        this.#start(asObject(fields.response) ?? {}, events);
        return;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.done':
        this.#finish(endedResponse(type, fields.response), events);
        return;
      case 'response.failed':
      case 'response.cancelled':
        this.#usage = decodeUsage(asObject(fields.response)?.usage, this.#toolUses) ?? this.#usage;
        this.#fail(errorIn(fields.response, true) ?? NO_REASON, events);
        return;
      case 'error':
        this.#fail(errorIn(fields, true) ?? NO_REASON, events);
        return;
      default:
        this.#followItem(type, fields, events);
    }
  }

  #followItem(type: string, fields: Item, events: AnswerEvent[]): void {
    if (this.#started === undefined) this.#start({}, events);
    switch (type) {
      case 'response.output_item.added': {
        const item = asObject(fields.item) ?? {};
        events.push(...this.#item(fields, item).begin());
        return;
      }
      case 'response.output_item.done': {
        const item = asObject(fields.item) ?? {};
        this.#toolUses.push(...billedItem(item));
        events.push(...this.#item(fields, item).finish(item));
        return;
      }
      case 'response.content_part.added': {
        const kind = kindOf(asObject(fields.part)?.type);
        if (kind !== undefined) events.push(...this.#item(fields, ownerOf(kind)).start(contentKey(fields), kind));
        return;
      }
      case 'response.content_part.done': {
        const part = asObject(fields.part) ?? {};
        const item = this.#item(fields, ownerOf(kindOf(part.type)));
        const key = contentKey(fields);
        events.push(...item.content(key, part), ...item.end(key));
        return;
      }
      case 'response.output_text.delta':
        events.push(...this.#item(fields, MESSAGE).delta(contentKey(fields), 'text', textOf(fields.delta)));
        events.push(...this.#item(fields, MESSAGE).logprobs(fields.logprobs));
        return;
      case 'response.output_text.done':
        events.push(...this.#item(fields, MESSAGE).whole(contentKey(fields), 'text', textOf(fields.text)));
        return;
      case 'response.output_text.annotation.added':
        events.push(...this.#item(fields, MESSAGE).cite(contentKey(fields), fields.annotation));
        return;
      case 'response.refusal.delta':
        events.push(...this.#item(fields, MESSAGE).delta(contentKey(fields), 'refusal', textOf(fields.delta)));
        return;
      case 'response.refusal.done':
        events.push(...this.#item(fields, MESSAGE).whole(contentKey(fields), 'refusal', textOf(fields.refusal)));
        return;
      case 'response.reasoning_text.delta':
        events.push(...this.#item(fields, REASONING).delta(contentKey(fields), 'reasoning', textOf(fields.delta)));
        return;
      case 'response.reasoning_text.done':
        events.push(...this.#item(fields, REASONING).whole(contentKey(fields), 'reasoning', textOf(fields.text)));
        events.push(...this.#item(fields, REASONING).end(contentKey(fields)));
        return;
      case 'response.reasoning_summary_part.added':
        events.push(...this.#item(fields, REASONING).start(summaryKey(fields), 'reasoning'));
        return;
      case 'response.reasoning_summary_text.delta':
        events.push(...this.#item(fields, REASONING).delta(summaryKey(fields), 'reasoning', textOf(fields.delta)));
        return;
      case 'response.reasoning_summary_text.done':
        events.push(...this.#item(fields, REASONING).whole(summaryKey(fields), 'reasoning', textOf(fields.text)));
        return;
      case 'response.reasoning_summary_part.done':
        events.push(...this.#item(fields, REASONING).end(summaryKey(fields)));
        return;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        events.push(...this.#known(fields).delta('call', 'tool-call', textOf(fields.delta)));
        return;
      case 'response.function_call_arguments.done':
        events.push(...this.#known(fields).whole('call', 'tool-call', textOf(fields.arguments)));
        return;
      case 'response.custom_tool_call_input.done':
        events.push(...this.#known(fields).whole('call', 'tool-call', textOf(fields.input)));
        return;
      default:
        // Steps of hosted tools, pictures half painted, and what is not invented yet: the items say how they ended.
        return;
    }
  }

  #start(response: Item, events: AnswerEvent[]): void {
    const id = asText(response.id) ?? '';
    if (this.#started !== undefined) {
      // Two responses in one stream: nobody can tell whose text is whose.
      if (id !== '' && this.#started !== '' && id !== this.#started)
        throw new StreamMismatch('a second response begins');
      this.#started = this.#started === '' ? id : this.#started;
      return;
    }
    this.#started = id;
    const model = asText(response.model);
    const created = asCount(response.created_at);
    events.push({
      type: 'start',
      ...(id === '' ? {} : { id }),
      ...(model === undefined ? {} : { model }),
      ...(created === undefined ? {} : { created }),
    });
  }

  #finish(response: Item, events: AnswerEvent[]): void {
    this.#start(response, events);
    const output = Array.isArray(response.output) ? response.output.map((item) => asObject(item) ?? {}) : [];
    this.#compare(output, events);
    for (const item of this.#items.values()) events.push(...item.close());
    // Servers that repeat nothing have named each item when it ended.
    const usage = decodeUsage(response.usage, output.length > 0 ? output : this.#toolUses);
    const cost = providerCostNano(response.usage);
    if (usage !== undefined) {
      this.#usage = usage;
      events.push({ type: 'usage', usage, ...(cost === undefined ? {} : { providerCostNano: cost }) });
    }
    const called = callsTools(output) || [...this.#items.values()].some((item) => CALL_TYPES.has(item.type));
    const finishReason = decodeFinishReason(response, called);
    if (finishReason === undefined) {
      this.#problem = 'no_finish_reason';
      return;
    }
    if (finishReason.unified === 'error') {
      this.#fail(errorIn(response, true) ?? NO_REASON, events);
      return;
    }
    this.#state = 'finished';
    events.push({ type: 'finish', choice: 0, finishReason });
  }

  /** What the last event repeats. Servers that repeat nothing have an empty list there, some leave out the thinking. */
  #compare(output: readonly Item[], events: AnswerEvent[]): void {
    if (output.length === 0) return;
    const repeated = new Set<StreamItem>();
    output.forEach((item, place) => {
      const found = this.#item({ output_index: this.#placeOf(item, place) }, item);
      repeated.add(found);
      events.push(...found.finish(item));
    });
    const missing = [...this.#items.values()].some(
      (item) => !repeated.has(item) && (isRepeated(item.type) || !item.done),
    );
    if (missing) throw new StreamMismatch('the response ends without an item that was streamed');
  }

  /** Where some items are left out, the places have moved; xAI gives one id to several items. */
  #placeOf(item: Item, place: number): number {
    const id = asText(item.id);
    const there = this.#items.get(place);
    if (there !== undefined && there.id === id && there.type === item.type) return place;
    const known = id === undefined ? undefined : this.#indexById.get(id);
    if (known !== undefined && this.#items.get(known)?.type === item.type) return known;
    return there === undefined || there.type === item.type ? place : this.#items.size + place;
  }

  #fail(error: ProviderError, events: AnswerEvent[]): void {
    this.#state = 'failed';
    events.push({ type: 'error', error });
  }

  /** The item that an event is of; it begins here when no event announced it. */
  #item(fields: Item, item: Item): StreamItem {
    const index = this.#indexOf(fields, item);
    const known = this.#items.get(index);
    if (known !== undefined) {
      const same = item.type === undefined || known.type === undefined || known.type === item.type;
      if (!same) throw new StreamMismatch('an event is of another kind of item than the one in its place');
      return known;
    }
    const begun = new StreamItem(item, () => this.#nextBlock());
    this.#items.set(index, begun);
    return begun;
  }

  /** A call's name stands in no other event than the one that announces it. */
  #known(fields: Item): StreamItem {
    const known = this.#items.get(this.#indexOf(fields, {}));
    if (known === undefined || !CALL_TYPES.has(known.type)) throw new StreamMismatch('arguments of an unknown call');
    return known;
  }

  #indexOf(fields: Item, item: Item): number {
    const id = asText(fields.item_id) ?? asText(item.id);
    const index = asCount(fields.output_index) ?? (id === undefined ? undefined : this.#indexById.get(id));
    const found = index ?? this.#items.size;
    if (id !== undefined) this.#indexById.set(id, found);
    return found;
  }

  #nextBlock(): number {
    this.#blocks += 1;
    return this.#blocks - 1;
  }
}

const ENDS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.done']);
const NO_REASON: ProviderError = { message: 'the provider says that the response failed, without a reason' };
const MESSAGE: Item = { type: 'message' };
const REASONING: Item = { type: 'reasoning' };

function isRepeated(type: unknown): boolean {
  return type === 'message' || CALL_TYPES.has(type);
}

function ownerOf(kind: string | undefined): Item {
  return kind === 'reasoning' ? REASONING : MESSAGE;
}

function contentKey(fields: Item): string {
  return `content ${asCount(fields.content_index) ?? 0}`;
}

function summaryKey(fields: Item): string {
  return `summary ${asCount(fields.summary_index) ?? 0}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function kindOf(type: unknown): 'text' | 'refusal' | 'reasoning' | undefined {
  if (type === 'output_text' || type === 'text') return 'text';
  if (type === 'refusal') return 'refusal';
  return type === 'reasoning_text' ? 'reasoning' : undefined;
}
