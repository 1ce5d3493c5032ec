/** One part of a call's message as blocks of a request: none where it can't be said here, with a warning. */
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { ForeignPart, Part, ReasoningPart, TextPart, ToolCallPart, ToolResultPart } from '../../core/part.ts';
import { parseLossless } from '../json/lossless.ts';
import { fromCacheMark } from './cache-mark.ts';
import { isReturnable, ownCitation } from './citation.ts';
import { fromAudio, fromFile, fromImage, type MediaContext } from './encode-media.ts';
import { type CallIds, flatToolName } from './names.ts';
import { isOurs } from './signature.ts';

export interface PartContext extends MediaContext {
  readonly callIds: CallIds;
}

/** Throws GatehouseError invalid_request where leaving the part out would change the meaning. */
export function fromPart(part: Part, context: PartContext): readonly JsonObject[] {
  switch (part.kind) {
    case 'text':
      return fromText(part, context);
    case 'image':
      return [fromImage(part, context)];
    case 'file':
      return [fromFile(part, context)];
    case 'audio':
      return [fromAudio(part, context)];
    case 'reasoning':
      return fromReasoning(part, context);
    case 'refusal':
      return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    case 'tool-call':
      return [fromToolCall(part, context)];
    case 'tool-result':
      return [fromToolResult(part, context)];
    case 'foreign':
      return fromForeign(part, context);
    default:
      return part satisfies never;
  }
}

/** The provider refuses text without a visible character. */
function fromText(part: TextPart, { warnings, field }: PartContext): readonly JsonObject[] {
  if (part.text.trim() === '') {
    if (part.text !== '') warnings.add('dropped_blank_text', field);
    if (part.cache !== undefined) warnings.add('dropped_cache_control', field);
    return [];
  }
  const citations = (part.citations ?? []).flatMap((citation) => {
    const own = ownCitation(citation);
    return own !== undefined && isReturnable(own) ? [own] : [];
  });
  if (citations.length < (part.citations?.length ?? 0)) warnings.add('dropped_citations', field);
  return [
    {
      type: 'text',
      text: part.text,
      ...(citations.length === 0 ? {} : { citations }),
      ...fromCacheMark(part.cache),
    },
  ];
}

/** A signature proves the thinking to whoever wrote it; anybody else's is refused. */
function fromReasoning(part: ReasoningPart, { warnings, field }: PartContext): readonly JsonObject[] {
  if (!isOurs(part.origin) || part.signature === undefined) {
    warnings.add('thinking_stripped', field);
    return [];
  }
  if (part.redacted === true) return [{ type: 'redacted_thinking', data: part.signature }];
  return [{ type: 'thinking', thinking: part.text, signature: part.signature }];
}

function fromToolCall(part: ToolCallPart, context: PartContext): JsonObject {
  return {
    type: 'tool_use',
    id: context.callIds.of(part.id),
    name: flatToolName(part),
    input: part.custom === true ? { input: part.arguments } : toInput(part.arguments, context),
    ...fromCacheMark(part.cache),
  };
}

/** Input must be an object here. What a model wrote that is none is kept under a name of its own. */
function toInput(text: string, { warnings, field }: PartContext): JsonObject {
  if (text.trim() === '') return {};
  try {
    const value = parseLossless(text);
    const object = asObject(value) as JsonObject | undefined;
    if (object !== undefined) return object;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  warnings.add('tool_arguments_not_an_object', field);
  return { arguments: text };
}

function fromToolResult(part: ToolResultPart, context: PartContext): JsonObject {
  const content = part.parts.flatMap((inner) => fromPart(inner, context));
  return {
    type: 'tool_result',
    tool_use_id: context.callIds.of(part.callId),
    ...(content.length === 0 ? {} : { content }),
    ...(part.isError === true ? { is_error: true } : {}),
    ...fromCacheMark(part.cache),
  };
}

function fromForeign(part: ForeignPart, { warnings, field }: PartContext): readonly JsonObject[] {
  if (part.protocol === 'anthropic-messages') return [part.raw];
  warnings.add(`dropped_${part.type}`, field);
  return [];
}
