/** One part of an answer as the block that Bedrock would send. */
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { ImagePart, Part, ReasoningPart, TextPart, ToolCallPart } from '../../core/part.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { ownCitation } from './citation.ts';
import { IMAGE_FORMATS } from './media-formats.ts';
import { redactedBytes } from './redacted.ts';

export interface AnswerPartFacts {
  /** The answer was asked for as the input of our own tool (see encode-tools.ts). */
  readonly outputByTool: boolean;
  /** A fresh id for a call. */
  readonly newCallId: () => string;
}

/** Undefined for what no answer of this protocol holds: files, results, blocks of other protocols. */
export function answerBlock(part: Part, facts: AnswerPartFacts): JsonObject | undefined {
  switch (part.kind) {
    case 'text':
      return textBlock(part, facts);
    case 'refusal':
      return { text: part.text };
    case 'reasoning':
      return reasoningBlock(part);
    case 'tool-call':
      return { toolUse: { toolUseId: part.id, name: part.name, input: inputOf(part) } };
    case 'image':
      return imageBlock(part);
    case 'foreign':
      return part.protocol === 'bedrock-converse' ? part.raw : undefined;
    case 'audio':
    case 'file':
    case 'tool-result':
      return undefined;
    default:
      return part satisfies never;
  }
}

function textBlock({ text, citations }: TextPart, { outputByTool, newCallId }: AnswerPartFacts): JsonObject {
  const output = outputByTool ? (asObject(tryParseLossless(text)) as JsonObject | undefined) : undefined;
  if (output !== undefined) {
    return { toolUse: { toolUseId: newCallId(), name: STRUCTURED_OUTPUT_TOOL, input: output } };
  }
  const own = (citations ?? []).flatMap((citation) => ownCitation(citation) ?? []);
  return own.length === 0 ? { text } : { citationsContent: { content: [{ text }], citations: own } };
}

function reasoningBlock({ text, signature, redacted }: ReasoningPart): JsonObject | undefined {
  if (redacted === true) {
    return signature === undefined ? undefined : { reasoningContent: { redactedContent: redactedBytes(signature) } };
  }
  return { reasoningContent: { reasoningText: { text, ...(signature === undefined ? {} : { signature }) } } };
}

/** What a model wrote that is no object is kept under the name that its history would have it under. */
function inputOf({ arguments: text }: ToolCallPart): JsonObject {
  if (text.trim() === '') return {};
  const value = tryParseLossless(text);
  return (asObject(value) as JsonObject | undefined) ?? { arguments: text };
}

function imageBlock({ source }: ImagePart): JsonObject | undefined {
  const format = source.kind === 'base64' ? IMAGE_FORMATS.get(source.mediaType) : undefined;
  return source.kind !== 'base64' || format === undefined
    ? undefined
    : { image: { format, source: { bytes: source.data } } };
}
