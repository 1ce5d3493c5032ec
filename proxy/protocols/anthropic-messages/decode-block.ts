/** One content block, of a request or of an answer, as a part. What only this protocol knows stays whole as a foreign part. */
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { FilePart, MediaSource, Part, ReasoningPart, TextPart, ToolCallPart } from '../../core/part.ts';
import { printLossless } from '../json/lossless.ts';
import { toCacheMark } from './cache-mark.ts';
import { toCitation } from './citation.ts';
import { unpackSignature } from './signature.ts';

/** Total: a block of a known type that lacks what makes it one is kept as foreign, and nothing throws. */
export function toPart(block: JsonObject): Part {
  return toKnownPart(block) ?? { kind: 'foreign', protocol: 'anthropic-messages', type: typeOf(block), raw: block };
}

export function typeOf(block: JsonObject): string {
  return asText(block.type) ?? 'unknown';
}

/** The objects of a list; undefined when it is no list of objects. */
export function blocksOf(value: Json | undefined): readonly JsonObject[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((element) => asObject(element) !== undefined) ? (value as readonly JsonObject[]) : undefined;
}

/** Text alone, or a list of blocks; undefined when it is neither. */
export function toParts(content: Json | undefined): readonly Part[] | undefined {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return blocksOf(content)?.map(toPart);
}

function toKnownPart(block: JsonObject): Part | undefined {
  switch (block.type) {
    case 'text':
      return toText(block);
    case 'image': {
      const source = toSource(block.source);
      return source === undefined ? undefined : { kind: 'image', source, ...toCacheMark(block.cache_control) };
    }
    case 'document':
      return toFile(block);
    case 'search_result':
      return toSearchResult(block);
    case 'thinking':
      return toThinking(block);
    case 'redacted_thinking':
      if (typeof block.data !== 'string') return undefined;
      return { kind: 'reasoning', text: '', redacted: true, ...unpackSignature(block.data) };
    case 'tool_use':
      return toToolCall(block);
    case 'tool_result':
      return toToolResult(block);
    default:
      return undefined;
  }
}

function toText(block: JsonObject): TextPart | undefined {
  if (typeof block.text !== 'string') return undefined;
  const citations = blocksOf(block.citations)?.map(toCitation) ?? [];
  return {
    kind: 'text',
    text: block.text,
    ...toCacheMark(block.cache_control),
    ...(citations.length === 0 ? {} : { citations }),
  };
}

function toThinking(block: JsonObject): ReasoningPart | undefined {
  if (typeof block.thinking !== 'string') return undefined;
  return { kind: 'reasoning', text: block.thinking, ...unpackSignature(asText(block.signature) ?? '') };
}

function toToolCall(block: JsonObject): ToolCallPart | undefined {
  const id = asText(block.id);
  const name = asText(block.name);
  if (id === undefined || name === undefined) return undefined;
  return {
    kind: 'tool-call',
    id,
    name,
    arguments: printLossless(block.input ?? {}),
    ...toCacheMark(block.cache_control),
  };
}

function toToolResult(block: JsonObject): Part | undefined {
  const callId = asText(block.tool_use_id);
  const parts = block.content === undefined || block.content === null ? [] : toParts(block.content);
  if (callId === undefined || parts === undefined) return undefined;
  return {
    kind: 'tool-result',
    callId,
    parts,
    ...(block.is_error === true ? { isError: true } : {}),
    ...toCacheMark(block.cache_control),
  };
}

function toSource(value: Json | undefined): MediaSource | undefined {
  const source = asObject(value);
  if (source?.type === 'base64' && typeof source.data === 'string' && typeof source.media_type === 'string') {
    return { kind: 'base64', mediaType: source.media_type, data: source.data };
  }
  if (source?.type === 'url' && typeof source.url === 'string') return { kind: 'url', url: source.url };
  if (source?.type === 'file' && typeof source.file_id === 'string') {
    return { kind: 'file-id', id: source.file_id, protocol: 'anthropic-messages' };
  }
  return undefined;
}

function toFile(block: JsonObject): FilePart | undefined {
  const content = contentOf(block.source);
  if (content === undefined) return undefined;
  const title = asText(block.title);
  const context = asText(block.context);
  return {
    kind: 'file',
    ...content,
    ...(title === undefined ? {} : { title }),
    ...(context === undefined ? {} : { context }),
    ...citationsAsked(block),
    ...toCacheMark(block.cache_control),
  };
}

function contentOf(value: Json | undefined): Pick<FilePart, 'text' | 'source'> | undefined {
  const source = asObject(value);
  if (source?.type === 'text' && typeof source.data === 'string') return { text: source.data };
  if (source?.type === 'content') {
    const text = plainTextOf(source.content as Json | undefined);
    return text === undefined ? undefined : { text };
  }
  const media = toSource(value);
  return media === undefined ? undefined : { source: media };
}

/** What a tool or the client found, as a document: other protocols have no search results in a request. */
function toSearchResult(block: JsonObject): FilePart | undefined {
  const text = plainTextOf(block.content);
  if (text === undefined) return undefined;
  const name = asText(block.source);
  const title = asText(block.title);
  return {
    kind: 'file',
    text,
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    ...citationsAsked(block),
    ...toCacheMark(block.cache_control),
  };
}

/** Undefined when there is more than text in it. */
function plainTextOf(content: Json | undefined): string | undefined {
  if (typeof content === 'string') return content;
  const texts = blocksOf(content)?.map((block) => (block.type === 'text' ? block.text : undefined));
  return texts?.every((text) => typeof text === 'string') ? texts.join('\n\n') : undefined;
}

function citationsAsked(block: JsonObject): { readonly citations?: boolean } {
  const enabled = asObject(block.citations)?.enabled;
  return typeof enabled === 'boolean' ? { citations: enabled } : {};
}
