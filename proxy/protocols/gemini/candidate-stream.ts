/**
 * One candidate of a stream as part events. Gemini has no blocks on the wire: a run of text, a run of thoughts and each call
 * are one here. The reason it ended is told at the stream's end, after whatever else comes with it (sources, signatures).
 */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Part } from '../../core/part.ts';
import type { AnswerCallIds } from './call-ids.ts';
import { GroundingReader } from './citations.ts';
import { decodePart } from './decode-part.ts';
import { finishName, toFinishReason } from './finish-reason.ts';
import { decodeLogprobs } from './logprobs.ts';
import { PartialArguments } from './partial-args.ts';
import { readCandidate } from './read-chunk.ts';
import { unpackSignature } from './signature.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';
import { asJsonObject, booleanField, field, listField, objectField, textField } from './wire.ts';

/** Kept for the offsets of citations; an answer beyond this goes without them. */
const TEXT_KEPT_MAX = 1_000_000;

interface OpenBlock {
  readonly number: number;
  readonly kind: 'text' | 'reasoning';
}

interface OpenCall {
  readonly number: number;
  readonly isText: boolean;
  readonly pieces: PartialArguments;
}

export class CandidateStream {
  readonly #choice: number;
  readonly #ids: AnswerCallIds;
  readonly #grounding = new GroundingReader();
  #blocks = 0;
  #block: OpenBlock | undefined;
  #call: OpenCall | undefined;
  #lastText: number | undefined;
  #text: string | undefined = '';
  #hasToolCalls = false;
  #finish: string | undefined;

  constructor(choice: number, ids: AnswerCallIds) {
    this.#choice = choice;
    this.#ids = ids;
  }

  /** Undefined when the candidate can't be understood. */
  push(candidate: JsonObject, answerId: string | undefined): AnswerEvent[] | undefined {
    const events: AnswerEvent[] = [];
    // Content behind the end is another answer, or this one over again.
    if (this.#finish !== undefined && readCandidate(candidate, this.#choice).hasContent) return undefined;
    for (const value of listField(objectField(candidate, 'content'), 'parts')) {
      const part = asJsonObject(value);
      if (part === undefined || !this.#part(part, answerId, events)) return undefined;
    }
    const logprobs = decodeLogprobs(candidate);
    if (logprobs !== undefined) events.push({ type: 'logprobs', choice: this.#choice, logprobs });
    this.#cite(candidate, events);
    this.#finish = finishName(candidate.finishReason ?? candidate.finish_reason) ?? this.#finish;
    return events;
  }

  /** True when the provider said how it ended, and nothing was left half. */
  get isComplete(): boolean {
    return this.#finish !== undefined && this.#call?.pieces.isHalf !== true;
  }

  end(): AnswerEvent[] {
    const events: AnswerEvent[] = [];
    // The closing, empty functionCall can be missing.
    if (this.isComplete) this.#endCall(events);
    this.#endBlock(events);
    if (this.isComplete && this.#finish !== undefined) {
      const finishReason = toFinishReason(this.#finish, this.#hasToolCalls);
      events.push({ type: 'finish', choice: this.#choice, finishReason });
    }
    return events;
  }

  /** False when it can't be understood. */
  #part(part: JsonObject, answerId: string | undefined, events: AnswerEvent[]): boolean {
    const call = objectField(part, 'functionCall');
    if (call !== undefined) return this.#callPart(part, call, answerId, events);
    const text = field(part, 'text');
    const thought = booleanField(part, 'thought') === true;
    if (typeof text !== 'string' && !thought) {
      this.#endCall(events);
      for (const whole of decodePart(part, this.#partIds(answerId))) this.#whole(whole, events);
      return true;
    }
    this.#run(
      thought ? 'reasoning' : 'text',
      typeof text === 'string' ? text : '',
      textField(part, 'thoughtSignature'),
      events,
    );
    return true;
  }

  #run(kind: 'text' | 'reasoning', text: string, signature: string | undefined, events: AnswerEvent[]): void {
    const proof = signature === undefined ? undefined : unpackSignature(signature);
    const origin = proof?.origin ?? 'gemini';
    if (text !== '') {
      this.#endCall(events);
      const head: BlockHead =
        kind === 'text' ? { kind } : { kind, ...(origin === 'gemini' ? { summary: true } : {}), origin };
      const block = this.#openBlock(head, events);
      events.push({ type: 'text', choice: this.#choice, block, text });
      if (kind === 'text') this.#keepText(text);
    }
    if (proof?.signature === undefined) return;
    if (kind === 'reasoning' && this.#block?.kind === 'reasoning') {
      events.push({ type: 'signature', choice: this.#choice, block: this.#block.number, signature: proof.signature });
      this.#endBlock(events);
      return;
    }
    // As decodePart has it: a signature alone is a redacted thought, one that stands on text belongs to that text.
    this.#whole({ kind: 'reasoning', text: '', ...(text === '' ? { redacted: true } : {}), ...proof }, events);
  }

  #keepText(text: string): void {
    if (this.#text !== undefined)
      this.#text = this.#text.length + text.length > TEXT_KEPT_MAX ? undefined : this.#text + text;
  }

  #openBlock(head: BlockHead & { readonly kind: 'text' | 'reasoning' }, events: AnswerEvent[]): number {
    if (this.#block?.kind === head.kind) return this.#block.number;
    this.#endBlock(events);
    const number = this.#blocks++;
    this.#block = { number, kind: head.kind };
    if (head.kind === 'text') this.#lastText = number;
    events.push({ type: 'block-start', choice: this.#choice, block: number, part: head });
    return number;
  }

  #endBlock(events: AnswerEvent[]): void {
    if (this.#block === undefined) return;
    events.push({ type: 'block-end', choice: this.#choice, block: this.#block.number });
    this.#block = undefined;
  }

  /** A part that is there all at once. */
  #whole(part: Part, events: AnswerEvent[]): void {
    this.#endBlock(events);
    if (part.kind === 'text' && part.text === '') return;
    const block = this.#blocks++;
    const at = { choice: this.#choice, block };
    if (part.kind === 'reasoning') {
      const { redacted, origin, summary, id } = part;
      const head = {
        kind: 'reasoning' as const,
        ...(redacted === undefined ? {} : { redacted }),
        ...(summary === undefined ? {} : { summary }),
        ...(origin === undefined ? {} : { origin }),
        ...(id === undefined ? {} : { id }),
      };
      events.push({ type: 'block-start', ...at, part: head });
      if (part.signature !== undefined) events.push({ type: 'signature', ...at, signature: part.signature });
    } else events.push({ type: 'block-start', ...at, part: { kind: 'whole', part } });
    events.push({ type: 'block-end', ...at });
  }

  /** A call that is whole, or the beginning, a piece or the end of one that goes on. */
  #callPart(part: JsonObject, call: JsonObject, answerId: string | undefined, events: AnswerEvent[]): boolean {
    const name = textField(call, 'name');
    if (name !== undefined) {
      this.#endCall(events);
      this.#startCall(name, part, call, answerId, events);
    }
    const open = this.#call;
    if (open === undefined) return field(call, 'args') === undefined && listField(call, 'partialArgs').length === 0;
    const pieces = open.pieces.push(call);
    if (pieces === undefined) return false;
    if (pieces !== '') events.push(this.#argumentEvent(open, pieces));
    if (booleanField(call, 'willContinue') !== true) this.#endCall(events, field(call, 'args') !== undefined);
    return true;
  }

  #startCall(
    name: string,
    part: JsonObject,
    call: JsonObject,
    answerId: string | undefined,
    events: AnswerEvent[],
  ): void {
    this.#endBlock(events);
    const [decoded] = decodePart(part, this.#partIds(answerId));
    if (decoded?.kind !== 'tool-call') return;
    const isText = name === STRUCTURED_OUTPUT_TOOL;
    const number = this.#blocks++;
    const at = { choice: this.#choice, block: number };
    this.#call = { number, isText, pieces: new PartialArguments() };
    if (isText) this.#lastText = number;
    else this.#hasToolCalls = true;
    const { id, origin, signature } = decoded;
    const head: BlockHead = isText
      ? { kind: 'text' }
      : { kind: 'tool-call', id, name, ...(origin === undefined ? {} : { origin }) };
    events.push({ type: 'block-start', ...at, part: head });
    if (signature !== undefined && !isText) events.push({ type: 'signature', ...at, signature });
    if (field(call, 'args') !== undefined) events.push(this.#argumentEvent(this.#call, decoded.arguments));
  }

  #endCall(events: AnswerEvent[], isWhole = false): void {
    const open = this.#call;
    if (open === undefined) return;
    this.#call = undefined;
    if (!isWhole) events.push(this.#argumentEvent(open, open.pieces.end()));
    events.push({ type: 'block-end', choice: this.#choice, block: open.number });
  }

  #argumentEvent(call: OpenCall, json: string): AnswerEvent {
    const at = { choice: this.#choice, block: call.number };
    return call.isText ? { type: 'text', ...at, text: json } : { type: 'arguments', ...at, json };
  }

  #cite(candidate: JsonObject, events: AnswerEvent[]): void {
    const block = this.#lastText;
    if (block === undefined) return;
    for (const citation of this.#grounding.read(candidate, this.#text)) {
      events.push({ type: 'citation', choice: this.#choice, block, citation });
    }
  }

  #partIds(answerId: string | undefined) {
    return {
      call: (_name: string, given: string | undefined) => this.#ids.of(given, answerId),
      result: (name: string | undefined, given: string | undefined) => ({
        id: given ?? '',
        ...(name === undefined ? {} : { name }),
      }),
    };
  }
}
