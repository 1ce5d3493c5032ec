/** What clients insist on in what we send them: the required members of the API description, and an order without gaps. */
import { expect } from 'vitest';
import type { Json } from './reading.ts';

const ITEM_EVENT = ['output_index'];
const CONTENT_EVENT = ['item_id', 'output_index', 'content_index'];
const SUMMARY_EVENT = ['item_id', 'output_index', 'summary_index'];

/** Required beside `type` and `sequence_number`. Other types are not known to all clients. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  'response.created': ['response'],
  'response.in_progress': ['response'],
  'response.completed': ['response'],
  'response.incomplete': ['response'],
  'response.failed': ['response'],
  'response.output_item.added': [...ITEM_EVENT, 'item'],
  'response.output_item.done': [...ITEM_EVENT, 'item'],
  'response.content_part.added': [...CONTENT_EVENT, 'part'],
  'response.content_part.done': [...CONTENT_EVENT, 'part'],
  'response.output_text.delta': [...CONTENT_EVENT, 'delta', 'logprobs'],
  'response.output_text.done': [...CONTENT_EVENT, 'text', 'logprobs'],
  'response.output_text.annotation.added': [...CONTENT_EVENT, 'annotation_index', 'annotation'],
  'response.refusal.delta': [...CONTENT_EVENT, 'delta'],
  'response.refusal.done': [...CONTENT_EVENT, 'refusal'],
  'response.reasoning_summary_part.added': [...SUMMARY_EVENT, 'part'],
  'response.reasoning_summary_part.done': [...SUMMARY_EVENT, 'part'],
  'response.reasoning_summary_text.delta': [...SUMMARY_EVENT, 'delta'],
  'response.reasoning_summary_text.done': [...SUMMARY_EVENT, 'text'],
  'response.function_call_arguments.delta': ['item_id', ...ITEM_EVENT, 'delta'],
  'response.function_call_arguments.done': ['item_id', ...ITEM_EVENT, 'name', 'arguments'],
  'response.custom_tool_call_input.delta': ['item_id', ...ITEM_EVENT, 'delta'],
  'response.custom_tool_call_input.done': ['item_id', ...ITEM_EVENT, 'input'],
  error: ['code', 'message', 'param'],
};

const ITEMS: Readonly<Record<string, readonly string[]>> = {
  message: ['id', 'role', 'content', 'status'],
  function_call: ['id', 'call_id', 'name', 'arguments'],
  custom_tool_call: ['id', 'call_id', 'name', 'input'],
  reasoning: ['id', 'summary'],
  image_generation_call: ['id', 'status', 'result'],
};

const RESPONSE = [
  'id',
  'object',
  'created_at',
  'status',
  'error',
  'incomplete_details',
  'instructions',
  'metadata',
  'model',
  'output',
  'parallel_tool_calls',
  'temperature',
  'tool_choice',
  'tools',
  'top_p',
  'usage',
];

const has = (value: Json, keys: readonly string[]) => {
  for (const key of keys) expect(value, `${String(value.type ?? value.object)} has ${key}`).toHaveProperty(key);
};

export function checkResponse(response: Json): void {
  has(response, RESPONSE);
  expect(response.object).toBe('response');
  expect(response.id).toMatch(/^resp_/);
  expect(Number.isInteger(response.created_at)).toBe(true);
  for (const item of response.output as Json[]) checkItem(item);
  const usage = response.usage as Json | null;
  if (usage === null) return;
  const input = (usage.input_tokens_details as Json).cached_tokens;
  const output = (usage.output_tokens_details as Json).reasoning_tokens;
  for (const count of [usage.input_tokens, usage.output_tokens, usage.total_tokens, input, output])
    expect(Number.isInteger(count)).toBe(true);
  expect(usage.total_tokens).toBe(Number(usage.input_tokens) + Number(usage.output_tokens));
}

function checkItem(item: Json): void {
  has(item, ITEMS[String(item.type)] ?? ['id']);
  if (item.type === 'message') {
    for (const part of item.content as Json[])
      has(part, part.type === 'refusal' ? ['refusal'] : ['text', 'annotations', 'logprobs']);
  }
  if (item.type === 'function_call' && item.status === 'completed')
    expect(() => JSON.parse(String(item.arguments) || '{}')).not.toThrow();
}

/** Known types only, numbered without a gap, each thing inside what it belongs to, and all of it again in the last event. */
export function checkStream(events: readonly Json[]): void {
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_event, index) => index));
  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['response.created', 'response.in_progress']);
  const open = new Map<unknown, string>();
  const done = new Map<number, Json>();
  for (const event of events) {
    const type = String(event.type);
    expect(Object.keys(EVENTS), 'a type that clients know').toContain(type);
    has(event, EVENTS[type] ?? []);
    if (event.response !== undefined) checkResponse(event.response as Json);
    const index = event.output_index as number;
    if (type === 'response.output_item.added') {
      expect(index).toBe(open.size);
      open.set(index, String((event.item as Json).id));
    } else if (event.output_index !== undefined) {
      expect(open.has(index), 'inside an item that began').toBe(true);
      expect(done.has(index), 'before its end').toBe(false);
      if (event.item_id !== undefined) expect(event.item_id).toBe(open.get(index));
    }
    if (type !== 'response.output_item.done') continue;
    checkItem(event.item as Json);
    done.set(index, event.item as Json);
  }
  const last = events.at(-1) as Json;
  expect(['response.completed', 'response.incomplete']).toContain(last.type);
  expect(done.size).toBe(open.size);
  expect((last.response as Json).output).toEqual([...done].sort(([a], [b]) => a - b).map(([, item]) => item));
}
