/** One choice of a stream: its deltas as blocks. Text, thinking and refusal follow each other; tool calls may run side by side. */
import type { AnswerEvent, BlockHead } from '../../../core/answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { Citation, Part } from '../../../core/part.ts';
import type { Protocol } from '../../../core/protocol.ts';
import { toFinishReason } from '../finish-reason.ts';
import { toCitations } from './citations.ts';
import { toAudio, toMedia } from './decode-message.ts';
import { thinkingText } from './decode-parts.ts';
import { toSignature } from './decode-tool-call.ts';
import { asJsonObject, asList, asString, optional } from './json.ts';
import { type ReasoningDetail, readDetails, standsAlone } from './reasoning-details.ts';
import { finishOfText, STRUCTURED_OUTPUT_TOOL } from './structured-output.ts';
import { ToolCallTracker, type TrackedCall } from './tool-call-tracker.ts';

type Spoken = 'text' | 'reasoning' | 'refusal';
type OpenBlock = {
  readonly kind: Spoken;
  readonly block: number;
  readonly origin: Protocol | undefined;
  signed: boolean;
};

export class ChoiceDecoder {
  readonly #index: number;
  readonly #out: AnswerEvent[];
  readonly #idSeed: () => string;
  readonly #tools = new ToolCallTracker();
  #blocks = 0;
  #open: OpenBlock | undefined;
  /** Citations that came before the text they belong to. */
  #citations: Citation[] = [];
  #audio: { data: string; transcript: string } | undefined;
  #finish: string | undefined;

  /** Events go to `out`; `idSeed` makes ids of calls that have none. */
  constructor(index: number, out: AnswerEvent[], idSeed: () => string) {
    this.#index = index;
    this.#out = out;
    this.#idSeed = idSeed;
  }

  get finished(): boolean {
    return this.#finish !== undefined;
  }

  take(choice: JsonObject): void {
    const logprobs = asJsonObject(choice.logprobs);
    if (logprobs !== undefined) this.#out.push({ type: 'logprobs', choice: this.#index, logprobs });
    const delta = asJsonObject(choice.delta) ?? asJsonObject(choice.message);
    if (delta !== undefined) this.#takeDelta(delta);
    // Some servers say it twice; the last word stands, so it is told at the end.
    this.#finish = asText(choice.finish_reason) ?? this.#finish;
  }

  /** False when a call never got its name. */
  get whole(): boolean {
    return this.#tools.calls.every((call) => call.block !== undefined);
  }

  /** Pages that stood beside the choices. */
  cite(citations: readonly Citation[]): void {
    this.#cite(citations);
  }

  /** The stream ended well. */
  close(): void {
    const media = this.#audio === undefined ? [] : toAudio(this.#audio);
    for (const part of media) this.#whole(part);
    if (this.#citations.length > 0) this.#speak('text', '');
    this.#closeOpen();
    for (const { block, asText: isText } of this.#tools.calls) {
      if (block !== undefined && !isText) this.#end(block);
    }
    this.#tellFinish();
  }

  #tellFinish(): void {
    if (this.#finish === undefined) return;
    const { calls } = this.#tools;
    const onlyOutput = calls.length > 0 && calls.every((call) => call.asText);
    const reason = toFinishReason(this.#finish);
    const finishReason = onlyOutput ? finishOfText(reason) : reason;
    this.#out.push({ type: 'finish', choice: this.#index, finishReason });
  }

  #takeDelta(delta: JsonObject): void {
    this.#takeReasoning(delta);
    if (typeof delta.content === 'string') this.#say('text', delta.content);
    else this.#takeContentParts(delta.content);
    if (typeof delta.refusal === 'string') this.#say('refusal', delta.refusal);
    this.#cite(toCitations(delta.annotations));
    for (const image of asList(delta.images)) this.#wholes(image);
    this.#takeAudio(asJsonObject(delta.audio));
    const executed = asList(delta.executed_tools);
    if (executed.length > 0) {
      const raw = { executed_tools: executed };
      this.#whole({ kind: 'foreign', protocol: 'openai-chat', type: 'executed_tools', raw });
    }
    for (const entry of asList(delta.tool_calls)) this.#takeCall(asJsonObject(entry));
    const legacy = asJsonObject(delta.function_call);
    if (legacy !== undefined) this.#takeCall({ index: 0, function: legacy });
    const proof = toSignature(delta).signature;
    const [first] = this.#tools.calls;
    if (proof !== undefined && first !== undefined) this.#sign(first, proof);
  }

  #takeReasoning(delta: JsonObject): void {
    const details = readDetails(delta.reasoning_details);
    const text = asText(delta.reasoning_content) ?? asText(delta.reasoning);
    if (details.length === 0) {
      if (text !== undefined) this.#speak('reasoning', text);
      return;
    }
    for (const detail of details) this.#takeDetail(detail);
  }

  #takeDetail(detail: ReasoningDetail): void {
    const open = this.#open?.kind === 'reasoning' ? this.#open : undefined;
    const joins = open !== undefined && !open.signed && open.origin === detail.origin && !standsAlone(detail);
    if (!joins) {
      if (detail.text === '' && detail.signature === undefined) return;
      this.#closeOpen();
      this.#begin('reasoning', {
        kind: 'reasoning',
        ...(detail.encrypted ? { redacted: true } : {}),
        ...(detail.summary ? { summary: true } : {}),
        ...optional('id', detail.id),
        ...optional('origin', detail.origin),
      });
    }
    const block = this.#open?.block;
    if (block === undefined) return;
    if (detail.text !== '') this.#out.push({ type: 'text', choice: this.#index, block, text: detail.text });
    if (detail.signature === undefined) return;
    this.#out.push({ type: 'signature', choice: this.#index, block, signature: detail.signature });
    if (this.#open !== undefined) this.#open.signed = true;
  }

  #takeContentParts(content: unknown): void {
    for (const entry of asList(content)) {
      const part = asJsonObject(entry);
      if (part?.type === 'thinking') this.#say('reasoning', thinkingText(part));
      else if (part?.type === 'text') this.#say('text', asString(part.text) ?? '');
      else this.#wholes(entry);
    }
  }

  #takeAudio(audio: JsonObject | undefined): void {
    if (audio === undefined) return;
    this.#audio ??= { data: '', transcript: '' };
    this.#audio.data += asString(audio.data) ?? '';
    this.#audio.transcript += asString(audio.transcript) ?? '';
  }

  #takeCall(entry: JsonObject | undefined): void {
    if (entry === undefined) return;
    const { call, arguments: piece } = this.#tools.take(entry);
    if (call.name === undefined) {
      call.waiting += piece;
      return;
    }
    if (call.block === undefined) this.#beginCall(call, call.name);
    const text = call.waiting + piece;
    call.waiting = '';
    if (call.block === undefined || text === '') return;
    if (call.asText) this.#say('text', text);
    else this.#out.push({ type: 'arguments', choice: this.#index, block: call.block, json: text });
  }

  #beginCall(call: TrackedCall, name: string): void {
    this.#closeOpen();
    if (name === STRUCTURED_OUTPUT_TOOL) {
      call.asText = true;
      call.block = this.#begin('text', { kind: 'text' });
      return;
    }
    const place = this.#tools.calls.indexOf(call);
    const id = call.id ?? `call_${this.#idSeed()}_${this.#index}_${place}`;
    call.block = this.#start({ kind: 'tool-call', id, name, ...(call.custom ? { custom: true } : {}) });
    if (call.signature !== undefined) this.#sign(call, call.signature);
  }

  #sign(call: TrackedCall, signature: string): void {
    if (call.block !== undefined && !call.asText) {
      this.#out.push({ type: 'signature', choice: this.#index, block: call.block, signature });
    }
  }

  #cite(citations: readonly Citation[]): void {
    if (citations.length === 0) return;
    this.#citations.push(...citations);
    if (this.#open?.kind === 'text') this.#tellCitations(this.#open.block);
  }

  #tellCitations(block: number): void {
    for (const citation of this.#citations) this.#out.push({ type: 'citation', choice: this.#index, block, citation });
    this.#citations = [];
  }

  #wholes(entry: unknown): void {
    const part = asJsonObject(entry);
    if (part !== undefined) for (const whole of toMedia(part)) this.#whole(whole);
  }

  #whole(part: Part): void {
    this.#closeOpen();
    this.#end(this.#start({ kind: 'whole', part }));
  }

  #say(kind: Spoken, text: string): void {
    if (text !== '') this.#speak(kind, text);
  }

  #speak(kind: Spoken, text: string): void {
    if (this.#open?.kind !== kind || this.#open.signed) {
      this.#closeOpen();
      this.#begin(kind, { kind });
    }
    const block = this.#open?.block;
    if (block !== undefined && text !== '') this.#out.push({ type: 'text', choice: this.#index, block, text });
  }

  #begin(kind: Spoken, head: BlockHead): number {
    const block = this.#start(head);
    this.#open = { kind, block, origin: head.kind === 'reasoning' ? head.origin : undefined, signed: false };
    if (kind === 'text') this.#tellCitations(block);
    return block;
  }

  #start(part: BlockHead): number {
    const block = this.#blocks;
    this.#blocks += 1;
    this.#out.push({ type: 'block-start', choice: this.#index, block, part });
    return block;
  }

  #closeOpen(): void {
    if (this.#open === undefined) return;
    this.#end(this.#open.block);
    this.#open = undefined;
  }

  #end(block: number): void {
    this.#out.push({ type: 'block-end', choice: this.#index, block });
  }
}
