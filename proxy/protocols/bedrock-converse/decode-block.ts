/** One content block of an answer as a part. What only this protocol knows stays whole as a foreign part. */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { printLossless } from '../json/lossless.ts';
import { toCitation } from './citation.ts';
import { redactedSignature } from './redacted.ts';

/** The objects of a list; anything else in it says nothing. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.map((element) => asObject(element)).filter((element) => element !== undefined) as JsonObject[];
}

/** The parts of a message. Total: nothing throws, and a block that lacks what makes it one is kept as foreign. */
export function toParts(blocks: readonly JsonObject[]): readonly Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    const part = toAnswerPart(block);
    const last = parts.at(-1);
    if (part.kind !== 'text' || part.text !== '') parts.push(part);
    else if (part.citations === undefined) continue;
    // A citation that stands alone belongs to the words before it.
    else if (last?.kind === 'text') {
      parts[parts.length - 1] = { ...last, citations: [...(last.citations ?? []), ...part.citations] };
    } else parts.push(part);
  }
  return parts;
}

export function foreignPart(raw: JsonObject): Part {
  return { kind: 'foreign', protocol: 'bedrock-converse', type: Object.keys(raw)[0] ?? 'unknown', raw };
}

/** Total: what no other protocol knows stays whole. */
export function toAnswerPart(block: JsonObject): Part {
  return toKnownPart(block) ?? foreignPart(block);
}

function toKnownPart(block: JsonObject): Part | undefined {
  if (typeof block.text === 'string') return { kind: 'text', text: block.text };
  const cited = asObject(block.citationsContent) as JsonObject | undefined;
  if (cited !== undefined) return toCitedText(cited);
  const reasoning = asObject(block.reasoningContent) as JsonObject | undefined;
  if (reasoning !== undefined) return toReasoning(reasoning);
  const toolUse = asObject(block.toolUse) as JsonObject | undefined;
  if (toolUse !== undefined) return toToolCall(toolUse);
  const image = asObject(block.image) as JsonObject | undefined;
  return image === undefined ? undefined : toImage(image);
}

function toCitedText(cited: JsonObject): Part {
  const text = objectsOf(cited.content)
    .map((piece) => asText(piece.text) ?? '')
    .join('');
  const citations = objectsOf(cited.citations).map(toCitation);
  return { kind: 'text', text, ...(citations.length === 0 ? {} : { citations }) };
}

function toReasoning(reasoning: JsonObject): Part | undefined {
  if (typeof reasoning.redactedContent === 'string') {
    const signature = redactedSignature(reasoning.redactedContent);
    return { kind: 'reasoning', text: '', redacted: true, signature, origin: 'bedrock-converse' };
  }
  const thought = asObject(reasoning.reasoningText);
  if (typeof thought?.text !== 'string') return undefined;
  const signature = asText(thought.signature);
  return {
    kind: 'reasoning',
    text: thought.text,
    ...(signature === undefined ? {} : { signature }),
    origin: 'bedrock-converse',
  };
}

/** Undefined for a tool that the provider ran itself: the client must not run it again. */
function toToolCall(toolUse: JsonObject): Part | undefined {
  const id = asText(toolUse.toolUseId);
  const name = asText(toolUse.name);
  if (id === undefined || name === undefined || toolUse.type === 'server_tool_use') return undefined;
  const json = printLossless(toolUse.input ?? {});
  if (name === STRUCTURED_OUTPUT_TOOL) return { kind: 'text', text: json };
  return { kind: 'tool-call', id, name, arguments: json, origin: 'bedrock-converse' };
}

export function toImage(image: JsonObject): Part | undefined {
  const format = asText(image.format);
  const data = asText(asObject(image.source)?.bytes);
  if (format === undefined || data === undefined) return undefined;
  return { kind: 'image', source: { kind: 'base64', mediaType: `image/${format}`, data } };
}
