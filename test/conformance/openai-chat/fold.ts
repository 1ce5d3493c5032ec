/** Events of a stream put together to choices, and the rules that every decoder's events keep. */
import { expect } from 'vitest';
import type { AnswerChoice, AnswerEvent, BlockHead } from '../../../proxy/core/answer.ts';
import type { FinishReason } from '../../../proxy/core/finish-reason.ts';
import type { Citation, Part } from '../../../proxy/core/part.ts';
import type { Usage } from '../../../proxy/core/usage.ts';

export interface Folded {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly signatures: readonly string[];
  readonly citations: readonly Citation[];
  readonly wholes: readonly Part[];
  readonly finish: FinishReason | undefined;
}

interface Block {
  readonly head: BlockHead;
  text: string;
  open: boolean;
}

class ChoiceFold {
  readonly blocks: Block[] = [];
  readonly signatures: string[] = [];
  readonly citations: Citation[] = [];
  finish: FinishReason | undefined;

  take(event: Exclude<AnswerEvent, { type: 'start' | 'usage' | 'error' }>): void {
    expect(this.finish).toBeUndefined();
    if (event.type === 'logprobs') return;
    if (event.type === 'finish') {
      expect(this.blocks.some(({ open }) => open)).toBe(false);
      this.finish = event.finishReason;
      return;
    }
    if (event.type === 'block-start') {
      expect(event.block).toBe(this.blocks.length);
      this.blocks.push({ head: event.part, text: '', open: true });
      return;
    }
    const block = this.blocks[event.block];
    if (block === undefined) throw new Error(`${event.type} without a block`);
    expect(block.open).toBe(true);
    if (event.type === 'block-end') block.open = false;
    else if (event.type === 'signature') this.signatures.push(event.signature);
    else if (event.type === 'citation') this.citations.push(event.citation);
    else {
      expect(block.head.kind === 'tool-call').toBe(event.type === 'arguments');
      block.text += event.type === 'text' ? event.text : event.json;
    }
  }

  folded(): Folded {
    const said = (kind: BlockHead['kind']) =>
      this.blocks.flatMap((block) => (block.head.kind === kind ? [block.text] : [])).join('');
    return {
      text: said('text'),
      reasoning: said('reasoning'),
      refusal: said('refusal'),
      calls: this.blocks.flatMap(({ head, text }) =>
        head.kind === 'tool-call' ? [{ id: head.id, name: head.name, arguments: text }] : [],
      ),
      signatures: this.signatures,
      citations: this.citations,
      wholes: this.blocks.flatMap(({ head }) => (head.kind === 'whole' ? [head.part] : [])),
      finish: this.finish,
    };
  }
}

export function foldEvents(events: readonly AnswerEvent[]) {
  const choices = new Map<number, ChoiceFold>();
  let usage: Usage | undefined;
  let failed = false;
  for (const event of events) {
    expect(failed).toBe(false);
    if (event.type === 'error') failed = true;
    else if (event.type === 'usage') usage = { ...usage, ...event.usage };
    else if (event.type !== 'start') {
      const choice = choices.get(event.choice) ?? new ChoiceFold();
      choices.set(event.choice, choice);
      choice.take(event);
    }
  }
  return { choices: new Map([...choices].map(([index, choice]) => [index, choice.folded()])), usage, failed };
}

/** A whole answer's choice in the same form. */
export function foldChoice({ parts, finishReason }: AnswerChoice): Folded {
  const said = (kind: Part['kind']) =>
    parts.flatMap((part) => (part.kind === kind && 'text' in part ? [part.text ?? ''] : [])).join('');
  return {
    text: said('text'),
    reasoning: said('reasoning'),
    refusal: said('refusal'),
    calls: parts.flatMap((part) =>
      part.kind === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : [],
    ),
    signatures: parts.flatMap((part) => ('signature' in part && part.signature !== undefined ? [part.signature] : [])),
    citations: parts.flatMap((part) => (part.kind === 'text' ? (part.citations ?? []) : [])),
    wholes: parts.filter(({ kind }) => kind === 'image' || kind === 'audio' || kind === 'foreign'),
    finish: finishReason,
  };
}
