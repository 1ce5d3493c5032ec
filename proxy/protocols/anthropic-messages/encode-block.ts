/** One part of an answer as the block that a client of this protocol gets. */
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource, Part, ReasoningPart } from '../../core/part.ts';
import type { Protocol } from '../../core/protocol.ts';
import { parseLossless } from '../json/lossless.ts';
import { fromCitation } from './citation.ts';
import { cleanId } from './names.ts';
import { packCallSignature, packSignature } from './signature.ts';

/** Required beside every call: the model made it, not a program that ran on the way. */
export const CALLER: JsonObject = { type: 'direct' };

/** Undefined for what cannot be said here: blocks of another protocol's own. Refusals are told beside the blocks. */
export function toBlock(part: Part, newId: (prefix: string) => string): JsonObject | undefined {
  switch (part.kind) {
    case 'text':
      return {
        type: 'text',
        text: part.text,
        citations: part.citations === undefined ? null : part.citations.map(fromCitation),
      };
    case 'reasoning':
      return toThinkingBlock(part);
    case 'tool-call':
      return {
        type: 'tool_use',
        id: toCallId(part.id, newId),
        name: part.name,
        input: toInput(part.arguments),
        caller: CALLER,
      };
    case 'image':
    case 'file':
    case 'audio':
      return { type: 'text', text: describeMedia(part), citations: null };
    case 'foreign':
      return part.protocol === 'anthropic-messages' ? part.raw : undefined;
    case 'refusal':
    case 'tool-result':
      return undefined;
    default:
      return part satisfies never;
  }
}

function toThinkingBlock(part: ReasoningPart): JsonObject {
  const signature = packSignature(part);
  return part.redacted === true
    ? { type: 'redacted_thinking', data: signature }
    : { type: 'thinking', thinking: part.text, signature };
}

/** Besides the block itself, the one that carries the signature of a call. */
export function toBlocks(part: Part, newId: (prefix: string) => string): readonly JsonObject[] {
  const block = toBlock(part, newId);
  if (block === undefined) return [];
  if (part.kind !== 'tool-call' || part.signature === undefined) return [block];
  return [toSignatureBlock(String(block.id), part.signature, part.origin), block];
}

export function toSignatureBlock(callId: string, signature: string, origin: Protocol | undefined): JsonObject {
  return { type: 'redacted_thinking', data: packCallSignature(callId, signature, origin) };
}

export function toCallId(id: string, newId: (prefix: string) => string): string {
  return id === '' ? newId('toolu_') : cleanId(id);
}

/** Input is an object here. A model that wrote something else is shown as it is, so that the client can tell it so. */
function toInput(text: string): JsonObject {
  if (text.trim() === '') return {};
  try {
    const value = parseLossless(text);
    const object = asObject(value) as JsonObject | undefined;
    return object ?? { arguments: value };
  } catch (error) {
    if (error instanceof SyntaxError) return { arguments: text };
    throw error;
  }
}

/** Answers are text here. What a model made besides is named, not dropped unseen; a URL is given. */
export function describeMedia(part: ImagePart | FilePart | AudioPart): string {
  if (part.kind === 'audio' && part.transcript !== undefined) return part.transcript;
  if (part.kind === 'file' && part.text !== undefined) return part.text;
  const { source } = part;
  const where = source?.kind === 'url' && !source.url.startsWith('data:') ? `: ${source.url}` : '';
  return `[The model made ${NOUN[part.kind]}${mediaType(source)}, which this protocol cannot carry${where}]`;
}

const NOUN = { image: 'an image', file: 'a file', audio: 'sound' } as const;

function mediaType(source: MediaSource | undefined): string {
  return source?.kind === 'base64' ? ` (${source.mediaType})` : '';
}
