/**
 * Parts to Gemini's, for a request's history and for an answer to a Gemini client. A reasoning part without text is a
 * signature: one that is not `redacted` belongs on the part before it, where Gemini put it.
 */

import { unreachable } from '../../core/assert.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Part, ReasoningPart, ToolCallPart } from '../../core/part.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { encodeMedia } from './media.ts';
import { packSignature } from './signature.ts';
import { flatToolName } from './tool-names.ts';
import { asJsonObject } from './wire.ts';

export interface PartEncoding {
  /** A request must not carry another model's thinking: Gemini refuses its signature, and its text would be read as Gemini's. */
  readonly keepForeignThinking: boolean;
  /** Ids made by our own decoder are left out: the model never gave them. */
  readonly callId: (id: string) => string | undefined;
  readonly lost: (code: string) => void;
}

export function encodeParts(parts: readonly Part[], encoding: PartEncoding): JsonObject[] {
  const encoded: JsonObject[] = [];
  for (const part of parts) {
    const one = encodePart(part, encoded, encoding);
    if (one !== undefined) encoded.push(one);
  }
  return encoded;
}

function encodePart(part: Part, before: JsonObject[], encoding: PartEncoding): JsonObject | undefined {
  if ('cache' in part && part.cache !== undefined) encoding.lost('dropped_cache_control');
  switch (part.kind) {
    case 'text':
      // Gemini refuses parts without data.
      return part.text === '' ? undefined : { text: part.text };
    case 'refusal':
      return { text: part.text };
    case 'reasoning':
      return encodeReasoning(part, before, encoding);
    case 'tool-call':
      return encodeCall(part, encoding);
    case 'image':
    case 'audio':
    case 'file': {
      const media = encodeMedia(part);
      if (media === undefined) encoding.lost(`dropped_${part.kind}`);
      return media;
    }
    case 'foreign':
      if (part.protocol === 'gemini') return part.raw;
      encoding.lost(`dropped_${part.type}`);
      return undefined;
    case 'tool-result':
      // A model's own turn holds none: results are encoded with the messages they stand in.
      encoding.lost('dropped_tool_result');
      return undefined;
    default:
      return unreachable(part);
  }
}

function encodeReasoning(part: ReasoningPart, before: JsonObject[], encoding: PartEncoding): JsonObject | undefined {
  if (part.origin !== 'gemini' && !encoding.keepForeignThinking) {
    encoding.lost('thinking_stripped');
    return undefined;
  }
  const signature = packSignature(part);
  const signed = signature === undefined ? {} : { thoughtSignature: signature };
  if (part.text !== '' || part.origin !== 'gemini') {
    return part.text === '' && signature === undefined ? undefined : { text: part.text, thought: true, ...signed };
  }
  if (signature === undefined) return undefined;
  const last = before.at(-1);
  if (part.redacted !== true && last !== undefined && last.thoughtSignature === undefined) {
    before[before.length - 1] = { ...last, ...signed };
    return undefined;
  }
  return { text: '', ...signed };
}

function encodeCall(part: ToolCallPart, encoding: PartEncoding): JsonObject {
  const id = encoding.callId(part.id);
  const signature = packSignature(part);
  if (part.signature !== undefined && part.origin !== 'gemini' && !encoding.keepForeignThinking) {
    encoding.lost('thinking_stripped');
  }
  const signed = signature !== undefined && (part.origin === 'gemini' || encoding.keepForeignThinking);
  return {
    functionCall: {
      ...(id === undefined ? {} : { id }),
      name: flatToolName(part),
      args: encodeArguments(part, encoding),
    },
    ...(signed ? { thoughtSignature: signature } : {}),
  };
}

/** Gemini's arguments are an object. What is none stands in one, under the name that our own custom tools declare. */
function encodeArguments(part: ToolCallPart, encoding: PartEncoding): JsonObject {
  if (part.custom === true) return { [CUSTOM_INPUT]: part.arguments };
  if (part.arguments.trim() === '') return {};
  const value: Json | undefined = tryParseLossless(part.arguments);
  const object = asJsonObject(value);
  if (object !== undefined) return object;
  encoding.lost('arguments_not_an_object');
  return { [CUSTOM_INPUT]: value ?? part.arguments };
}

/** The one argument of a free-text tool. */
export const CUSTOM_INPUT = 'input';
