/** How much of an answer the model wrote, in UTF-8 bytes: an estimate for answers that report no usage. */
import { asObject } from '../../core/json-value.ts';
import type { Item } from './output-item.ts';

export const BYTES_PER_TOKEN_LIKELY = 4;

export function writtenBytes(item: Item): number {
  switch (item.type) {
    case 'message':
    case 'reasoning':
      return textsOf(item.content) + textsOf(item.summary);
    case 'function_call':
    case 'custom_tool_call':
      return bytesOf(item.name) + bytesOf(item.arguments) + bytesOf(item.input);
    default:
      return 0;
  }
}

function textsOf(list: unknown): number {
  if (!Array.isArray(list)) return bytesOf(list);
  return list.reduce(
    (sum: number, entry) => sum + bytesOf(asObject(entry)?.text) + bytesOf(asObject(entry)?.refusal),
    0,
  );
}

export function bytesOf(text: unknown): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
