/**
 * What a tool gave back. Gemini wants an object: `output` and `error` have a meaning, any other object is the output as a
 * whole. @ai-sdk/google and opencode write `{name, content}`.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { printLossless, tryParseLossless } from '../json/lossless.ts';
import { asJsonObject } from './wire.ts';

export interface ToolResponse {
  readonly text: string;
  readonly isError: boolean;
}

export function decodeToolResponse(response: Json | undefined): ToolResponse {
  const object = asJsonObject(response);
  if (object === undefined) return { text: response === undefined ? '' : textOf(response), isError: false };
  const keys = Object.keys(object);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only === 'error') return { text: textOf(object.error ?? null), isError: true };
  if (only === 'output') return { text: textOf(object.output ?? null), isError: false };
  const named = keys.length === 2 && typeof object.name === 'string' && object.content !== undefined;
  return { text: named ? textOf(object.content ?? null) : printLossless(object), isError: false };
}

/** An object's text goes as the object it is, a list's as the list under `output`, any other as text under it. */
export function encodeToolResponse({ text, isError }: ToolResponse): JsonObject {
  const value = /^\s*[[{]/.test(text) ? tryParseLossless(text) : undefined;
  const object = asJsonObject(value);
  if (isError) return { error: object ?? text };
  // A result that happens to have these keys must not be read as Gemini reads them.
  if (object !== undefined && !('error' in object || 'output' in object)) return object;
  return { output: value ?? text };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : printLossless(value);
}
