import { describe, expect, it } from 'vitest';
import type { PlaygroundEvent } from '../../../proxy/contract/playground.ts';
import { chatEvents } from '../../../proxy/control/playground/chat-chunk.ts';
import { EventQueue } from '../../../proxy/control/playground/event-queue.ts';
import { mergeEvents } from '../../../proxy/control/playground/merge-events.ts';
import { shownHeaders } from '../../../proxy/control/playground/shown-headers.ts';

const text = (delta: string): PlaygroundEvent => ({ type: 'text', delta });
const thought = (delta: string): PlaygroundEvent => ({ type: 'reasoning', delta });

async function all<T>(queue: EventQueue<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of queue.read()) items.push(item);
  return items;
}

describe('events that wait for a slow reader', () => {
  it('are fewer and longer, and say the same in the same order', async () => {
    const queue = new EventQueue<PlaygroundEvent>(mergeEvents);
    for (const event of [thought('h'), thought('m'), text('He'), text('l'), text('lo'), thought('!'), text('x')])
      queue.push(event);
    queue.close();
    expect(await all(queue)).toEqual([thought('hm'), text('Hello'), thought('!'), text('x')]);
  });

  it('are not changed once the reader has them', async () => {
    const queue = new EventQueue<PlaygroundEvent>(mergeEvents);
    const reader = queue.read();
    queue.push(text('a'));
    const first = await reader.next();
    queue.push(text('b'));
    expect([first.value, (await reader.next()).value]).toEqual([text('a'), text('b')]);
  });

  it('wake a reader that was there first, and end it after the last of them', async () => {
    const queue = new EventQueue<PlaygroundEvent>();
    const read = all(queue);
    queue.push(text('a'));
    queue.close();
    queue.push(text('too late'));
    expect(await read).toEqual([text('a')]);
  });

  it('keep the last of several traces', () => {
    const route = { asked: 'm', kind: 'model', reasons: [], candidates: [], excluded: [], attempts: [] };
    const later: PlaygroundEvent = { type: 'trace', route: { ...route, asked: 'later' } };
    expect(mergeEvents({ type: 'trace', route }, later)).toEqual(later);
    expect(mergeEvents(text('a'), later)).toBeUndefined();
  });
});

describe('a chunk', () => {
  it.each([
    [{ content: 'hi' }, [text('hi')]],
    [{ content: '', reasoning_content: 'hm' }, [thought('hm')]],
    [{ reasoning: 'hm' }, [thought('hm')]],
    [{ refusal: 'no' }, [text('no')]],
    [{ content: null }, []],
    [
      {
        tool_calls: [
          { index: 1, id: 'c', function: { name: 'get', arguments: '{' } },
          { index: 1, id: '' },
        ],
      },
      [
        { type: 'toolCall', index: 1, id: 'c', name: 'get', argumentsDelta: '{' },
        { type: 'toolCall', index: 1 },
      ],
    ],
  ])('%j', (delta, events) => {
    expect(chatEvents(JSON.stringify({ choices: [{ delta }] }))).toEqual(events);
  });

  it('may have nothing for the playground in it', () => {
    expect(chatEvents('{"choices": [], "usage": {}}')).toEqual([]);
    expect(chatEvents('"text"')).toEqual([]);
  });
});

describe('headers that are shown', () => {
  it('are ours and the limits; nothing that names a person or an account', () => {
    const shown = shownHeaders({
      'x-request-id': 'req',
      'x-gatehouse-cost-usd': '0.1',
      'x-gatehouse-warnings': ['a', 'b'],
      'retry-after': '3',
      'set-cookie': 'secret',
      authorization: 'secret',
      'openai-organization': 'secret',
      'x-request-identity': 'secret',
    });
    expect(shown.map(({ name }) => name)).toEqual([
      'x-request-id',
      'x-gatehouse-cost-usd',
      'x-gatehouse-warnings',
      'retry-after',
    ]);
    expect(shown[2]?.value).toBe('a, b');
  });
});
