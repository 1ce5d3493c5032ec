/** A provider's stream as answer events. */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asText } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import type { AnswerStreamDecoder } from '../translation.ts';
import { finishOf, refusalOf } from './decode-answer.ts';
import { type OpenBlock, openBlock } from './open-block.ts';
import type { WireEvent } from './read-event.ts';
import { readFrame } from './read-frame.ts';
import { StreamOrder } from './stream-order.ts';
import { isSearch, mergeUsage, toUsage, withSearches } from './usage.ts';

export const FRAME_BYTES_MAX = 8 * 1024 * 1024;

export function decodeStream(): AnswerStreamDecoder {
  return new MessageStreamDecoder();
}

type End = ReturnType<AnswerStreamDecoder['end']>;

class MessageStreamDecoder implements AnswerStreamDecoder {
  readonly #splitter = new FrameSplitter();
  readonly #order = new StreamOrder();
  readonly #open = new Map<number, OpenBlock>();
  #blocks = 0;
  #callsTools = false;
  #rawUsage: Readonly<Record<string, unknown>> | undefined;
  #usage: Usage | undefined;
  #usageKnown = false;
  #searches = 0;
  #finished = false;
  #failed = false;
  #problem: string | undefined;

  push(chunk: Buffer): readonly AnswerEvent[] {
    const events: AnswerEvent[] = [];
    for (const frame of this.#splitter.push(chunk)) this.#takeFrame(frame, events);
    if (this.#splitter.pendingBytes > FRAME_BYTES_MAX) this.#problem ??= 'frame_too_large';
    return events;
  }

  end(): End {
    const events: AnswerEvent[] = [];
    const rest = this.#splitter.flush();
    if (rest !== undefined && !this.#order.stopped && !this.#over()) this.#takeRest(rest, events);
    const complete = this.#finished && this.#order.stopped && !this.#over();
    const usage = this.#usageKnown ? this.#usage : withSearches(this.#usage, this.#searches);
    const problem = complete || this.#failed ? undefined : (this.#problem ?? this.#missingEnd());
    return {
      events,
      complete,
      ...(problem === undefined ? {} : { problem }),
      ...(usage === undefined ? {} : { usage }),
    };
  }

  #over(): boolean {
    return this.#failed || this.#problem !== undefined;
  }

  #missingEnd(): string {
    return this.#order.stopped ? 'no_finish_reason' : 'cut';
  }

  /** The end of the stream stands for a blank line that was left out, but not for the rest of an event. */
  #takeRest(rest: Frame, events: AnswerEvent[]): void {
    this.#takeFrame(rest, events);
    if (this.#problem === 'malformed_frame') this.#problem = 'cut';
  }

  #takeFrame(frame: Frame, events: AnswerEvent[]): void {
    // What follows message_stop belongs to nobody.
    if (this.#over() || this.#order.stopped) return;
    const { event } = readFrame(frame);
    if (!this.#order.accept(event) || !this.#take(event, events)) this.#problem = 'malformed_frame';
  }

  /** False: the event does not fit its block. */
  #take(event: WireEvent, events: AnswerEvent[]): boolean {
    switch (event.type) {
      case 'start':
        this.#takeStart(event.message, events);
        return true;
      case 'block-start':
        return this.#takeBlockStart(event.index, event.block, events);
      case 'delta':
        return this.#open.get(event.index)?.delta(event.delta, events) ?? false;
      case 'block-stop':
        this.#close(event.index, events);
        return true;
      case 'message-delta':
        this.#takeMessageDelta(event.delta, event.usage, events);
        return true;
      case 'error':
        this.#failed = true;
        events.push({ type: 'error', error: event.error satisfies ProviderError });
        return true;
      case 'stop':
      case 'skip':
        return true;
      case 'malformed':
        return false;
      default:
        return event satisfies never;
    }
  }

  #takeStart(message: JsonObject, events: AnswerEvent[]): void {
    const id = asText(message.id);
    const model = asText(message.model);
    events.push({
      type: 'start',
      ...(id === undefined ? {} : { id }),
      ...(model === undefined ? {} : { model }),
    });
    // Its output_tokens count the first few only; they are known when message_delta has said them.
    this.#noteUsage(message.usage, false, events);
  }

  #takeBlockStart(index: number, block: JsonObject, events: AnswerEvent[]): boolean {
    const opened = openBlock(block, this.#blocks, events);
    if (opened === undefined) return false;
    this.#blocks += 1;
    if (isSearch(block)) this.#searches += 1;
    this.#callsTools ||= opened.isToolCall;
    this.#open.set(index, opened);
    return true;
  }

  #close(index: number, events: AnswerEvent[]): void {
    this.#open.get(index)?.end(events);
    this.#open.delete(index);
  }

  #takeMessageDelta(delta: JsonObject, usage: JsonObject | undefined, events: AnswerEvent[]): void {
    this.#noteUsage(usage, true, events);
    const raw = asText(delta.stop_reason);
    if (raw === undefined || this.#finished) return;
    this.#finished = true;
    for (const index of [...this.#open.keys()]) this.#close(index, events);
    for (const part of refusalOf(delta.stop_details)) {
      if (part.kind === 'refusal') this.#whole({ kind: 'refusal' }, part.text, events);
    }
    const stopSequence = asText(delta.stop_sequence);
    events.push({
      type: 'finish',
      choice: 0,
      finishReason: finishOf(raw, this.#callsTools),
      ...(stopSequence === undefined ? {} : { stopSequence }),
    });
  }

  #whole(part: BlockHead, text: string, events: AnswerEvent[]): void {
    const block = this.#blocks;
    this.#blocks += 1;
    events.push(
      { type: 'block-start', choice: 0, block, part },
      { type: 'text', choice: 0, block, text },
      { type: 'block-end', choice: 0, block },
    );
  }

  #noteUsage(reported: unknown, outputKnown: boolean, events: AnswerEvent[]): void {
    this.#rawUsage = mergeUsage(this.#rawUsage, reported);
    const usage = toUsage(this.#rawUsage, outputKnown);
    if (usage === undefined || reported === undefined) return;
    this.#usage = usage;
    this.#usageKnown ||= outputKnown;
    const cost = providerCostNano(this.#rawUsage);
    events.push({ type: 'usage', usage, ...(cost === undefined ? {} : { providerCostNano: cost }) });
  }
}
