/** Messages to input items. What stands in one assistant message becomes an item each: thinking, text, tool calls. */
import type { Message } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Part, ReasoningPart, ToolCallPart, ToolResultPart } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Quirks } from '../translation.ts';
import { type ContentContext, encodeInputPart } from './encode-content.ts';

export interface InputContext {
  readonly quirks: Readonly<Quirks>;
  readonly warnings: Warnings;
  /** Messages before the first one here, so that warnings count as the client does. */
  readonly skipped: number;
}

export function encodeInput(messages: readonly Message[], context: InputContext): JsonObject[] {
  const customCalls = new Set<string>();
  for (const message of messages) {
    for (const part of message.parts) if (part.kind === 'tool-call' && part.custom === true) customCalls.add(part.id);
  }
  return messages.flatMap((message, index) => {
    if (message.name !== undefined) context.warnings.add('dropped_name', `messages[${index + context.skipped}].name`);
    const writer = new ItemWriter(message.role, customCalls, context);
    message.parts.forEach((part, place) => {
      writer.add(part, `messages[${index + context.skipped}].content[${place}]`);
    });
    return writer.finish();
  });
}

class ItemWriter {
  readonly #role: Message['role'];
  readonly #customCalls: ReadonlySet<string>;
  readonly #context: InputContext;
  readonly #items: JsonObject[] = [];
  #content: Json[] = [];
  #reasoning: { id: string | undefined; parts: ReasoningPart[] } | undefined;

  constructor(role: Message['role'], customCalls: ReadonlySet<string>, context: InputContext) {
    this.#role = role;
    this.#customCalls = customCalls;
    this.#context = context;
  }

  add(part: Part, field: string): void {
    const context = { ...this.#context, field };
    if (part.kind !== 'reasoning') this.#closeReasoning();
    switch (part.kind) {
      case 'reasoning':
        this.#addReasoning(part, field);
        return;
      case 'tool-call':
        this.#addItem(encodeCall(part));
        return;
      case 'tool-result':
        this.#addItem(this.#encodeResult(part, context));
        return;
      case 'foreign':
        if (part.protocol === 'openai-responses' && !isContent(part.type)) this.#addItem(part.raw);
        else this.#addContent(encodeInputPart(part, context));
        return;
      default:
        this.#addContent(
          this.#role === 'assistant' ? this.#assistantPart(part, context) : encodeInputPart(part, context),
        );
    }
  }

  finish(): JsonObject[] {
    this.#closeReasoning();
    this.#closeMessage();
    return this.#items;
  }

  #assistantPart(part: Part, context: ContentContext): JsonObject | undefined {
    if (part.kind === 'text') return { type: 'output_text', text: part.text };
    if (part.kind === 'refusal') return { type: 'refusal', refusal: part.text };
    // Pictures and sounds a model made can't stand in its own message; what it said can.
    if (part.kind === 'audio' && part.transcript !== undefined) return { type: 'output_text', text: part.transcript };
    context.warnings.add(`dropped_${part.kind.replace('-', '_')}`, context.field);
    return undefined;
  }

  #addContent(part: JsonObject | undefined): void {
    if (part !== undefined) this.#content.push(part);
  }

  #addItem(item: JsonObject): void {
    this.#closeMessage();
    this.#items.push(item);
  }

  #closeMessage(): void {
    if (this.#content.length === 0) return;
    const role = this.#role === 'tool' ? 'user' : this.#role;
    const known = role === 'developer' && this.#context.quirks.noDeveloperRole === true ? 'system' : role;
    this.#items.push({ type: 'message', role: known, content: this.#content });
    this.#content = [];
  }

  /** Parts of one item follow each other with the same id; the signature stands at the last. */
  #addReasoning(part: ReasoningPart, field: string): void {
    const own = part.origin === 'openai-responses';
    if (!own && !(part.origin === undefined && part.id !== undefined && part.signature === undefined)) {
      this.#context.warnings.add('thinking_stripped', field);
      return;
    }
    const open = this.#reasoning;
    if (
      open !== undefined &&
      part.id !== undefined &&
      open.id === part.id &&
      open.parts.at(-1)?.signature === undefined
    ) {
      open.parts.push(part);
      return;
    }
    this.#closeReasoning();
    this.#reasoning = { id: part.id, parts: [part] };
  }

  #closeReasoning(): void {
    const open = this.#reasoning;
    if (open === undefined) return;
    this.#reasoning = undefined;
    const { id, parts } = open;
    const shown = parts.filter((part) => part.text !== '' || part.redacted !== true);
    const content = shown.filter((part) => part.summary !== true);
    const signature = parts.at(-1)?.signature;
    this.#addItem({
      type: 'reasoning',
      ...(id === undefined ? {} : { id }),
      summary: shown.filter((part) => part.summary === true).map(({ text }) => ({ type: 'summary_text', text })),
      ...(content.length === 0 ? {} : { content: content.map(({ text }) => ({ type: 'reasoning_text', text })) }),
      ...(signature === undefined ? {} : { encrypted_content: signature }),
    });
  }

  #encodeResult(part: ToolResultPart, context: ContentContext): JsonObject {
    // The protocol has no mark for failure; the text of the result has to say it.
    if (part.isError === true) context.warnings.add('dropped_is_error', context.field);
    const custom = part.custom === true || this.#customCalls.has(part.callId);
    return {
      type: custom ? 'custom_tool_call_output' : 'function_call_output',
      call_id: part.callId,
      output: encodeOutput(part.parts, context),
    };
  }
}

function isContent(type: string): boolean {
  return type.startsWith('input_') || type.startsWith('output_');
}

function encodeOutput(parts: readonly Part[], context: ContentContext): Json {
  const [only] = parts;
  if (parts.length === 0) return '';
  if (parts.length === 1 && only?.kind === 'text' && only.cache === undefined) return only.text;
  return parts.flatMap((part) => encodeInputPart(part, context) ?? []);
}

function encodeCall(part: ToolCallPart): JsonObject {
  const { id, name, namespace } = part;
  const group = namespace === undefined ? {} : { namespace };
  if (part.custom === true) {
    return { type: 'custom_tool_call', call_id: id, name, ...group, input: part.arguments };
  }
  // The protocol wants JSON also of a tool that takes nothing.
  const text = part.arguments.trim() === '' ? '{}' : part.arguments;
  return { type: 'function_call', call_id: id, name, ...group, arguments: text };
}
