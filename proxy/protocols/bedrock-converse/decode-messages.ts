/** `system` and `messages` of a request, in their order. */
import type { Message } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';
import { printLossless } from '../json/lossless.ts';
import { invalid } from '../json/request-body.ts';
import { objectsOf, toAnswerPart } from './decode-block.ts';
import { marked, toCacheMark } from './decode-cache-point.ts';
import { toMediaPart } from './decode-media.ts';

type Names = Map<string, string>;

/** Throws GatehouseError invalid_request with the field as `param`. */
export function toMessages({ system, messages }: JsonObject): readonly Message[] {
  if (!Array.isArray(messages) || messages.length === 0)
    throw invalid('messages', '"messages" must be a list of at least one message');
  const names: Names = new Map();
  const instructions = toParts(system, names);
  return [
    ...(instructions.length === 0 ? [] : [{ role: 'system', parts: instructions } as const]),
    ...messages.flatMap((message: Json, place) => toTurn(asObject(message), `messages[${place}]`, names)),
  ];
}

function toTurn(
  message: Readonly<Record<string, unknown>> | undefined,
  field: string,
  names: Names,
): readonly Message[] {
  const content = message?.content as Json | undefined;
  if (!Array.isArray(content)) throw invalid(`${field}.content`, `"${field}.content" must be a list of blocks`);
  const parts = toParts(content, names);
  switch (message?.role) {
    case 'assistant':
      return [{ role: 'assistant', parts }];
    case 'user': {
      // Results open their turn here, and are a message of their own in a call.
      const results = parts.filter(({ kind }) => kind === 'tool-result');
      const rest = parts.filter(({ kind }) => kind !== 'tool-result');
      return [
        ...(results.length === 0 ? [] : [{ role: 'tool', parts: results } as const]),
        ...(rest.length === 0 && results.length > 0 ? [] : [{ role: 'user', parts: rest } as const]),
      ];
    }
    default:
      throw invalid(`${field}.role`, `"${field}.role" must be user or assistant`);
  }
}

function toParts(blocks: Json | undefined, names: Names): readonly Part[] {
  const parts: Part[] = [];
  for (const block of objectsOf(blocks)) {
    const mark = toCacheMark(block);
    if (mark === undefined) {
      parts.push(toPart(block, names));
      continue;
    }
    const last = parts.at(-1);
    const closed = last === undefined ? undefined : marked(last, mark);
    if (closed !== undefined) parts[parts.length - 1] = closed;
  }
  return parts;
}

function toPart(block: JsonObject, names: Names): Part {
  const use = asObject(block.toolUse) as JsonObject | undefined;
  const result = asObject(block.toolResult) as JsonObject | undefined;
  return (
    (use === undefined ? undefined : toToolCall(use, names)) ??
    (result === undefined ? undefined : toToolResult(result, names)) ??
    toMediaPart(block) ??
    toAnswerPart(block)
  );
}

/** Whatever it is called: in a history there is no tool that stands for something else. */
function toToolCall({ toolUseId, name, input, type }: JsonObject, names: Names): Part | undefined {
  const id = asText(toolUseId);
  const tool = asText(name);
  if (id === undefined || tool === undefined || type === 'server_tool_use') return undefined;
  names.set(id, tool);
  return { kind: 'tool-call', id, name: tool, arguments: printLossless(input ?? {}) };
}

/** Undefined for what one of the provider's own tools gave. */
function toToolResult({ toolUseId, content, status, type }: JsonObject, names: Names): Part | undefined {
  const callId = asText(toolUseId);
  if (callId === undefined || type !== undefined) return undefined;
  const name = names.get(callId);
  return {
    kind: 'tool-result',
    callId,
    ...(name === undefined ? {} : { name }),
    parts: toParts(content, names),
    ...(status === 'error' ? { isError: true } : {}),
  };
}
