/** Part events as Bedrock's binary event stream: blocks by their number, then the reason, then what it cost. */
import type { AnswerEvent } from '../../core/answer.ts';
import { unreachable } from '../../core/assert.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerStreamEncoder, EncodeFacts } from '../translation.ts';
import { AnswerBlockWriter } from './answer-block-writer.ts';
import { CALL_ID_PREFIX, isOutputByTool, stopSequenceFields } from './encode-answer.ts';
import type { AnswerPartFacts } from './encode-answer-part.ts';
import { fromUsage } from './encode-usage.ts';
import { eventMessage } from './event-message.ts';
import { fromFinishReason } from './finish-reason.ts';

export function encodeStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new ConverseStreamEncoder(facts);
}

const NOTHING: readonly Buffer[] = [];

class ConverseStreamEncoder implements AnswerStreamEncoder {
  readonly #facts: EncodeFacts;
  readonly #partFacts: AnswerPartFacts;
  readonly #blocks = new Map<number, AnswerBlockWriter>();
  #usesTools = false;
  #usage: Usage = {};

  constructor(facts: EncodeFacts) {
    this.#facts = facts;
    this.#partFacts = { outputByTool: isOutputByTool(facts.call), newCallId: () => facts.newId(CALL_ID_PREFIX) };
  }

  push(event: AnswerEvent): Buffer {
    return Buffer.concat(this.#messages(event));
  }

  /** What it cost comes last, behind the reason. A stream whose cost nobody told ends without it. */
  end(): Buffer {
    const usage = fromUsage(this.#usage);
    return usage === undefined ? Buffer.alloc(0) : eventMessage('metadata', { usage });
  }

  #messages(event: AnswerEvent): readonly Buffer[] {
    // Converse gives one answer a call.
    if ('choice' in event && event.choice !== 0) return NOTHING;
    switch (event.type) {
      case 'start':
        return [eventMessage('messageStart', { role: 'assistant' })];
      case 'block-start': {
        const writer = new AnswerBlockWriter(event.block, event.part, this.#partFacts);
        this.#blocks.set(event.block, writer);
        return writer.begin();
      }
      case 'text':
        return this.#blocks.get(event.block)?.text(event.text) ?? NOTHING;
      case 'arguments':
        return this.#one(event.block, (writer) => writer.arguments(event.json));
      case 'signature':
        return this.#one(event.block, (writer) => writer.signature(event.signature));
      case 'citation':
        return this.#blocks.get(event.block)?.citation(event.citation) ?? NOTHING;
      case 'block-end': {
        const writer = this.#blocks.get(event.block);
        this.#blocks.delete(event.block);
        this.#usesTools ||= writer?.usesTool === true;
        return writer === undefined ? NOTHING : [writer.end()];
      }
      case 'finish':
        return this.#finish(event);
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return NOTHING;
      case 'logprobs':
      case 'error':
        // No words for the one; the caller ends the stream with encodeStreamError for the other.
        return NOTHING;
      default:
        return unreachable(event);
    }
  }

  #finish({ finishReason, stopSequence }: Extract<AnswerEvent, { type: 'finish' }>): readonly Buffer[] {
    const facts = { usesTools: this.#usesTools, stopSequence: stopSequence !== undefined };
    const stopReason = fromFinishReason(finishReason, facts);
    return [
      eventMessage('messageStop', {
        ...(stopReason === undefined ? {} : { stopReason }),
        ...stopSequenceFields(stopSequence, this.#facts.call),
      }),
    ];
  }

  #one(block: number, write: (writer: AnswerBlockWriter) => Buffer): readonly Buffer[] {
    const writer = this.#blocks.get(block);
    return writer === undefined ? NOTHING : [write(writer)];
  }
}
