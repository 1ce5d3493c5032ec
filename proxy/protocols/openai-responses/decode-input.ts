/** `instructions` and `input` to messages: what the model wrote in one go becomes one message, tool results another. */
import type { Message, Tool } from '../../core/call.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part, ToolResultPart } from '../../core/part.ts';
import { invalid } from '../json/request-body.ts';
import { decodeContent } from './decode-content.ts';
import { decodeTools } from './decode-tools.ts';
import { decodeOutputItem, decodeToolCall, foreignItem, type Item } from './output-item.ts';
import { type CallSignature, unpackCallSignature } from './signature.ts';

export interface DecodedInput {
  readonly messages: readonly Message[];
  /** Made available in the middle of the conversation. */
  readonly tools: readonly Tool[];
}

/** Throws GatehouseError invalid_request for references to what a provider keeps, and for items without a known shape. */
export function decodeInput(input: unknown, instructions: unknown): DecodedInput {
  const builder = new InputBuilder();
  if (instructions !== undefined && instructions !== null) {
    builder.add('system', decodeContent(instructions, 'instructions'));
  }
  if (typeof input === 'string') {
    builder.add('user', [{ kind: 'text', text: input }]);
  } else if (Array.isArray(input)) {
    input.forEach((item, index) => {
      builder.item(item, `input[${index}]`);
    });
  } else if (input !== undefined && input !== null) {
    throw invalid('input', '"input" must be a string or a list of items');
  }
  if (builder.messages.length === 0) {
    throw invalid('input', '"input" has nothing to answer; send a string or a list of items');
  }
  builder.signCalls();
  return builder;
}

const ROLES = new Set(['user', 'assistant', 'system', 'developer']);

class InputBuilder implements DecodedInput {
  readonly messages: { role: Message['role']; parts: Part[] }[] = [];
  readonly tools: Tool[] = [];
  readonly #callNames = new Map<string, string>();
  readonly #callProofs = new Map<string, CallSignature>();

  item(value: unknown, where: string): void {
    const item = asObject(value);
    if (item === undefined) throw invalid(where, `"${where}" must be an object`);
    const type = item.type ?? (item.role === undefined ? 'item_reference' : 'message');
    switch (type) {
      case 'message':
        this.#message(item, where);
        return;
      case 'function_call':
      case 'custom_tool_call':
        this.#call(item, where);
        return;
      case 'function_call_output':
      case 'custom_tool_call_output':
        this.#extend('tool', [this.#result(item, where)]);
        return;
      case 'reasoning': {
        const proof = unpackCallSignature(item.encrypted_content);
        if (proof !== undefined) {
          this.#callProofs.set(proof.callId, proof);
          return;
        }
        this.#extend('assistant', decodeOutputItem(item, where));
        return;
      }
      case 'additional_tools':
        this.tools.push(...decodeTools(item.tools, `${where}.tools`));
        return;
      case 'item_reference':
        throw invalid(
          where,
          `"${where}" refers to an item by its id, but the provider of this model keeps no items; send the item itself`,
        );
      default:
        // Hosted tools: what they were asked is the model's, what came back is not.
        this.#extend(String(type).endsWith('_output') ? 'tool' : 'assistant', [foreignItem(item)]);
    }
  }

  /** At the end: a proof stands before its call or behind it. */
  signCalls(): void {
    if (this.#callProofs.size === 0) return;
    for (const { parts } of this.messages) {
      parts.forEach((part, place) => {
        const proof = part.kind === 'tool-call' ? this.#callProofs.get(part.id) : undefined;
        if (proof === undefined || part.kind !== 'tool-call') return;
        parts[place] = { ...part, signature: proof.signature, origin: proof.origin };
      });
    }
  }

  add(role: Message['role'], parts: Part[]): void {
    this.messages.push({ role, parts });
  }

  #message(item: Item, where: string): void {
    const role = item.role;
    if (typeof role !== 'string' || !ROLES.has(role)) {
      throw invalid(`${where}.role`, `"${where}.role" must be user, assistant, system or developer`);
    }
    const parts = decodeContent(item.content, `${where}.content`);
    if (role === 'assistant') this.#extend('assistant', parts);
    else this.add(role as Message['role'], parts);
  }

  #call(item: Item, where: string): void {
    const call = decodeToolCall(item);
    if (call.id === '') throw invalid(`${where}.call_id`, `"${where}" has no call_id; send the one the model gave`);
    if (call.name === '') throw invalid(`${where}.name`, `"${where}" has no name; send the tool's name`);
    this.#callNames.set(call.id, call.name);
    this.#extend('assistant', [call]);
  }

  #result(item: Item, where: string): ToolResultPart {
    const callId = asText(item.call_id);
    if (callId === undefined) {
      throw invalid(`${where}.call_id`, `"${where}" has no call_id; send the one of the call that it answers`);
    }
    const name = this.#callNames.get(callId) ?? asText(item.name);
    return {
      kind: 'tool-result',
      callId,
      ...(name === undefined ? {} : { name }),
      parts: decodeContent(outputOf(item.output), `${where}.output`),
      ...(item.type === 'custom_tool_call_output' ? { custom: true } : {}),
    };
  }

  #extend(role: 'assistant' | 'tool', parts: Part[]): void {
    if (parts.length === 0) return;
    const last = this.messages.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else this.add(role, parts);
  }
}

/** Older Codex sent `{content, success}`; other objects are what a tool returned, not yet as text. */
function outputOf(output: unknown): unknown {
  const wrapped = asObject(output);
  if (wrapped === undefined) return output;
  return typeof wrapped.content === 'string' ? wrapped.content : JSON.stringify(wrapped);
}
