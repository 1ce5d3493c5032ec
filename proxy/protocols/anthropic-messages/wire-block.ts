/**
 * One block of an answer on its way to a client: its part of the event stream, in the order that clients insist on. What
 * can only be written when it is complete (a signature, an encrypted block) waits for the block's end.
 */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { fromCitation } from './citation.ts';
import { toBlock, toCallId } from './encode-block.ts';
import { printLossless } from './lossless-json.ts';
import { packSignature } from './signature.ts';
import { sseFrame } from './sse-frame.ts';

export class WireBlock {
  readonly #head: BlockHead;
  readonly #newId: (prefix: string) => string;
  #index = 0;
  #signature = '';
  /** Nothing of it shows: a block of another protocol's own. */
  #hidden = false;

  constructor(head: BlockHead, newId: (prefix: string) => string) {
    this.#head = head;
    this.#newId = newId;
    this.#hidden = head.kind === 'whole' && toBlock(head.part, newId) === undefined;
  }

  get hidden(): boolean {
    return this.#hidden;
  }

  start(index: number): string {
    this.#index = index;
    const head = this.#head;
    switch (head.kind) {
      case 'text':
      case 'refusal':
        return this.#open({ type: 'text', text: '' });
      case 'reasoning':
        // The block's one member is the encrypted text, which is not here yet.
        return head.redacted === true ? '' : this.#open({ type: 'thinking', thinking: '', signature: '' });
      case 'tool-call':
        return this.#open({ type: 'tool_use', id: toCallId(head.id, this.#newId), name: head.name, input: {} });
      case 'whole':
        return this.#wholeStart(toBlock(head.part, this.#newId));
      default:
        return head satisfies never;
    }
  }

  delta(event: AnswerEvent): string {
    switch (event.type) {
      case 'text':
        return event.text === '' ? '' : this.#text(event.text);
      case 'arguments':
        return event.json === '' ? '' : this.#delta({ type: 'input_json_delta', partial_json: event.json });
      case 'signature':
        this.#signature += event.signature;
        return '';
      case 'citation':
        return this.#delta({ type: 'citations_delta', citation: fromCitation(event.citation) });
      default:
        return '';
    }
  }

  end(): string {
    const head = this.#head;
    const stop = sseFrame('content_block_stop', { type: 'content_block_stop', index: this.#index });
    if (head.kind !== 'reasoning') return stop;
    const signature = packSignature({ ...head, ...(this.#signature === '' ? {} : { signature: this.#signature }) });
    if (head.redacted === true) return this.#open({ type: 'redacted_thinking', data: signature }) + stop;
    return (signature === '' ? '' : this.#delta({ type: 'signature_delta', signature })) + stop;
  }

  #text(text: string): string {
    if (this.#head.kind !== 'reasoning') return this.#delta({ type: 'text_delta', text });
    return this.#head.redacted === true ? '' : this.#delta({ type: 'thinking_delta', thinking: text });
  }

  /** The tools that a provider runs stream their input like any other; the rest stands in the start. */
  #wholeStart(block: JsonObject | undefined): string {
    if (block === undefined) return '';
    if (block.type === 'text') {
      return this.#open({ ...block, text: '' }) + this.#delta({ type: 'text_delta', text: block.text ?? '' });
    }
    if (block.input === undefined) return this.#open(block);
    return (
      this.#open({ ...block, input: {} }) +
      this.#delta({ type: 'input_json_delta', partial_json: printLossless(block.input) })
    );
  }

  #open(block: JsonObject): string {
    return sseFrame('content_block_start', { type: 'content_block_start', index: this.#index, content_block: block });
  }

  #delta(delta: JsonObject): string {
    return sseFrame('content_block_delta', { type: 'content_block_delta', index: this.#index, delta });
  }
}
