/** Is there an answer in a delta or a message, and how much text of it counts as output? */
import type { JsonObject } from '../../core/json-value.ts';

/** Members that are an answer, and whether their text counts (some repeat other members, some were looked up). */
const CONTENT_KEYS: Readonly<Record<string, boolean>> = {
  content: true,
  reasoning: true,
  reasoning_content: true,
  reasoning_details: false,
  tool_calls: true,
  function_call: true,
  refusal: true,
  audio: true,
  images: false,
  annotations: false,
  executed_tools: false,
};

/** Names inside a part that the model did not write. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['id', 'type']);

export interface Content {
  readonly present: boolean;
  /** UTF-8 bytes. */
  readonly textBytes: number;
}

/** `role` alone is no content, nor is an empty string, list or null. */
export function contentOf(delta: JsonObject | undefined): Content {
  let present = false;
  let textBytes = 0;
  for (const key in delta) {
    const counted = Object.hasOwn(CONTENT_KEYS, key) ? CONTENT_KEYS[key] : undefined;
    const part = delta[key];
    if (counted === undefined || isEmpty(part)) continue;
    present = true;
    if (counted) textBytes += bytesOf(part);
  }
  return { present, textBytes };
}

function isEmpty(part: unknown): boolean {
  if (part === undefined || part === null || part === '') return true;
  if (Array.isArray(part)) return part.length === 0;
  return typeof part === 'object' && Object.keys(part).length === 0;
}

function bytesOf(part: unknown): number {
  if (typeof part === 'string') return Buffer.byteLength(part);
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce((sum, [key, inner]) => (NOT_WRITTEN.has(key) ? sum : sum + bytesOf(inner)), 0);
}
