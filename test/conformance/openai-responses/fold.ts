/** A streamed answer put together from its events, checked on the way for what every decoder promises. */
import { expect } from 'vitest';
import type { Answer, AnswerEvent } from '../../../proxy/core/answer.ts';
import type { JsonObject } from '../../../proxy/core/json.ts';
import type { Citation, Part } from '../../../proxy/core/part.ts';
import type { Reading } from './reading.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Growing = Mutable<{ text: string; arguments: string; signature: string; citations: Citation[] }>;

export interface Folded {
  readonly answer: Answer;
  readonly error: unknown;
}

export function fold(events: readonly AnswerEvent[]): Folded {
  const parts = new Map<number, Part>();
  const open = new Set<number>();
  const answer: Mutable<Answer> = { choices: [] };
  const logprobs: JsonObject[] = [];
  let finishReason: Answer['choices'][number]['finishReason'];
  let error: unknown;
  events.forEach((event, index) => {
    expect(error, 'nothing comes behind an error').toBeUndefined();
    expect(event.type === 'start', 'the start is first').toBe(index === 0 && event.type !== 'error');
    switch (event.type) {
      case 'start':
        Object.assign(answer, { ...event, type: undefined });
        break;
      case 'block-start':
        expect(event.block, 'blocks are numbered in order').toBe(parts.size);
        parts.set(event.block, emptyPart(event.part));
        open.add(event.block);
        break;
      case 'block-end':
        expect(open.delete(event.block), 'an open block ends').toBe(true);
        break;
      case 'usage':
        answer.usage = { ...answer.usage, ...event.usage };
        break;
      case 'finish':
        expect([...open], 'all blocks ended').toEqual([]);
        finishReason = event.finishReason;
        break;
      case 'error':
        error = event.error;
        break;
      case 'logprobs':
        logprobs.push(event.logprobs);
        break;
      default:
        expect(open.has(event.block), `an open block for ${event.type}`).toBe(true);
        grow(parts.get(event.block) as unknown as Growing, event);
    }
  });
  answer.choices = [
    {
      index: 0,
      parts: [...parts.values()],
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(logprobs.length === 0
        ? {}
        : { logprobs: { content: logprobs.flatMap((each) => each.content as JsonObject[]) } }),
    },
  ];
  return { answer: JSON.parse(JSON.stringify(answer)) as Answer, error };
}

function emptyPart(head: Extract<AnswerEvent, { type: 'block-start' }>['part']): Part {
  if (head.kind === 'whole') return head.part;
  return head.kind === 'tool-call' ? { ...head, arguments: '' } : { ...head, text: '' };
}

function grow(part: Growing, event: AnswerEvent): void {
  if (event.type === 'text') part.text += event.text;
  if (event.type === 'arguments') part.arguments += event.json;
  if (event.type === 'signature') part.signature = (part.signature ?? '') + event.signature;
  if (event.type === 'citation') part.citations = [...(part.citations ?? []), event.citation];
}

/** An answer in the terms of a reading, to compare the two. */
export function readAnswer(answer: Answer): Reading {
  const parts = answer.choices[0]?.parts ?? [];
  const pick = <K extends Part['kind']>(kind: K) =>
    parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);
  return {
    texts: pick('text').map(({ text }) => text),
    refusals: pick('refusal').map(({ text }) => text),
    thinking: pick('reasoning').flatMap(({ text, redacted }) => (redacted === true ? [] : [text])),
    encrypted: pick('reasoning').flatMap(({ signature }) => signature ?? []),
    calls: pick('tool-call').map(({ id, name, arguments: input }) => ({ id, name, input })),
    citations: pick('text').flatMap(({ citations }) => (citations ?? []).map(({ raw }) => raw)),
    others: pick('foreign').map(({ type }) => type),
    finish: answer.choices[0]?.finishReason,
    usage: answer.usage as Reading['usage'],
  };
}
