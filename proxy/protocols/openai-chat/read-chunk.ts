/** One parsed chunk of a stream, read for what the observer keeps. Loose: unknown fields pass, wrong types are nothing. */

import type { Usage } from '../../core/usage.ts';
import type { ProviderError } from '../codec.ts';
import { asObject, asText, type JsonObject } from './json-value.ts';
import { toProviderError } from './provider-error.ts';
import { toUsage } from './usage.ts';

export interface ChoiceStep {
  readonly index: number;
  readonly finishReason: string | undefined;
  readonly hasContent: boolean;
  /** UTF-8 bytes of text in the delta. */
  readonly textBytes: number;
}

export interface ChunkFacts {
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly error: ProviderError | undefined;
  readonly choices: readonly ChoiceStep[];
  /** `choices: []` with usage: there only because usage was asked for. */
  readonly usageOnly: boolean;
  readonly padded: boolean;
}

/** Members of a delta that are an answer, and whether their text counts as output (some repeat it, some were looked up). */
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

/** Undefined when the value is not a JSON object: no chunk of this protocol. */
export function readChunk(value: unknown, isErrorEvent: boolean): ChunkFacts | undefined {
  const error = toProviderError(value, isErrorEvent);
  const chunk = asObject(value);
  if (chunk === undefined && error === undefined) return undefined;
  const list = chunk?.choices;
  const choices = Array.isArray(list) ? list : [];
  // Groq repeats its usage under x_groq, and older models send it only there.
  const usage = toUsage(chunk?.usage) ?? toUsage(asObject(chunk?.x_groq)?.usage);
  return {
    model: asText(chunk?.model),
    usage,
    error,
    choices: choices.flatMap((choice, place) => readChoice(asObject(choice), place)),
    usageOnly: Array.isArray(list) && list.length === 0 && usage !== undefined && error === undefined,
    padded: typeof chunk?.obfuscation === 'string',
  };
}

function readChoice(choice: JsonObject | undefined, place: number): ChoiceStep[] {
  if (choice === undefined) return [];
  const delta = asObject(choice.delta) ?? asObject(choice.message);
  const index = choice.index;
  let textBytes = 0;
  let hasContent = asText(choice.text) !== undefined;
  for (const key in delta) {
    const counted = Object.hasOwn(CONTENT_KEYS, key) ? CONTENT_KEYS[key] : undefined;
    const part = delta[key];
    // `role` alone is no content, nor is an empty string, list or null.
    if (counted === undefined || isEmpty(part)) continue;
    hasContent = true;
    if (counted) textBytes += bytesOf(part);
  }
  return [
    {
      index: typeof index === 'number' && Number.isInteger(index) ? index : place,
      finishReason: asText(choice.finish_reason),
      hasContent,
      textBytes,
    },
  ];
}

function isEmpty(part: unknown): boolean {
  if (part === undefined || part === null || part === '') return true;
  if (Array.isArray(part)) return part.length === 0;
  return typeof part === 'object' && Object.keys(part).length === 0;
}

function bytesOf(part: unknown): number {
  if (typeof part === 'string') return Buffer.byteLength(part);
  if (typeof part !== 'object' || part === null) return 0;
  return Object.values(part).reduce((sum: number, inner) => sum + bytesOf(inner), 0);
}
