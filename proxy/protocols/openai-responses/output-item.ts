/** One item that a model wrote, as it stands in an answer's `output` or comes back in a request's `input`. */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part, ReasoningPart, ToolCallPart } from '../../core/part.ts';
import { decodeContent } from './decode-content.ts';
import { unpackSignature } from './signature.ts';

export type Item = Readonly<Record<string, unknown>>;

export const CALL_TYPES: ReadonlySet<unknown> = new Set(['function_call', 'custom_tool_call']);

/** Parts in order. Throws GatehouseError invalid_request, naming `where`, when the item's content has no known shape. */
export function decodeOutputItem(item: Item, where: string): Part[] {
  switch (item.type) {
    case 'message':
      return decodeContent(item.content, `${where}.content`);
    case 'reasoning':
      return decodeReasoning(item);
    case 'function_call':
    case 'custom_tool_call':
      return [decodeToolCall(item)];
    case 'image_generation_call':
      return decodeGeneratedImage(item);
    default:
      return [foreignItem(item)];
  }
}

export function foreignItem(item: Item): Part {
  return { kind: 'foreign', protocol: 'openai-responses', type: asText(item.type) ?? '', raw: item as JsonObject };
}

export function decodeToolCall(item: Item): ToolCallPart {
  const custom = item.type === 'custom_tool_call';
  const namespace = asText(item.namespace);
  const input = custom ? item.input : item.arguments;
  return {
    kind: 'tool-call',
    id: asText(item.call_id) ?? asText(item.id) ?? '',
    name: asText(item.name) ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    arguments: typeof input === 'string' ? input : input === undefined || input === null ? '' : JSON.stringify(input),
    ...(custom ? { custom } : {}),
  };
}

/**
 * One part for each summary or text, all with the item's id, so that the item can be put together again; the last one has
 * the signature. An item with neither text nor signature says nothing.
 */
export function decodeReasoning(item: Item): ReasoningPart[] {
  const id = asText(item.id);
  const encrypted = asText(item.encrypted_content);
  const { redacted, ...proof } = encrypted === undefined ? {} : unpackSignature(encrypted);
  const about = {
    ...(id === undefined ? {} : { id }),
    ...(proof.origin === undefined ? {} : { origin: proof.origin }),
  };
  // Another protocol's thinking was shown as a summary because clients know no other place; it is the thinking itself.
  const summary = proof.origin === undefined || proof.origin === 'openai-responses' ? { summary: true } : {};
  const parts: ReasoningPart[] = [
    ...textsOf(item.summary).map((text) => ({ kind: 'reasoning' as const, text, ...summary, ...about })),
    ...textsOf(item.content).map((text) => ({ kind: 'reasoning' as const, text, ...about })),
  ];
  const last = parts.pop();
  const signature = proof.signature === undefined ? {} : { signature: proof.signature };
  if (last !== undefined) return [...parts, { ...last, ...signature, ...(redacted === true ? { redacted } : {}) }];
  if (proof.signature === undefined) return [];
  return [{ kind: 'reasoning', text: '', redacted: true, ...about, ...signature }];
}

function textsOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const text = asObject(entry)?.text;
    return typeof text === 'string' ? [text] : [];
  });
}

function decodeGeneratedImage(item: Item): Part[] {
  const data = asText(item.result);
  if (data === undefined) return [foreignItem(item)];
  const format = asText(item.output_format) ?? 'png';
  return [{ kind: 'image', source: { kind: 'base64', mediaType: `image/${format}`, data } }];
}
