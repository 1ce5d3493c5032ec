/**
 * One block of an answer on its way to a client: its part of the event stream, in the order that clients insist on. What
 * can only be written when it is complete (a signature, an encrypted block) waits for the block's end.
 */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { printLossless } from '../json/lossless.ts';
import type { EncodeFacts } from '../translation.ts';
import { fromCitation } from './citation.ts';
import { CALLER, toBlock, toCallId, toSignatureBlock } from './encode-block.ts';
import { packSignature } from './signature.ts';
import { sseFrame } from './sse-frame.ts';

export class WireBlock {
  readonly #head: BlockHead;
  readonly #facts: Pick<EncodeFacts, 'newId'>;
  readonly #takeIndex: () => number;
  #index = -1;
  #signature = '';
  readonly #callId: string;
  /** Nothing of it shows: a block of another protocol's own. */
  readonly #hidden: boolean;

  /** `takeIndex` gives the next index of the message, once for each block that is written. */
  constructor(head: BlockHead, facts: Pick<EncodeFacts, 'newId'>, takeIndex: () => number) {
    this.#head = head;
    this.#facts = facts;
    this.#takeIndex = takeIndex;
    this.#callId = head.kind === 'tool-call' ? toCallId(head.id, facts.newId) : '';
    this.#hidden = head.kind === 'whole' && toBlock(head.part, facts.newId) === undefined;
  }

  get hidden(): boolean {
    return this.#hidden;
  }

  start(): string {
    const head = this.#head;
    switch (head.kind) {
      case 'text':
      case 'refusal':
        return this.#open({ type: 'text', text: '', citations: null });
      case 'reasoning':
        // The block's one member is the encrypted text, which is not here yet.
        return head.redacted === true ? '' : this.#open({ type: 'thinking', thinking: '', signature: '' });
      case 'tool-call':
        // Its signature, if there will be one, stands in a block before it.
        return head.origin === undefined ? this.#openCall(head.name) : '';
      case 'whole':
        return this.#wholeStart(toBlock(head.part, this.#facts.newId));
      default:
        return head satisfies never;
    }
  }

  delta(event: AnswerEvent): string {
    switch (event.type) {
      case 'text':
        return event.text === '' ? '' : this.#text(event.text);
      case 'arguments':
        return event.json === '' ? '' : this.#arguments(event.json);
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
    if (head.kind === 'tool-call') return this.#endCall(head.name);
    if (head.kind !== 'reasoning') return this.#stop();
    const signature = packSignature({ ...head, ...(this.#signature === '' ? {} : { signature: this.#signature }) });
    if (head.redacted === true) return this.#open({ type: 'redacted_thinking', data: signature }) + this.#stop();
    return (signature === '' ? '' : this.#delta({ type: 'signature_delta', signature })) + this.#stop();
  }

  #arguments(json: string): string {
    const head = this.#head;
    const start = head.kind === 'tool-call' && this.#index < 0 ? this.#openCall(head.name) : '';
    return start + this.#delta({ type: 'input_json_delta', partial_json: json });
  }

  #openCall(name: string): string {
    return this.#callSignature() + this.#open({ type: 'tool_use', id: this.#callId, name, input: {}, caller: CALLER });
  }

  #endCall(name: string): string {
    const start = this.#index < 0 ? this.#openCall(name) : '';
    return start + this.#stop() + this.#callSignature();
  }

  /** What is known of it and was not written yet. */
  #callSignature(): string {
    if (this.#signature === '' || this.#head.kind !== 'tool-call') return '';
    const block = toSignatureBlock(this.#callId, this.#signature, this.#head.origin);
    this.#signature = '';
    return this.#open(block) + this.#stop();
  }

  #stop(): string {
    return sseFrame('content_block_stop', { type: 'content_block_stop', index: this.#index });
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
    this.#index = this.#takeIndex();
    return sseFrame('content_block_start', { type: 'content_block_start', index: this.#index, content_block: block });
  }

  #delta(delta: JsonObject): string {
    return sseFrame('content_block_delta', { type: 'content_block_delta', index: this.#index, delta });
  }
}
