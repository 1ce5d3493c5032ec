/** A streamed answer put together from its events, checked on the way for what every decoder promises. */
import { expect } from 'vitest';
import type { Answer, AnswerChoice, AnswerEvent } from '../../../proxy/core/answer.ts';
import type { Part } from '../../../proxy/core/part.ts';
import type { Reading } from './reading.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Growing {
  text: string;
  arguments: string;
  signature: string;
  citations: unknown[];
}

interface Folding {
  readonly part: Part;
  open: boolean;
}

/** Throws where an event comes for a block that is not open, or after an error. */
export function fold(events: readonly AnswerEvent[]): Answer & { readonly failed: boolean } {
  const choices = new Map<
    number,
    { blocks: Map<number, Folding>; finish?: AnswerChoice['finishReason']; logprobs: unknown[] }
  >();
  const answer: Mutable<Answer> = { choices: [] };
  let failed = false;
  for (const event of events) {
    expect(failed, 'nothing comes after an error').toBe(false);
    if (event.type === 'start') {
      const { type: _type, ...head } = event;
      Object.assign(answer, head);
    } else if (event.type === 'usage') answer.usage = { ...answer.usage, ...event.usage };
    else if (event.type === 'error') failed = true;
    else {
      const choice = choices.get(event.choice) ?? { blocks: new Map<number, Folding>(), logprobs: [] };
      choices.set(event.choice, choice);
      if (event.type === 'finish') choice.finish = event.finishReason;
      else if (event.type === 'logprobs') choice.logprobs.push(event.logprobs);
      else if (event.type === 'block-start') {
        expect(event.block, 'blocks are numbered in order').toBe(choice.blocks.size);
        choice.blocks.set(event.block, { part: emptyPart(event.part), open: true });
      } else {
        const block = choice.blocks.get(event.block);
        const late = event.type === 'citation';
        expect(block !== undefined && (block.open || late), `an open block for ${event.type}`).toBe(true);
        if (block !== undefined) grow(block, event);
      }
    }
  }
  answer.choices = [...choices].map(([index, { blocks, finish }]) => ({
    index,
    parts: [...blocks.values()].map(({ part }) => part),
    ...(finish === undefined ? {} : { finishReason: finish }),
  }));
  return { ...answer, failed };
}

function emptyPart(head: Extract<AnswerEvent, { type: 'block-start' }>['part']): Part {
  if (head.kind === 'whole') return head.part;
  return head.kind === 'tool-call' ? { ...head, arguments: '' } : { ...head, text: '' };
}

function grow(block: Folding, event: AnswerEvent): void {
  const part = block.part as unknown as Growing;
  if (event.type === 'text') part.text += event.text;
  else if (event.type === 'arguments') part.arguments += event.json;
  else if (event.type === 'signature') part.signature = event.signature;
  else if (event.type === 'citation') part.citations = [...(part.citations ?? []), event.citation];
  else if (event.type === 'block-end') block.open = false;
}

/** An answer in the terms of a reading, to compare the two. */
export function readAnswer(answer: Answer): Reading {
  const parts = answer.choices[0]?.parts ?? [];
  const texts = (kind: 'text' | 'reasoning') => parts.map((part) => (part.kind === kind ? part.text : '')).join('');
  return {
    text: texts('text'),
    thinking: texts('reasoning'),
    signatures: parts.flatMap((part) => ('signature' in part && part.signature !== undefined ? [part.signature] : [])),
    tools: parts.flatMap((part) =>
      part.kind === 'tool-call' ? [{ name: part.name, args: JSON.parse(part.arguments) as unknown }] : [],
    ),
    media: parts.flatMap((part) =>
      (part.kind === 'image' || part.kind === 'audio' || part.kind === 'file') && part.source?.kind === 'base64'
        ? [part.source.mediaType]
        : [],
    ),
    foreign: parts.flatMap((part) => (part.kind === 'foreign' ? [part.type] : [])),
    citations: parts.reduce((sum, part) => sum + (part.kind === 'text' ? (part.citations?.length ?? 0) : 0), 0),
    finish: answer.choices[0]?.finishReason?.raw,
  };
}
