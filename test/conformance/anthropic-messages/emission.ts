/** What clients insist on in what we send them, after the required members of the API description and the clients' habits. */
import { expect } from 'vitest';
import { dataOf, framesOf } from './reading.ts';

type Json = Record<string, unknown>;

const STOP_REASONS = [
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'compaction',
  'model_context_window_exceeded',
  null,
];

const DELTAS: Readonly<Record<string, readonly string[]>> = {
  text: ['text_delta', 'citations_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  tool_use: ['input_json_delta'],
  server_tool_use: ['input_json_delta'],
  mcp_tool_use: ['input_json_delta'],
};

export function checkMessage(message: Json): void {
  expect(message).toMatchObject({ type: 'message', role: 'assistant', model: expect.any(String) });
  expect(message.id).toMatch(/^msg_/);
  expect(Object.keys(message)).toEqual(
    expect.arrayContaining(['content', 'stop_reason', 'stop_sequence', 'stop_details', 'container', 'usage']),
  );
  expect(STOP_REASONS).toContain(message.stop_reason);
  checkUsage(message.usage as Json);
  expect(Object.keys(message.usage as Json)).toEqual(
    expect.arrayContaining(['cache_creation', 'service_tier', 'inference_geo']),
  );
  for (const block of message.content as Json[]) checkBlock(block);
}

function checkUsage(usage: Json): void {
  for (const key of ['input_tokens', 'output_tokens']) expect(Number.isSafeInteger(usage[key]), key).toBe(true);
  for (const key of ['cache_creation_input_tokens', 'cache_read_input_tokens'])
    expect(usage[key] === null || Number.isSafeInteger(usage[key]), key).toBe(true);
  expect(usage).toHaveProperty('server_tool_use');
}

function checkBlock(block: Json): void {
  if (block.type === 'text') expect(typeof block.text).toBe('string');
  if (block.type === 'thinking') expect([typeof block.thinking, typeof block.signature]).toEqual(['string', 'string']);
  if (block.type === 'redacted_thinking') expect(typeof block.data).toBe('string');
  if (block.type !== 'tool_use') return;
  expect(block.id).toMatch(/^[a-zA-Z0-9_-]+$/);
  expect(block.name).toEqual(expect.any(String));
  expect(typeof block.input === 'object' && block.input !== null && !Array.isArray(block.input)).toBe(true);
}

/** Names on every event, one message, blocks in order and never two at once, a reason and the usage before the end. */
export function checkStream(text: string): void {
  let state: 'before' | 'inside' | 'finished' | 'stopped' = 'before';
  let open: { index: number; type: string; signed: boolean } | undefined;
  let next = 0;
  for (const frame of framesOf(text)) {
    const data = dataOf(frame) as Json;
    expect(frame.startsWith(`event: ${String(data.type)}\ndata: `), 'an event line with the type').toBe(true);
    switch (data.type) {
      case 'message_start':
        expect(state).toBe('before');
        checkMessage(data.message as Json);
        expect(data.message).toMatchObject({ content: [], stop_reason: null });
        state = 'inside';
        break;
      case 'content_block_start': {
        expect([state, open, data.index]).toEqual(['inside', undefined, next]);
        const block = data.content_block as Json;
        checkBlock(block);
        open = { index: next, type: String(block.type), signed: false };
        next += 1;
        break;
      }
      case 'content_block_delta': {
        const delta = data.delta as Json;
        expect(open?.index).toBe(data.index);
        expect(open?.signed, 'the signature comes last').toBe(false);
        expect(DELTAS[open?.type ?? ''] ?? ['input_json_delta']).toContain(delta.type);
        if (open !== undefined) open.signed = delta.type === 'signature_delta';
        break;
      }
      case 'content_block_stop':
        expect(open?.index).toBe(data.index);
        open = undefined;
        break;
      case 'message_delta': {
        expect([state, open]).toEqual(['inside', undefined]);
        const delta = data.delta as Json;
        expect(Object.keys(delta)).toEqual(
          expect.arrayContaining(['stop_reason', 'stop_sequence', 'stop_details', 'container']),
        );
        expect(STOP_REASONS).toContain(delta.stop_reason);
        checkUsage(data.usage as Json);
        state = 'finished';
        break;
      }
      case 'message_stop':
        expect(state).toBe('finished');
        state = 'stopped';
        break;
      default:
        throw new Error(`an event that clients do not know: ${String(data.type)}`);
    }
  }
  expect(state).toBe('stopped');
}
