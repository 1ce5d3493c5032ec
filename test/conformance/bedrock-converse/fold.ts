/** Puts the events of a stream together to the answer they tell, and checks their order on the way. */
import { assert } from 'vitest';
import type { AnswerEvent } from '../../../proxy/core/answer.ts';
import type { Citation, Part } from '../../../proxy/core/part.ts';

export interface Folded {
  readonly parts: readonly Part[];
  readonly finish: Extract<AnswerEvent, { type: 'finish' }> | undefined;
  readonly error: Extract<AnswerEvent, { type: 'error' }> | undefined;
}

interface Growing {
  readonly head: Extract<AnswerEvent, { type: 'block-start' }>['part'];
  text: string;
  json: string;
  signature: string | undefined;
  citations: Citation[];
  ended: boolean;
}

export function fold(events: readonly AnswerEvent[]): Folded {
  const blocks: Growing[] = [];
  let finish: Folded['finish'];
  let error: Folded['error'];
  let started = false;
  const open = (block: number): Growing => {
    const found = blocks[block];
    assert(found !== undefined && !found.ended, `block ${block} is open`);
    return found;
  };
  for (const event of events) {
    assert(error === undefined, 'nothing comes after an error');
    if (event.type === 'start') {
      assert(!started, 'it starts once');
      started = true;
      continue;
    }
    if (event.type === 'usage') continue;
    if (event.type === 'error') {
      error = event;
      continue;
    }
    assert(started, `${event.type} comes after the start`);
    assert(finish === undefined, `${event.type} comes before the finish`);
    if (event.type === 'block-start') {
      assert.equal(event.block, blocks.length, 'blocks are numbered in order');
      blocks.push({ head: event.part, text: '', json: '', signature: undefined, citations: [], ended: false });
    } else if (event.type === 'text') open(event.block).text += event.text;
    else if (event.type === 'arguments') open(event.block).json += event.json;
    else if (event.type === 'signature') open(event.block).signature = event.signature;
    else if (event.type === 'citation') open(event.block).citations.push(event.citation);
    else if (event.type === 'block-end') open(event.block).ended = true;
    else if (event.type === 'finish') {
      assert(
        blocks.every(({ ended }) => ended),
        'every block ends before the finish',
      );
      finish = event;
    }
  }
  return { parts: blocks.map(toPart), finish, error };
}

function toPart({ head, text, json, signature, citations }: Growing): Part {
  switch (head.kind) {
    case 'whole':
      return head.part;
    case 'tool-call':
      return { ...head, arguments: json, origin: 'bedrock-converse' };
    case 'reasoning':
      return { ...head, text, ...(signature === undefined ? {} : { signature }) };
    case 'refusal':
      return { ...head, text };
    case 'text':
      return { kind: 'text', text, ...(citations.length === 0 ? {} : { citations }) };
    default:
      return head satisfies never;
  }
}
