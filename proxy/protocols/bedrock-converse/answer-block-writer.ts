/**
 * One open block of a streamed answer. Text and thinking begin with their first delta, as Bedrock has it; calls of tools and
 * images announce themselves.
 */
import type { BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Citation, Part } from '../../core/part.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { printLossless } from '../json/lossless.ts';
import { ownCitation } from './citation.ts';
import { type AnswerPartFacts, answerBlock } from './encode-answer-part.ts';
import { eventMessage } from './event-message.ts';
import { redactedBytes } from './redacted.ts';

export class AnswerBlockWriter {
  readonly #index: number;
  readonly #head: BlockHead;
  readonly #facts: AnswerPartFacts;
  #usesTool: boolean;
  #begun = false;

  constructor(index: number, head: BlockHead, facts: AnswerPartFacts) {
    this.#index = index;
    this.#head = head;
    this.#facts = facts;
    this.#usesTool = head.kind === 'tool-call';
  }

  /** The model's turn ends with a wish for a tool. */
  get usesTool(): boolean {
    return this.#usesTool;
  }

  begin(): readonly Buffer[] {
    const head = this.#head;
    if (head.kind === 'tool-call') return [this.#start({ toolUse: { toolUseId: head.id, name: head.name } })];
    return head.kind === 'whole' ? this.#whole(head.part) : [];
  }

  text(text: string): readonly Buffer[] {
    if (text === '') return [];
    if (this.#head.kind === 'reasoning') return [this.#delta({ reasoningContent: { text } })];
    const opening = this.#begun ? [] : this.#openOutput(text);
    this.#begun = true;
    return [...opening, this.#usesTool ? this.arguments(text) : this.#delta({ text })];
  }

  arguments(json: string): Buffer {
    return this.#delta({ toolUse: { input: json } });
  }

  signature(signature: string): Buffer {
    const redacted = this.#head.kind === 'reasoning' && this.#head.redacted === true;
    return this.#delta({
      reasoningContent: redacted ? { redactedContent: redactedBytes(signature) } : { signature },
    });
  }

  /** Another protocol's citation has no place here. */
  citation(citation: Citation): readonly Buffer[] {
    const own = ownCitation(citation);
    return own === undefined ? [] : [this.#delta({ citation: own })];
  }

  end(): Buffer {
    return eventMessage('contentBlockStop', { contentBlockIndex: this.#index });
  }

  /** An answer asked for as a tool's input is one, if it begins as an object. */
  #openOutput(text: string): readonly Buffer[] {
    if (this.#head.kind !== 'text' || !this.#facts.outputByTool || !text.trimStart().startsWith('{')) return [];
    this.#usesTool = true;
    return [this.#start({ toolUse: { toolUseId: this.#facts.newCallId(), name: STRUCTURED_OUTPUT_TOOL } })];
  }

  #whole(part: Part): readonly Buffer[] {
    const block = answerBlock(part, this.#facts);
    const [kind] = Object.keys(block ?? {});
    const inner = kind === undefined ? undefined : (asObject(block?.[kind]) as JsonObject | undefined);
    if (kind === undefined || inner === undefined) return [];
    const { input, content, source, ...head } = inner;
    return [
      this.#start({ [kind]: head }),
      ...(input === undefined ? [] : [this.#delta({ [kind]: { input: printLossless(input) } })]),
      ...(content === undefined ? [] : [this.#delta({ [kind]: content })]),
      ...(source === undefined ? [] : [this.#delta({ [kind]: { source } })]),
    ];
  }

  #start(start: JsonObject): Buffer {
    return eventMessage('contentBlockStart', { contentBlockIndex: this.#index, start });
  }

  #delta(delta: JsonObject): Buffer {
    return eventMessage('contentBlockDelta', { contentBlockIndex: this.#index, delta });
  }
}
