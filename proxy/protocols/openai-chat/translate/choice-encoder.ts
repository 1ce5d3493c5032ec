/** One choice of a stream: blocks as deltas. Each delta goes to `write`, which puts the chunk around it. */
import type { AnswerEvent, BlockHead } from '../../../core/answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Citation, Part, ReasoningPart } from '../../../core/part.ts';
import { InputReader } from '../../openai-responses/custom-input.ts';
import type { EncodeFacts } from '../../translation.ts';
import { fromFinishReason } from '../finish-reason.ts';
import { fromCitation } from './citations.ts';
import { encodeAudio, encodeImage, encodeProof, ownField } from './encode-answer.ts';
import { toUrl } from './media.ts';
import { writeDetails, writeProof } from './reasoning-details.ts';

type Event<T extends AnswerEvent['type']> = Extract<AnswerEvent, { type: T }>;
type CallHead = Extract<BlockHead, { kind: 'tool-call' }>;

type OpenBlock =
  | { readonly kind: 'text'; readonly start: number; readonly citations: Citation[] }
  | { readonly kind: 'reasoning'; readonly part: ReasoningPart; readonly index: number }
  | { readonly kind: 'refusal' | 'whole' }
  | {
      readonly kind: 'call';
      readonly head: CallHead;
      readonly index: number;
      /** The client's name where its free-text tool went out as a function. */
      readonly input: InputReader | undefined;
      /** Held until the next event, so that a proof can stand beside the name. */
      told: boolean;
      hasArguments: boolean;
      signature: string | undefined;
    };

/** A delta; `extra` are members of the choice beside it. */
export type ChunkWriter = (delta: JsonObject, extra?: JsonObject) => void;

export class ChoiceEncoder {
  readonly #facts: EncodeFacts;
  readonly #write: ChunkWriter;
  readonly #customName: (name: string) => string | undefined;
  readonly #blocks = new Map<number, OpenBlock>();
  #roleTold = false;
  #calls = 0;
  #thoughts = 0;
  /** UTF-16 units of text so far: where a citation's block begins and ends. */
  #textLength = 0;
  #logprobs: JsonObject | undefined;

  constructor(facts: EncodeFacts, write: ChunkWriter, customName: (name: string) => string | undefined) {
    this.#facts = facts;
    this.#write = write;
    this.#customName = customName;
  }

  start({ block, part }: Event<'block-start'>): void {
    this.#settle();
    switch (part.kind) {
      case 'text':
        this.#blocks.set(block, { kind: 'text', start: this.#textLength, citations: [] });
        return;
      case 'refusal':
        this.#blocks.set(block, { kind: 'refusal' });
        return;
      case 'reasoning':
        this.#blocks.set(block, { kind: 'reasoning', part: { ...part, text: '' }, index: this.#thoughts });
        this.#thoughts += 1;
        return;
      case 'tool-call':
        this.#startCall(block, part);
        return;
      case 'whole':
        this.#blocks.set(block, { kind: 'whole' });
        this.#whole(part.part);
        return;
      default:
        part satisfies never;
    }
  }

  text({ block, text }: Event<'text'>): void {
    this.#settle();
    if (text === '') return;
    const open = this.#blocks.get(block);
    if (open?.kind === 'reasoning') {
      // The proof that follows is of a text that the client must be able to send back.
      const signed = open.part.origin !== undefined;
      const details = signed ? { reasoning_details: writeDetails({ ...open.part, text }, open.index) } : {};
      this.#delta({ reasoning_content: text, ...details });
    } else if (open?.kind === 'refusal') this.#delta({ refusal: text });
    else {
      this.#textLength += text.length;
      this.#delta({ content: text });
    }
  }

  arguments({ block, json }: Event<'arguments'>): void {
    const open = this.#blocks.get(block);
    this.#settle();
    if (open?.kind !== 'call' || json === '') return;
    open.hasArguments = true;
    this.#arguments(open, open.input === undefined ? json : open.input.push(json));
  }

  signature({ block, signature }: Event<'signature'>): void {
    const open = this.#blocks.get(block);
    if (open?.kind === 'call') {
      open.signature = signature;
      if (open.told)
        this.#delta({ tool_calls: [{ index: open.index, function: { arguments: '' }, ...encodeProof(signature) }] });
      else this.#settle();
      return;
    }
    this.#settle();
    if (open?.kind !== 'reasoning' || open.part.origin === undefined) return;
    this.#delta({ reasoning_details: writeProof({ ...open.part, signature }, open.index) });
  }

  citation({ block, citation }: Event<'citation'>): void {
    const open = this.#blocks.get(block);
    if (open?.kind === 'text') open.citations.push(citation);
  }

  /** They stand in the chunk of the text that they are about. */
  logprobs({ logprobs }: Event<'logprobs'>): void {
    this.#settle();
    if (this.#logprobs !== undefined) this.#delta({});
    this.#logprobs = logprobs;
  }

  stop({ block }: Event<'block-end'>): void {
    this.#settle();
    const open = this.#blocks.get(block);
    this.#blocks.delete(block);
    if (open?.kind === 'text') {
      const span = { start: open.start, end: this.#textLength };
      const annotations = open.citations.flatMap((citation) => fromCitation(citation, span));
      if (annotations.length > 0) this.#delta({ annotations });
    } else if (open?.kind === 'call') {
      if (open.input !== undefined) this.#arguments(open, open.input.end());
      // Clients parse what they gathered, and nothing is not JSON.
      else if (!open.hasArguments && open.head.custom !== true) this.#arguments(open, '{}');
    }
  }

  finish({ finishReason }: Event<'finish'>): void {
    this.#settle();
    if (!this.#roleTold) this.#delta({ content: '' });
    if (this.#logprobs !== undefined) this.#delta({});
    const legacy = this.#facts.call.legacyFunctions === true;
    this.#write(
      {},
      {
        finish_reason: fromFinishReason(finishReason, { callsTools: this.#calls > 0, legacy }),
        ...(finishReason.unified === 'other' ? { native_finish_reason: finishReason.raw } : {}),
      },
    );
  }

  #startCall(block: number, head: CallHead): void {
    const wrapped = head.custom === true ? undefined : this.#customName(head.name);
    this.#blocks.set(block, {
      kind: 'call',
      head: wrapped === undefined ? head : { ...head, name: wrapped, custom: true },
      index: this.#calls,
      input: wrapped === undefined ? undefined : new InputReader(),
      told: false,
      hasArguments: false,
      signature: undefined,
    });
    this.#calls += 1;
  }

  /** Tells of a call that has waited for a proof. */
  #settle(): void {
    for (const open of this.#blocks.values()) {
      if (open.kind !== 'call' || open.told) continue;
      open.told = true;
      this.#tellCall(open.head, open.index, open.signature);
    }
  }

  #tellCall(head: CallHead, index: number, signature: string | undefined): void {
    const id = head.id === '' ? this.#facts.newId('call_') : head.id;
    const { name } = head;
    if (head.custom === true) {
      this.#delta({ tool_calls: [{ index, id, type: 'custom', custom: { name, input: '' } }] });
    } else if (this.#facts.call.legacyFunctions === true) {
      this.#delta({ content: null, function_call: { name, arguments: '' } });
    } else {
      this.#delta({
        tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' }, ...encodeProof(signature) }],
      });
    }
  }

  #arguments(open: Extract<OpenBlock, { kind: 'call' }>, text: string): void {
    if (text === '') return;
    const { index, head } = open;
    if (head.custom === true) this.#delta({ tool_calls: [{ index, custom: { input: text } }] });
    else if (this.#facts.call.legacyFunctions === true) this.#delta({ function_call: { arguments: text } });
    else this.#delta({ tool_calls: [{ index, function: { arguments: text } }] });
  }

  #whole(part: Part): void {
    switch (part.kind) {
      case 'image': {
        const url = toUrl(part.source);
        if (url !== undefined) this.#delta({ images: [encodeImage(url)] });
        return;
      }
      case 'audio':
        this.#delta(encodeAudio(part, this.#facts));
        return;
      case 'foreign': {
        const own = ownField(part);
        if (own !== undefined) this.#delta(own);
        return;
      }
      case 'text':
        this.#textLength += part.text.length;
        this.#delta({ content: part.text });
        return;
      case 'reasoning':
        this.#delta({
          reasoning_content: part.text,
          ...(part.signature === undefined ? {} : { reasoning_details: writeDetails(part, this.#thoughts) }),
        });
        return;
      case 'refusal':
        this.#delta({ refusal: part.text });
        return;
      case 'file':
      case 'tool-call':
      case 'tool-result':
        return;
      default:
        part satisfies never;
    }
  }

  #delta(delta: JsonObject): void {
    const logprobs = this.#logprobs;
    this.#logprobs = undefined;
    const first = !this.#roleTold;
    this.#roleTold = true;
    this.#write(first ? { role: 'assistant', ...delta } : delta, logprobs === undefined ? undefined : { logprobs });
  }
}
