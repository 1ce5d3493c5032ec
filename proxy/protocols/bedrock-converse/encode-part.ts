/** One part of a call's message as blocks: none where it can't be said here, with a warning. Cache marks are the caller's. */
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { ForeignPart, Part, ReasoningPart, TextPart, ToolCallPart, ToolResultPart } from '../../core/part.ts';
import { parseLossless } from '../json/lossless.ts';
import { ownCitation } from './citation.ts';
import { fromAudio, fromFile, fromImage, invalid, type MediaContext } from './encode-media.ts';
import type { ModelFacts } from './model-facts.ts';
import { type CallIds, toolName } from './names.ts';
import { redactedBytes } from './redacted.ts';

export interface PartContext extends MediaContext {
  readonly callIds: CallIds;
  readonly model: ModelFacts;
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
      return part.text.trim() === '' ? [] : [{ text: part.text }];
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

/** Empty text is refused, and so is blank text but where a cache mark makes it the end of a prefix. */
function fromText(part: TextPart, { warnings, field }: PartContext): readonly JsonObject[] {
  const citations = (part.citations ?? []).map(ownCitation).filter((own) => own !== undefined);
  if (citations.length < (part.citations?.length ?? 0)) warnings.add('dropped_citations', field);
  if (part.text === '' || (part.text.trim() === '' && part.cache === undefined)) {
    if (part.text !== '') warnings.add('dropped_blank_text', field);
    return [];
  }
  if (citations.length === 0) return [{ text: part.text }];
  return [{ citationsContent: { content: [{ text: part.text }], citations } }];
}

/** A signature proves the thinking to whoever wrote it. Claude's holds here and at Anthropic alike. */
function fromReasoning(part: ReasoningPart, { model, warnings, field }: PartContext): readonly JsonObject[] {
  const claude = model.family === 'claude' || model.family === 'opaque';
  const ours = part.origin === 'bedrock-converse' || (claude && part.origin === 'anthropic-messages');
  if (!ours || part.signature === undefined) {
    warnings.add('thinking_stripped', field);
    return [];
  }
  if (part.redacted === true) return [{ reasoningContent: { redactedContent: redactedBytes(part.signature) } }];
  return [{ reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }];
}

function fromToolCall(part: ToolCallPart, context: PartContext): JsonObject {
  return {
    toolUse: {
      toolUseId: context.callIds.of(part.id),
      name: toolName(part, context.field),
      input: part.custom === true ? { input: part.arguments } : toInput(part.arguments, context),
    },
  };
}

/** Input must be an object here. What a model wrote that is none is kept under a name of its own. */
function toInput(text: string, { warnings, field }: PartContext): JsonObject {
  if (text.trim() === '') return {};
  try {
    const object = asObject(parseLossless(text)) as JsonObject | undefined;
    if (object !== undefined) return object;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  warnings.add('tool_arguments_not_an_object', field);
  return { arguments: text };
}

const RESULT_BLOCKS: readonly string[] = ['text', 'image', 'document', 'video', 'json', 'searchResult'];

/** Blank text and no content at all are fine in a result, but an error must say something. */
function fromToolResult(part: ToolResultPart, context: PartContext): JsonObject {
  const content = part.parts
    .flatMap((inner) => (inner.kind === 'text' ? [{ text: inner.text }] : fromPart(inner, context)))
    .flatMap((block) => forResult(block, context));
  const silent = content.every(({ text }) => typeof text === 'string' && text.trim() === '');
  return {
    toolResult: {
      toolUseId: context.callIds.of(part.callId),
      content: part.isError === true && silent ? [{ text: 'error' }] : content,
      ...(part.isError === true ? { status: 'error' } : {}),
    },
  };
}

function forResult(block: JsonObject, { warnings, field }: PartContext): readonly JsonObject[] {
  const [type] = Object.keys(block);
  if (type !== undefined && RESULT_BLOCKS.includes(type)) return [block];
  if (type === 'audio') throw invalid(field, `a tool result on Bedrock cannot hold audio; send ${field} as text`);
  warnings.add(`dropped_${type ?? 'block'}`, field);
  return [];
}

function fromForeign(part: ForeignPart, { warnings, field }: PartContext): readonly JsonObject[] {
  if (part.protocol === 'bedrock-converse') return [part.raw];
  warnings.add(`dropped_${part.type}`, field);
  return [];
}
