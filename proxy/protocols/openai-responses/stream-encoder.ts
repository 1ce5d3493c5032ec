/**
 * A streamed answer as response events: the full sequence that OpenAI sends, for some clients leave out nothing of it (the
 * SDK's helper fails without content parts, others need the argument deltas or the output in the last event).
 */
import type { AnswerError, AnswerEvent, BlockHead } from '../../core/answer.ts';
import { unreachable } from '../../core/assert.ts';
import type { FinishReason } from '../../core/finish-reason.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Citation, Part } from '../../core/part.ts';
import type { Protocol } from '../../core/protocol.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerStreamEncoder, EncodeFacts } from '../translation.ts';
import { logprobsOf, toolOf } from './encode-answer.ts';
import { encodeFinishReason, type WireEnd } from './finish-reason.ts';
import { imageItem, reasoningItem } from './items.ts';
import { MessageWriter } from './message-writer.ts';
import { ReasoningWriter } from './reasoning-writer.ts';
import { ownId, type ResponseState, responseObject } from './response-object.ts';
import { packCallSignature } from './signature.ts';
import { StreamSink } from './stream-sink.ts';
import { ToolCallWriter } from './tool-call-writer.ts';
import { ToolNames } from './tool-names.ts';
import { encodeUsage } from './usage.ts';

export function encodeStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new ResponsesStreamEncoder(facts);
}

type Block =
  | { readonly kind: 'content'; readonly writer: MessageWriter; readonly place: number }
  | { readonly kind: 'reasoning'; readonly writer: ReasoningWriter; readonly place: number }
  | { readonly kind: 'tool-call'; readonly writer: ToolCallWriter; readonly origin?: Protocol; proof?: string };

class ResponsesStreamEncoder implements AnswerStreamEncoder {
  readonly #facts: EncodeFacts;
  readonly #names: ToolNames;
  readonly #sink: StreamSink;
  readonly #blocks = new Map<number, Block>();
  /** May still get further parts; closed by whatever else begins. */
  #open: MessageWriter | ReasoningWriter | undefined;
  #about: Pick<ResponseState, 'id' | 'model' | 'createdAt'> | undefined;
  #usage: Usage | undefined;
  #finishReason: FinishReason | undefined;

  constructor(facts: EncodeFacts) {
    this.#facts = facts;
    this.#names = new ToolNames(facts.call.tools);
    this.#sink = new StreamSink(facts.newId);
  }

  push(event: AnswerEvent): Buffer {
    // One response is one answer. A call of this protocol cannot ask for more.
    if (!('choice' in event) || event.choice === 0) this.#take(event);
    return this.#sink.take();
  }

  end(): Buffer {
    this.#begin({});
    const end = encodeFinishReason(this.#finishReason);
    this.#finishAll(end.status === 'completed' ? 'completed' : 'incomplete');
    this.#sink.emit(`response.${end.status}`, { response: this.#response(end.status, end) });
    return this.#sink.take();
  }

  #take(event: AnswerEvent): void {
    this.#begin(event.type === 'start' ? event : {});
    switch (event.type) {
      case 'start':
        return;
      case 'block-start':
        this.#startBlock(event.block, event.part);
        return;
      case 'text':
        this.#text(event.block, event.text);
        return;
      case 'arguments': {
        const block = this.#blocks.get(event.block);
        if (block?.kind === 'tool-call') block.writer.write(event.json);
        return;
      }
      case 'signature': {
        const block = this.#blocks.get(event.block);
        if (block?.kind === 'reasoning') block.writer.sign(event.signature);
        if (block?.kind === 'tool-call') block.proof = (block.proof ?? '') + event.signature;
        return;
      }
      case 'citation':
        this.#cite(event.block, event.citation);
        return;
      case 'logprobs':
        this.#logprobs(event.logprobs);
        return;
      case 'block-end':
        this.#endBlock(event.block);
        return;
      case 'finish':
        this.#finishReason = event.finishReason;
        return;
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return;
      case 'error':
        this.#fail(event.error);
        return;
      default:
        unreachable(event);
    }
  }

  #begin(start: { id?: string; model?: string; created?: number }): void {
    if (this.#about !== undefined) return;
    this.#about = {
      id: ownId(start.id, 'resp_', this.#facts.newId),
      model: start.model ?? this.#facts.model,
      createdAt: start.created ?? this.#facts.createdAt,
    };
    this.#sink.emit('response.created', { response: this.#response('in_progress') });
    this.#sink.emit('response.in_progress', { response: this.#response('in_progress') });
  }

  #startBlock(number: number, head: BlockHead): void {
    switch (head.kind) {
      case 'text':
      case 'refusal': {
        const writer = this.#message();
        this.#blocks.set(number, { kind: 'content', writer, place: writer.open(head.kind) });
        return;
      }
      case 'reasoning': {
        const open = this.#open;
        const same = open instanceof ReasoningWriter && open.continues(head) ? open : undefined;
        if (same === undefined) this.#closeOpen();
        const writer = same ?? new ReasoningWriter(this.#sink, head);
        this.#open = writer;
        this.#blocks.set(number, { kind: 'reasoning', writer, place: writer.open(head) });
        return;
      }
      case 'tool-call': {
        this.#closeOpen();
        const { tool, native } = toolOf(head, this.#names);
        const writer = new ToolCallWriter(this.#sink, head.id, tool, native);
        const about = head.origin === undefined ? {} : { origin: head.origin };
        this.#blocks.set(number, { kind: 'tool-call', writer, ...about });
        return;
      }
      case 'whole':
        this.#whole(number, head.part);
        return;
      default:
        unreachable(head);
    }
  }

  /** Items that come at once, and parts that others send whole. */
  #whole(number: number, part: Part): void {
    switch (part.kind) {
      case 'text':
      case 'refusal':
        this.#startBlock(number, { kind: part.kind });
        this.#text(number, part.text);
        for (const citation of part.kind === 'text' ? (part.citations ?? []) : []) this.#cite(number, citation);
        return;
      case 'reasoning':
        this.#startBlock(number, { ...part, kind: 'reasoning' });
        this.#text(number, part.text);
        if (part.signature !== undefined) {
          const block = this.#blocks.get(number);
          if (block?.kind === 'reasoning') block.writer.sign(part.signature);
        }
        return;
      case 'tool-call': {
        this.#startBlock(number, { ...part, kind: 'tool-call' });
        const block = this.#blocks.get(number);
        if (block?.kind !== 'tool-call') return;
        block.writer.write(part.arguments);
        if (part.signature !== undefined) block.proof = part.signature;
        return;
      }
      case 'image':
        if (part.source.kind === 'base64')
          this.#wholeItem(imageItem(this.#facts.newId('ig_'), part.source.mediaType, part.source.data));
        return;
      case 'foreign':
        if (part.protocol === 'openai-responses') this.#wholeItem(part.raw);
        return;
      case 'audio':
      case 'file':
      case 'tool-result':
        // This protocol has no output item for them.
        return;
      default:
        unreachable(part);
    }
  }

  #wholeItem(item: JsonObject): void {
    this.#closeOpen();
    this.#sink.itemDone(this.#sink.itemAdded({ ...item, status: 'in_progress' }), item);
  }

  #message(): MessageWriter {
    if (this.#open instanceof MessageWriter) return this.#open;
    this.#closeOpen();
    const writer = new MessageWriter(this.#sink);
    this.#open = writer;
    return writer;
  }

  #text(number: number, text: string): void {
    const block = this.#blocks.get(number);
    if (block !== undefined && block.kind !== 'tool-call') block.writer.text(block.place, text);
  }

  #cite(number: number, citation: Citation): void {
    const block = this.#blocks.get(number);
    if (block?.kind === 'content') block.writer.cite(block.place, citation);
  }

  /** They come beside the text they belong to: that of the block opened last. */
  #logprobs(logprobs: JsonObject): void {
    const content = [...this.#blocks.values()].filter((block) => block.kind === 'content').at(-1);
    content?.writer.logprobs(content.place, logprobsOf(logprobs));
  }

  #endBlock(number: number): void {
    const block = this.#blocks.get(number);
    if (block === undefined) return;
    this.#blocks.delete(number);
    if (block.kind === 'tool-call') {
      block.writer.finish('completed');
      this.#tellProof(block.writer.callId, block);
      return;
    }
    block.writer.close(block.place);
    // Something else began in the meantime, and this one waited for its end.
    if (block.writer !== this.#open && block.writer.idle) finish(block.writer, 'completed');
  }

  /** Behind its call: only now is it known. */
  #tellProof(callId: string, { origin, proof }: { origin?: Protocol; proof?: string }): void {
    const packed = packCallSignature({
      callId,
      ...(proof === undefined ? {} : { signature: proof }),
      ...(origin === undefined ? {} : { origin }),
    });
    if (packed === undefined) return;
    this.#closeOpen();
    const id = this.#facts.newId('rs_');
    this.#sink.itemDone(this.#sink.itemAdded(reasoningItem(id, [], undefined)), reasoningItem(id, [], packed));
  }

  #closeOpen(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open?.idle === true) finish(open, 'completed');
  }

  #finishAll(status: 'completed' | 'incomplete'): void {
    const left = new Set<MessageWriter | ReasoningWriter | ToolCallWriter>();
    for (const block of this.#blocks.values()) left.add(block.writer);
    if (this.#open !== undefined) left.add(this.#open);
    this.#blocks.clear();
    this.#open = undefined;
    for (const writer of left) finish(writer, status);
  }

  #fail(error: AnswerError): void {
    this.#sink.fail(error, this.#response('failed'));
  }

  #response(status: ResponseState['status'], end?: WireEnd): JsonObject {
    const about = this.#about ?? { id: '', model: this.#facts.model, createdAt: this.#facts.createdAt };
    // Of an answer that the provider itself calls failed; where an error is known, it is written over this.
    const failed =
      status === 'failed' ? { code: 'server_error', message: 'the provider ended this answer with an error' } : null;
    return responseObject(
      {
        ...about,
        status,
        output: status === 'in_progress' ? [] : this.#sink.output(),
        usage: status === 'in_progress' ? null : encodeUsage(this.#usage),
        incompleteDetails: end?.incomplete_details ?? null,
        error: failed,
      },
      this.#facts,
    );
  }
}

function finish(writer: MessageWriter | ReasoningWriter | ToolCallWriter, status: 'completed' | 'incomplete'): void {
  if (writer instanceof ReasoningWriter) writer.finish();
  else writer.finish(status);
}
