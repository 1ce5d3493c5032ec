/** Why a candidate ended, in Gemini's words and in ours. With `enum-encoding=int` the words come as numbers. */
import type { FinishReason } from '../../core/finish-reason.ts';

const UNSPECIFIED = 'FINISH_REASON_UNSPECIFIED';

/** In the order of the protobuf numbers, from 0. */
const NAMES = [
  UNSPECIFIED,
  'STOP',
  'MAX_TOKENS',
  'SAFETY',
  'RECITATION',
  'OTHER',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'MALFORMED_FUNCTION_CALL',
  'IMAGE_SAFETY',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_OTHER',
  'NO_IMAGE',
  'IMAGE_RECITATION',
] as const;

const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map<string, FinishReason['unified']>([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['IMAGE_RECITATION', 'content-filter'],
  // The prompt's own blocks, for which there is no candidate at all.
  ['MODEL_ARMOR', 'content-filter'],
  ['JAILBREAK', 'content-filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
  ['LANGUAGE', 'other'],
  ['OTHER', 'other'],
  ['IMAGE_OTHER', 'other'],
  ['NO_IMAGE', 'other'],
  ['ESCALATION', 'other'],
]);

/** The numbers of PromptFeedback.BlockReason, from 0. */
const BLOCK_NAMES = ['BLOCK_REASON_UNSPECIFIED', 'SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY'];

/** The provider's word for the end; undefined while the candidate runs on. */
export function finishName(value: unknown): string | undefined {
  return enumName(value, NAMES);
}

/** Why a prompt got no candidate; undefined when it was not blocked. */
export function blockName(value: unknown): string | undefined {
  return enumName(value, BLOCK_NAMES);
}

/** Gemini says STOP for an answer that ends in tool calls too. */
export function toFinishReason(raw: string, hasToolCalls: boolean): FinishReason {
  const unified = UNIFIED.get(raw) ?? 'other';
  return { unified: unified === 'stop' && hasToolCalls ? 'tool-calls' : unified, raw };
}

/** A blocked prompt: whatever the reason is called, content was filtered. */
export function blockedFinish(raw: string): FinishReason {
  return { unified: 'content-filter', raw };
}

/** A word of Gemini's own, whoever finished: clients read it by a closed list. */
export function fromFinishReason({ unified, raw }: FinishReason): string {
  // A blocked prompt's OTHER is a filter too, though the same word of a candidate is not.
  if (raw !== 'MODEL_ARMOR' && raw !== 'JAILBREAK' && UNIFIED.has(raw)) return raw;
  switch (unified) {
    case 'stop':
    case 'tool-calls':
      return 'STOP';
    case 'length':
      return 'MAX_TOKENS';
    case 'content-filter':
      return 'SAFETY';
    case 'error':
    case 'other':
      return 'OTHER';
    default:
      return unified satisfies never;
  }
}

function enumName(value: unknown, names: readonly string[]): string | undefined {
  if (typeof value === 'number') {
    return value === 0 ? undefined : (names[value] ?? String(value));
  }
  if (typeof value !== 'string' || value === '' || value === names[0]) return undefined;
  return value;
}
