/** `system` and `messages` of a request, in their order. */
import type { Message } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Part, ToolResultPart } from '../../core/part.ts';
import { invalid } from '../json/request-body.ts';
import { blocksOf, toParts } from './decode-block.ts';
import { type CallSignature, unpackCallSignature } from './signature.ts';

/** Throws GatehouseError invalid_request with the field as `param`. */
export function toMessages(body: JsonObject): readonly Message[] {
  const { messages } = body;
  if (messages === undefined || messages === null) {
    throw invalid('messages', 'the field "messages" is missing; send a list of messages');
  }
  if (!Array.isArray(messages)) throw invalid('messages', '"messages" must be a list');
  if (messages.length === 0) throw invalid('messages', '"messages" is empty; send at least one message');
  const callNames = new Map<string, string>();
  return [
    ...systemMessages(body.system),
    ...messages.flatMap((message, place) => toTurn(message as Json, `messages[${place}]`, callNames)),
  ];
}

function systemMessages(system: Json | undefined): readonly Message[] {
  if (system === undefined || system === null) return [];
  const parts = toParts(system);
  if (parts === undefined) throw invalid('system', '"system" must be text or a list of text blocks');
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

function toTurn(value: Json, param: string, callNames: Map<string, string>): readonly Message[] {
  const message = asObject(value);
  if (message === undefined) throw invalid(param, `"${param}" must be an object`);
  const { content, signatures } = takeCallSignatures(message.content as Json | undefined);
  const parts = toParts(content);
  if (parts === undefined) throw invalid(`${param}.content`, `"${param}.content" must be text or a list of blocks`);
  switch (message.role) {
    case 'assistant':
      for (const part of parts) if (part.kind === 'tool-call') callNames.set(part.id, part.name);
      return [{ role: 'assistant', parts: parts.map((part) => withSignature(part, signatures)) }];
    case 'user':
      return toUserTurn(parts, callNames);
    // Claude Code puts one among the messages.
    case 'system':
      return [{ role: 'system', parts }];
    default:
      throw invalid(`${param}.role`, `"${param}.role" must be user, assistant or system`);
  }
}

/** Results come first, as the provider demands; the rest is a turn of the user's own. */
function toUserTurn(parts: readonly Part[], callNames: ReadonlyMap<string, string>): readonly Message[] {
  const results = parts.filter((part) => part.kind === 'tool-result').map((part) => withName(part, callNames));
  const rest = parts.filter((part) => part.kind !== 'tool-result');
  return [
    ...(results.length === 0 ? [] : [{ role: 'tool', parts: results } as const]),
    ...(rest.length === 0 && results.length > 0 ? [] : [{ role: 'user', parts: rest } as const]),
  ];
}

function withName(part: ToolResultPart, callNames: ReadonlyMap<string, string>): ToolResultPart {
  const name = callNames.get(part.callId);
  return name === undefined ? part : { ...part, name };
}

/** The blocks that only carry the signature of a call are taken out, and the signatures kept by the calls' ids. */
function takeCallSignatures(content: Json | undefined) {
  const signatures = new Map<string, CallSignature>();
  const blocks = blocksOf(content)?.filter((block) => {
    const found = block.type === 'redacted_thinking' ? unpackCallSignature(block.data) : undefined;
    if (found !== undefined) signatures.set(found.callId, found);
    return found === undefined;
  });
  return { content: signatures.size === 0 ? content : blocks, signatures };
}

function withSignature(part: Part, signatures: ReadonlyMap<string, CallSignature>): Part {
  if (part.kind !== 'tool-call') return part;
  const found = signatures.get(part.id);
  if (found === undefined) return part;
  const { signature, origin } = found;
  return { ...part, signature, ...(origin === undefined ? {} : { origin }) };
}
