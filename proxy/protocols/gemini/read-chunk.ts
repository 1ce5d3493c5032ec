/** One chunk of a stream, or a whole answer, read for what passes through: usage, ends, errors, content. Loose. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { ProviderError } from '../codec.ts';
import { blockName, finishName } from './finish-reason.ts';
import { toProviderError } from './provider-error.ts';
import { asJsonObject, countField, field, listField, objectField, textField } from './wire.ts';

export interface CandidateStep {
  readonly index: number;
  readonly finish: string | undefined;
  readonly hasToolCall: boolean;
  readonly hasContent: boolean;
  /** UTF-8 bytes that the model wrote. */
  readonly textBytes: number;
  readonly raw: JsonObject;
}

export interface ChunkFacts {
  /** The answer's id, the same in all its chunks. */
  readonly id: string | undefined;
  readonly model: string | undefined;
  readonly usageMetadata: Json | undefined;
  readonly error: ProviderError | undefined;
  readonly blocked: string | undefined;
  readonly candidates: readonly CandidateStep[];
}

/** Undefined when the value is no chunk of this protocol. */
export function readChunk(value: unknown): ChunkFacts | undefined {
  const error = toProviderError(value);
  const chunk = asJsonObject(value);
  if (chunk === undefined && error === undefined) return undefined;
  const candidates = listField(chunk, 'candidates').map((candidate) => asJsonObject(candidate));
  if (candidates.includes(undefined)) return undefined;
  return {
    id: textField(chunk, 'responseId'),
    model: textField(chunk, 'modelVersion'),
    usageMetadata: field(chunk, 'usageMetadata'),
    error,
    blocked: blockName(field(objectField(chunk, 'promptFeedback'), 'blockReason')),
    candidates: candidates.map((candidate, place) => readCandidate(candidate ?? {}, place)),
  };
}

export function readCandidate(candidate: JsonObject, place: number): CandidateStep {
  const parts = listField(objectField(candidate, 'content'), 'parts').map((part) => asJsonObject(part) ?? {});
  const textBytes = parts.reduce((sum, part) => sum + bytesOf(part), 0);
  return {
    index: countField(candidate, 'index') ?? place,
    finish: finishName(field(candidate, 'finishReason')),
    hasToolCall: parts.some((part) => field(part, 'functionCall') !== undefined),
    hasContent: parts.some((part) => isContent(part)),
    textBytes,
    raw: candidate,
  };
}

const NOT_CONTENT: ReadonlySet<string> = new Set(['text', 'thought', 'thoughtSignature', 'thought_signature']);

/** An empty text, a signature alone or the empty call that closes one is no answer. */
function isContent(part: JsonObject): boolean {
  if (textField(part, 'text') !== undefined) return true;
  return Object.entries(part).some(([key, value]) => !NOT_CONTENT.has(key) && value !== null && !isEmpty(value));
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function bytesOf(part: JsonObject): number {
  const text = textField(part, 'text');
  if (text !== undefined) return Buffer.byteLength(text);
  const call = objectField(part, 'functionCall');
  if (call !== undefined)
    return Buffer.byteLength(JSON.stringify(field(call, 'args') ?? field(call, 'partialArgs') ?? ''));
  return Buffer.byteLength(textField(objectField(part, 'executableCode'), 'code') ?? '');
}
