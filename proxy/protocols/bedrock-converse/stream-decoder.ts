/** A provider's binary event stream as answer events. */
import type { AnswerEvent } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asText } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerStreamDecoder } from '../translation.ts';
import { stopSequenceOf } from './decode-answer.ts';
import { toFinishReason } from './finish-reason.ts';
import { MessageSplitter } from './message-splitter.ts';
import { type BlockOutlet, type OpenBlock, openStarted, ReasoningBlock, WholeBlock } from './open-block.ts';
import { readMessage, type WireEvent } from './read-message.ts';
import { TextBlock, TextTail } from './text-block.ts';
import { serverToolsIn, toUsage } from './usage.ts';

export function decodeStream(): AnswerStreamDecoder {
  return new ConverseStreamDecoder();
}

type End = ReturnType<AnswerStreamDecoder['end']>;

/** Where the stream stands. What comes out of its turn was spliced, doubled or lost, and nothing after it can be trusted. */
type State = 'waiting' | 'running' | 'stopped' | 'failed';

class ConverseStreamDecoder implements AnswerStreamDecoder {
  readonly #splitter = new MessageSplitter();
  readonly #open = new Map<number, OpenBlock>();
  readonly #closed = new Set<number>();
  readonly #tail = new TextTail();
  #events: AnswerEvent[] = [];
  #blocks = 0;
  #state: State = 'waiting';
  #callsTools = false;
  #finished = false;
  #metadataSeen = false;
  #usage: Usage | undefined;
  readonly #serverTools: string[] = [];
  #problem: string | undefined;

  push(chunk: Buffer): readonly AnswerEvent[] {
    this.#events = [];
    for (const message of this.#splitter.push(chunk)) {
      if (this.#problem !== undefined || this.#state === 'failed') break;
      if (!this.#take(readMessage(message))) this.#problem = 'malformed_frame';
    }
    if (this.#state !== 'failed') this.#problem ??= this.#splitter.problem;
    return this.#events;
  }

  /** Usage comes behind the stop, so a stream without it is whole and what it cost is unknown. */
  end(): End {
    const missing = this.#problem ?? this.#missingEnd();
    const complete = missing === undefined && this.#state !== 'failed';
    return {
      events: [],
      complete,
      ...(missing === undefined || this.#state === 'failed' ? {} : { problem: missing }),
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
    };
  }

  #missingEnd(): string | undefined {
    if (this.#splitter.pendingBytes > 0) return 'cut';
    if (this.#finished) return undefined;
    return this.#state === 'stopped' || this.#metadataSeen ? 'no_finish_reason' : 'cut';
  }

  /** False: the event cannot stand here. */
  #take(event: WireEvent): boolean {
    switch (event.type) {
      case 'message-start':
        if (this.#state !== 'waiting') return false;
        this.#state = 'running';
        this.#events.push({ type: 'start' });
        return true;
      case 'block-start':
        return this.#takeStart(event.index, event.start);
      case 'delta':
        return this.#takeDelta(event.index, event.delta);
      case 'block-stop':
        return this.#takeStop(event.index);
      case 'message-stop':
        return this.#takeMessageStop(event.body);
      case 'metadata':
        return this.#takeMetadata(event.body);
      case 'error':
        this.#state = 'failed';
        this.#events.push({ type: 'error', error: event.error });
        return true;
      case 'skip':
        return true;
      case 'malformed':
        return false;
      default:
        return event satisfies never;
    }
  }

  #takeStart(index: number, start: JsonObject): boolean {
    if (!this.#isFree(index)) return false;
    this.#tail.close(this.#events);
    const block = openStarted(start, this.#outlet());
    if (block === undefined) return false;
    this.#open.set(index, block);
    this.#callsTools ||= block.callsTool;
    this.#serverTools.push(...serverToolsIn([start]));
    return true;
  }

  #takeDelta(index: number, delta: JsonObject): boolean {
    if (this.#state !== 'running') return false;
    const known = this.#open.get(index);
    const block = known ?? (this.#isFree(index) ? this.#openSilently(delta) : undefined);
    if (block === undefined) return false;
    if (known === undefined) this.#open.set(index, block);
    return block.delta(delta, this.#outlet());
  }

  /** Blocks that begin with their first delta. Calls of tools always announce themselves: they have a name to tell. */
  #openSilently(delta: JsonObject): OpenBlock | undefined {
    if ('text' in delta || 'citation' in delta) return new TextBlock(this.#tail);
    if ('toolUse' in delta) return undefined;
    this.#tail.close(this.#events);
    if ('reasoningContent' in delta) return new ReasoningBlock(delta, this.#outlet());
    return new WholeBlock({ [Object.keys(delta)[0] ?? 'unknown']: {} });
  }

  #takeStop(index: number): boolean {
    const block = this.#open.get(index);
    // A block without a word in it leaves its end alone.
    if (block === undefined && !this.#isFree(index)) return false;
    this.#open.delete(index);
    this.#closed.add(index);
    return block?.end(this.#outlet(), true) ?? true;
  }

  #takeMessageStop(body: JsonObject): boolean {
    if (this.#state !== 'running') return false;
    this.#state = 'stopped';
    for (const block of this.#open.values()) if (!block.end(this.#outlet(), false)) return false;
    this.#open.clear();
    this.#tail.close(this.#events);
    const raw = asText(body.stopReason);
    if (raw === undefined) return true;
    this.#finished = true;
    const stopSequence = stopSequenceOf(body);
    this.#events.push({
      type: 'finish',
      choice: 0,
      finishReason: toFinishReason(raw, this.#callsTools),
      ...(stopSequence === undefined ? {} : { stopSequence }),
    });
    return true;
  }

  #takeMetadata({ usage: reported }: JsonObject): boolean {
    if (this.#state === 'waiting') return false;
    this.#metadataSeen = true;
    const usage = toUsage(reported, this.#serverTools);
    if (usage === undefined) return true;
    this.#usage = usage;
    this.#events.push({ type: 'usage', usage });
    return true;
  }

  #isFree(index: number): boolean {
    return this.#state === 'running' && !this.#open.has(index) && !this.#closed.has(index);
  }

  #outlet(): BlockOutlet {
    return {
      events: this.#events,
      nextNumber: () => {
        const number = this.#blocks;
        this.#blocks += 1;
        return number;
      },
    };
  }
}
