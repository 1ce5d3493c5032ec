/**
 * Answer events as the stream a client of this protocol reads: message_start, blocks one after the other, message_delta,
 * message_stop. Blocks that the provider streams side by side (parallel tool calls) wait for the one that is being written.
 */
import type { AnswerEvent } from '../../core/answer.ts';
import type { FinishReason } from '../../core/finish-reason.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerStreamEncoder, EncodeFacts } from '../translation.ts';
import { messageHead, refusalDetails } from './encode-answer.ts';
import { toStopReason } from './finish-reason.ts';
import { sseFrame } from './sse-frame.ts';
import { fromUsage, messageUsage } from './usage.ts';
import { WireBlock } from './wire-block.ts';

export function encodeStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new MessageStreamEncoder(facts);
}

interface Waiting {
  readonly block: number;
  readonly wire: WireBlock;
  readonly deltas: AnswerEvent[];
  ended: boolean;
}

const EMPTY = Buffer.alloc(0);

class MessageStreamEncoder implements AnswerStreamEncoder {
  readonly #facts: EncodeFacts;
  #id: string | undefined;
  #begun = false;
  #usage: Usage | undefined;
  #finish: { readonly reason: FinishReason; readonly stopSequence: string | undefined } | undefined;
  /** The block being written. */
  #current: { readonly block: number; readonly wire: WireBlock } | undefined;
  readonly #waiting: Waiting[] = [];
  #nextIndex = 0;
  #callsTools = false;
  /** Whether it is an explanation or the answer itself shows at the finish. */
  #refusal = '';
  readonly #refusalBlocks = new Set<number>();

  constructor(facts: EncodeFacts) {
    this.#facts = facts;
  }

  readonly #takeIndex = (): number => {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    return index;
  };

  push(event: AnswerEvent): Buffer {
    const text = this.#take(event);
    return text === '' ? EMPTY : Buffer.from(text);
  }

  end(): Buffer {
    let text = this.#begin();
    for (const { block } of [...(this.#current === undefined ? [] : [this.#current]), ...this.#waiting]) {
      text += this.#endBlock(block);
    }
    return Buffer.from(
      text + this.#refusalText() + this.#messageDelta() + sseFrame('message_stop', { type: 'message_stop' }),
    );
  }

  #take(event: AnswerEvent): string {
    // There is one answer a message here.
    if ('choice' in event && event.choice !== 0) return '';
    switch (event.type) {
      case 'start':
        this.#id = event.id;
        return '';
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return '';
      case 'finish':
        this.#finish = { reason: event.finishReason, stopSequence: event.stopSequence };
        return '';
      case 'block-start':
        return this.#startBlock(event);
      case 'text':
      case 'arguments':
      case 'signature':
      case 'citation':
        return this.#delta(event);
      case 'block-end':
        return this.#endBlock(event.block);
      // No place for them in this protocol; an error is written by whoever ends the stream.
      case 'logprobs':
      case 'error':
        return '';
      default:
        return event satisfies never;
    }
  }

  /** As late as possible: usage that comes before the first block can stand where clients look for it first. */
  #begin(): string {
    if (this.#begun) return '';
    this.#begun = true;
    // Clients need both counts as numbers, and some add the two output counts up: input is 0 until it is known, output
    // always is. message_delta tells the whole.
    const usage = { ...messageUsage(this.#usage), output_tokens: 0 };
    const message = {
      ...messageHead(this.#id, this.#facts),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      usage,
    };
    return sseFrame('message_start', { type: 'message_start', message });
  }

  #startBlock({ block, part }: Extract<AnswerEvent, { type: 'block-start' }>): string {
    if (part.kind === 'refusal') {
      this.#refusalBlocks.add(block);
      return this.#begin();
    }
    const wire = new WireBlock(part, this.#facts, this.#takeIndex);
    if (wire.hidden) return '';
    this.#callsTools ||= part.kind === 'tool-call' || (part.kind === 'whole' && part.part.kind === 'tool-call');
    if (this.#current !== undefined) {
      this.#waiting.push({ block, wire, deltas: [], ended: false });
      return '';
    }
    return this.#begin() + this.#open(block, wire);
  }

  #open(block: number, wire: WireBlock): string {
    this.#current = { block, wire };
    return wire.start();
  }

  #delta(event: Extract<AnswerEvent, { block: number }>): string {
    if (this.#refusalBlocks.has(event.block)) {
      if (event.type === 'text') this.#refusal += event.text;
      return '';
    }
    if (event.block === this.#current?.block) return this.#current.wire.delta(event);
    this.#waiting.find(({ block }) => block === event.block)?.deltas.push(event);
    return '';
  }

  #endBlock(block: number): string {
    if (block !== this.#current?.block) {
      const waiting = this.#waiting.find((one) => one.block === block);
      if (waiting !== undefined) waiting.ended = true;
      return '';
    }
    let text = this.#current.wire.end();
    this.#current = undefined;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      text += this.#open(next.block, next.wire) + next.deltas.map((delta) => next?.wire.delta(delta) ?? '').join('');
      if (!next.ended) return text;
      text += next.wire.end();
      this.#current = undefined;
    }
    return text;
  }

  #explained(): boolean {
    return this.#finish?.reason.raw === 'refusal';
  }

  #refusalText(): string {
    if (this.#refusal === '' || this.#explained()) return '';
    const wire = new WireBlock({ kind: 'refusal' }, this.#facts, this.#takeIndex);
    const delta = { type: 'text', choice: 0, block: 0, text: this.#refusal } as const;
    return this.#open(-1, wire) + wire.delta(delta) + wire.end();
  }

  #messageDelta(): string {
    const finish = this.#finish;
    const refused = this.#refusal !== '';
    const reason =
      finish === undefined
        ? null
        : toStopReason(finish.reason, {
            callsTools: this.#callsTools,
            stopSequence: finish.stopSequence !== undefined,
          });
    const delta = {
      stop_reason: refused && reason === 'end_turn' ? 'refusal' : reason,
      stop_sequence: finish?.stopSequence ?? null,
      stop_details: refused ? refusalDetails(this.#explained() ? this.#refusal : undefined) : null,
      container: null,
    };
    return sseFrame('message_delta', { type: 'message_delta', delta, usage: fromUsage(this.#usage) });
  }
}
