/**
 * Part events as a stream for a Gemini client: text as it comes, each call whole (clients of the Gemini API do not know argument
 * pieces), finish reason, sources and usage in the last chunk, as Google sends them. No comment lines ever: gemini CLI stops at one.
 */

import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import { unreachable } from '../../core/assert.ts';
import type { FinishReason } from '../../core/finish-reason.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Citation, Part } from '../../core/part.ts';
import type { Usage } from '../../core/usage.ts';
import { printLossless } from '../json/lossless.ts';
import type { AnswerStreamEncoder, EncodeFacts } from '../translation.ts';
import { encodeCitations } from './citations.ts';
import { ANSWER_PARTS } from './encode-answer.ts';
import { encodeParts } from './encode-parts.ts';
import { fromFinishReason } from './finish-reason.ts';
import { encodeLogprobs } from './logprobs.ts';
import { listFraming, type StreamFraming, sseFraming } from './stream-framing.ts';
import { fromUsage } from './usage.ts';

export function encodeStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new GeminiStreamEncoder(facts, sseFraming());
}

/** For streamGenerateContent without alt=sse. */
export function encodeListStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new GeminiStreamEncoder(facts, listFraming());
}

interface Block {
  readonly head: BlockHead;
  arguments: string;
  signature: string | undefined;
}

interface Choice {
  readonly blocks: Map<number, Block>;
  readonly citations: Citation[];
  logprobs: JsonObject[];
  finishReason: FinishReason | undefined;
  /** The answer so far, for the offsets of citations; undefined when it grew too long to keep. */
  text: string | undefined;
}

const NOTHING = Buffer.alloc(0);
const TEXT_KEPT_MAX = 1_000_000;

class GeminiStreamEncoder implements AnswerStreamEncoder {
  readonly #facts: EncodeFacts;
  readonly #framing: StreamFraming;
  readonly #choices = new Map<number, Choice>();
  #usage: Usage = {};
  #model: string;
  #id: string | undefined;

  constructor(facts: EncodeFacts, framing: StreamFraming) {
    this.#facts = facts;
    this.#framing = framing;
    this.#model = facts.model;
  }

  push(event: AnswerEvent): Buffer {
    switch (event.type) {
      case 'start':
        this.#model = event.model ?? this.#model;
        this.#id = event.id;
        return NOTHING;
      case 'block-start':
        return this.#begin(event.choice, event.block, event.part);
      case 'text':
        return this.#text(event.choice, event.block, event.text);
      case 'arguments': {
        const block = this.#block(event.choice, event.block);
        if (block !== undefined) block.arguments += event.json;
        return NOTHING;
      }
      case 'signature': {
        const block = this.#block(event.choice, event.block);
        if (block !== undefined) block.signature = event.signature;
        return NOTHING;
      }
      case 'citation':
        this.#choice(event.choice).citations.push(event.citation);
        return NOTHING;
      case 'logprobs':
        this.#choice(event.choice).logprobs.push(event.logprobs);
        return NOTHING;
      case 'block-end':
        return this.#finishBlock(event.choice, event.block);
      case 'finish':
        this.#choice(event.choice).finishReason = event.finishReason;
        return NOTHING;
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return NOTHING;
      case 'error':
        // The caller ends the stream with encodeStreamError.
        return NOTHING;
      default:
        return unreachable(event);
    }
  }

  /** The reasons, and the usage once. */
  end(): Buffer {
    const known = Object.keys(this.#usage).length > 0;
    const candidates = [...this.#choices]
      .sort(([a], [b]) => a - b)
      .map(([index, choice]) => this.#lastOf(index, choice));
    const last = { candidates, ...(known ? { usageMetadata: fromUsage(this.#usage) } : {}) };
    return Buffer.from(this.#frame(last) + this.#framing.end());
  }

  #begin(choice: number, number: number, head: BlockHead): Buffer {
    this.#choice(choice).blocks.set(number, { head, arguments: '', signature: undefined });
    return NOTHING;
  }

  #text(index: number, number: number, text: string): Buffer {
    const block = this.#block(index, number);
    if (block === undefined || text === '') return NOTHING;
    if (block.head.kind === 'reasoning') return this.#parts(index, [{ text, thought: true }]);
    const choice = this.#choice(index);
    if (block.head.kind === 'text' && choice.text !== undefined) {
      choice.text = choice.text.length + text.length > TEXT_KEPT_MAX ? undefined : choice.text + text;
    }
    return this.#parts(index, [{ text }]);
  }

  /** What can be said only now: a call with its arguments, the signature of a thought. */
  #finishBlock(index: number, number: number): Buffer {
    const choice = this.#choice(index);
    const block = choice.blocks.get(number);
    choice.blocks.delete(number);
    const part = block === undefined ? undefined : latePart(block);
    if (part === undefined) return NOTHING;
    return this.#parts(index, encodeParts([part], ANSWER_PARTS));
  }

  #parts(index: number, parts: readonly JsonObject[]): Buffer {
    if (parts.length === 0) return NOTHING;
    const choice = this.#choice(index);
    const logprobsResult = encodeLogprobs(choice.logprobs);
    choice.logprobs = [];
    const candidate = {
      content: { parts, role: 'model' },
      index,
      ...(logprobsResult === undefined ? {} : { logprobsResult }),
    };
    return Buffer.from(this.#frame({ candidates: [candidate] }));
  }

  #lastOf(index: number, choice: Choice): JsonObject {
    const logprobsResult = encodeLogprobs(choice.logprobs);
    return {
      // Google ends with an empty text too; readers look for content in every chunk.
      content: { parts: [{ text: '' }], role: 'model' },
      ...(choice.finishReason === undefined ? {} : { finishReason: fromFinishReason(choice.finishReason) }),
      index,
      ...encodeCitations(choice.citations, choice.text),
      ...(logprobsResult === undefined ? {} : { logprobsResult }),
    };
  }

  #frame(chunk: JsonObject): string {
    this.#id ??= this.#facts.newId('resp_');
    return this.#framing.chunk(printLossless({ ...chunk, modelVersion: this.#model, responseId: this.#id }));
  }

  #block(choice: number, number: number): Block | undefined {
    return this.#choices.get(choice)?.blocks.get(number);
  }

  #choice(index: number): Choice {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const choice: Choice = { blocks: new Map(), citations: [], logprobs: [], finishReason: undefined, text: '' };
    this.#choices.set(index, choice);
    return choice;
  }
}

function latePart({ head, arguments: json, signature }: Block): Part | undefined {
  switch (head.kind) {
    case 'tool-call': {
      const { id, name, custom, origin } = head;
      return {
        kind: 'tool-call',
        id,
        name,
        arguments: json,
        ...(custom === undefined ? {} : { custom }),
        ...(origin === undefined ? {} : { origin }),
        ...(signature === undefined ? {} : { signature }),
      };
    }
    case 'reasoning': {
      if (signature === undefined && head.id === undefined) return undefined;
      const { kind: _kind, ...rest } = head;
      return {
        kind: 'reasoning',
        text: '',
        ...rest,
        ...(signature === undefined ? {} : { signature }),
      };
    }
    case 'whole':
      return head.part;
    case 'text':
    case 'refusal':
      return undefined;
    default:
      return unreachable(head);
  }
}
