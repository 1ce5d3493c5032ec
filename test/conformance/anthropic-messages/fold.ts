/** A streamed answer put together from its events, checked on the way for what every decoder promises. */
import { expect } from 'vitest';
import type { Answer, AnswerEvent } from '../../../proxy/core/answer.ts';
import type { Part } from '../../../proxy/core/part.ts';
import type { Reading } from './reading.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Folding {
  part: Mutable<Extract<Part, { kind: 'text' | 'reasoning' | 'refusal' | 'tool-call' }>> | Part;
  open: boolean;
}

/** Throws where an event comes for a block that is not open: decoders emit every start and end. */
export function fold(events: readonly AnswerEvent[]): Answer & { readonly failed: boolean } {
  const blocks = new Map<number, Folding>();
  let answer: Mutable<Answer> = { choices: [] };
  let finish: Extract<AnswerEvent, { type: 'finish' }> | undefined;
  let failed = false;
  for (const event of events) {
    expect(failed, 'nothing comes after an error').toBe(false);
    if (event.type === 'start') answer = { ...answer, ...event };
    else if (event.type === 'usage') answer.usage = { ...answer.usage, ...event.usage };
    else if (event.type === 'finish') finish = event;
    else if (event.type === 'error') failed = true;
    else if (event.type === 'block-start') {
      expect(blocks.has(event.block), 'a block starts once').toBe(false);
      blocks.set(event.block, { part: emptyPart(event.part), open: true });
    } else if (event.type !== 'logprobs') {
      const block = blocks.get(event.block);
      expect(block?.open, `an open block for ${event.type}`).toBe(true);
      if (block !== undefined) grow(block, event);
    }
  }
  const parts = [...blocks].sort(([a], [b]) => a - b).map(([, { part }]) => part);
  const { stopSequence } = finish ?? {};
  answer.choices = [
    {
      index: 0,
      parts,
      ...(finish === undefined ? {} : { finishReason: finish.finishReason }),
      ...(stopSequence === undefined ? {} : { stopSequence }),
    },
  ];
  return { ...withoutType(answer), failed };
}

function withoutType(answer: Answer): Answer {
  const { type: _type, ...rest } = answer as Answer & { type?: string };
  return rest;
}

function emptyPart(head: Extract<AnswerEvent, { type: 'block-start' }>['part']): Part {
  switch (head.kind) {
    case 'whole':
      return head.part;
    case 'tool-call':
      return { ...head, arguments: '' };
    case 'reasoning':
    case 'text':
    case 'refusal':
      return { ...head, text: '' };
    default:
      return head satisfies never;
  }
}

function grow(block: Folding, event: AnswerEvent): void {
  const part = block.part as unknown as Mutable<{
    text: string;
    arguments: string;
    signature: string;
    citations: unknown[];
  }>;
  if (event.type === 'text') part.text += event.text;
  else if (event.type === 'arguments') part.arguments += event.json;
  else if (event.type === 'signature') part.signature = `${part.signature ?? ''}${event.signature}`;
  else if (event.type === 'citation') part.citations = [...(part.citations ?? []), event.citation];
  else if (event.type === 'block-end') block.open = false;
}

/** An answer in the terms of a reading, to compare the two. */
export function readAnswer(answer: Answer): Omit<Reading, 'usage' | 'types'> {
  const parts = answer.choices[0]?.parts ?? [];
  const texts = (kind: Part['kind']) => parts.flatMap((part) => (part.kind === kind && 'text' in part ? [part] : []));
  const reasoning = parts.flatMap((part) => (part.kind === 'reasoning' ? [part] : []));
  return {
    text: texts('text')
      .map((part) => part.text)
      .join('|'),
    thinking: reasoning
      .filter((part) => part.redacted !== true)
      .map((part) => part.text)
      .join('|'),
    signatures: reasoning.map((part) => part.signature ?? '').sort(),
    tools: parts.flatMap((part) =>
      part.kind === 'tool-call' ? [{ id: part.id, name: part.name, input: parsed(part.arguments) }] : [],
    ),
    citations: parts.reduce((sum, part) => sum + (part.kind === 'text' ? (part.citations?.length ?? 0) : 0), 0),
    stop: answer.choices[0]?.finishReason?.raw ?? null,
    stopSequence: answer.choices[0]?.stopSequence ?? null,
    explanation: texts('refusal')[0]?.text ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
