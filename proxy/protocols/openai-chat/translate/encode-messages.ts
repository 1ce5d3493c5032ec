/** The messages of a call, in their order. */
import type { Call, Message } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Part, ReasoningPart, ToolCallPart, ToolResultPart } from '../../../core/part.ts';
import type { Warnings } from '../../../core/warnings.ts';
import type { Quirks } from '../../translation.ts';
import { fromCacheMark } from './cache-mark.ts';
import { callIdFor } from './call-ids.ts';
import { fromPart, type PartContext } from './encode-parts.ts';
import { asList, optional } from './json.ts';
import { writeDetails } from './reasoning-details.ts';

/** Throws GatehouseError invalid_request for parts that cannot be said here. */
export function fromMessages(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): readonly JsonObject[] {
  const out: JsonObject[] = [];
  /** Media of results: every result must come before anything else, so they wait. */
  let moved: readonly JsonObject[] = [];
  const messages = quirks.leadingSystemOnly === true ? withOnePreface(call.messages) : call.messages;
  messages.forEach((message, place) => {
    const context = { quirks, warnings, field: `messages[${place}]` };
    if (message.role === 'tool') {
      for (const { result, media } of fromToolMessage(message, context)) {
        if (result !== undefined) out.push(result);
        moved = [...moved, ...media];
      }
      return;
    }
    if (moved.length > 0 && message.role !== 'user') {
      out.push({ role: 'user', content: moved });
      moved = [];
    }
    if (message.role === 'assistant') out.push(...fromAssistant(message, context));
    else out.push(fromSpoken(message, context, moved, out.some(isConversation)));
    moved = [];
  });
  if (moved.length > 0) out.push({ role: 'user', content: moved });
  return out;
}

/** Templates that want their instructions first want them in one message, too. Several stay apart as its parts. */
function withOnePreface(messages: readonly Message[]): readonly Message[] {
  const first = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const preface = first < 0 ? messages : messages.slice(0, first);
  const [opening] = preface;
  if (opening === undefined || preface.length === 1) return messages;
  return [{ ...opening, parts: preface.flatMap(({ parts }) => parts) }, ...messages.slice(preface.length)];
}

function isConversation({ role }: JsonObject): boolean {
  return role !== 'system' && role !== 'developer';
}

function fromSpoken(message: Message, context: PartContext, before: readonly JsonObject[], begun: boolean): JsonObject {
  const { quirks, warnings, field } = context;
  const parts = message.parts.flatMap((part, place) => fromPart(part, at(context, place)));
  const name = optional('name', message.name);
  if (message.role === 'user') return { role: 'user', content: contentOf([...before, ...parts], quirks), ...name };
  if (quirks.leadingSystemOnly === true && begun) {
    warnings.add('system_message_as_user', field);
    return { role: 'user', content: contentOf(parts.map(asInstruction), quirks), ...name };
  }
  const role = quirks.noDeveloperRole === true ? 'system' : message.role;
  return { role, content: contentOf(parts, quirks), ...name };
}

/** The tags tell the model that it is not the user who speaks. */
function asInstruction(part: JsonObject): JsonObject {
  return typeof part.text === 'string' ? { ...part, text: `<system>\n${part.text}\n</system>` } : part;
}

function at(context: PartContext, place: number): PartContext {
  return { ...context, field: `${context.field}.content[${place}]` };
}

/** One plain text is a string, as everybody writes it; more than that stays a list in its order. */
function contentOf(parts: readonly JsonObject[], quirks: Readonly<Quirks>): Json {
  const texts = parts.map((part) =>
    part.type === 'text' && Object.keys(part).length === 2 ? String(part.text) : undefined,
  );
  if (parts.length === 0) return '';
  const [first] = texts;
  if (parts.length === 1 && first !== undefined) return first;
  if (quirks.joinedText === true && texts.every((text) => text !== undefined)) return texts.join('\n\n');
  return parts;
}

/** Empty when nothing of the message may be said here: an answer without words or calls is refused by some servers. */
function fromAssistant(message: Message, context: PartContext): readonly JsonObject[] {
  const calls = message.parts.filter((part) => part.kind === 'tool-call');
  const content = message.parts.flatMap((part, place) => fromAnswerPart(part, at(context, place)));
  const said = fromReasoning(
    message.parts.filter((part) => part.kind === 'reasoning'),
    context,
  );
  const own = ownFields(message.parts);
  const silent = content.length === 0 && said.parts.length === 0;
  const fields = { ...said.fields, ...Object.assign({}, ...own) };
  if (silent && calls.length === 0 && message.parts.length > 0 && Object.keys(fields).length === 0) return [];
  return [
    {
      role: 'assistant',
      content: silent ? (calls.length > 0 ? null : '') : answerContent(said.parts, content),
      ...fields,
      ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => fromToolCall(call, context)) }),
      ...optional('name', message.name),
    },
  ];
}

/** What stands in `content`: texts only, all else has its own field. */
function fromAnswerPart(part: Part, context: PartContext): readonly JsonObject[] {
  if (part.kind === 'reasoning' || part.kind === 'tool-call') return [];
  if (part.kind === 'foreign' && part.protocol === 'openai-chat') return [];
  // A refusal is what was said; only OpenAI has a field for it.
  if (part.kind === 'text' || part.kind === 'refusal') return fromPart(part, context);
  context.warnings.add(part.kind === 'foreign' ? `dropped_${part.type}` : `dropped_${part.kind}`, context.field);
  return [];
}

/** Pieces of one answer are one string unless a mark must keep its place: few servers read a list here. */
function answerContent(thinking: readonly JsonObject[], texts: readonly JsonObject[]): Json {
  const plain = texts.every((part) => Object.keys(part).length === 2);
  if (thinking.length === 0 && plain) return texts.map((part) => String(part.text)).join('');
  return [...thinking, ...texts];
}

/** The own parts of this protocol that are fields of the message (`audio`, `executed_tools`). */
function ownFields(parts: readonly Part[]): readonly JsonObject[] {
  return parts.flatMap((part) =>
    part.kind === 'foreign' && part.protocol === 'openai-chat' && part.type === 'audio' ? [part.raw] : [],
  );
}

interface SaidReasoning {
  readonly fields: JsonObject;
  readonly parts: readonly JsonObject[];
}

/** Thinking goes back where the provider takes it; a signature only to those who can check it. */
function fromReasoning(reasoning: readonly ReasoningPart[], { quirks, warnings, field }: PartContext): SaidReasoning {
  if (reasoning.length === 0) return { fields: {}, parts: [] };
  if (quirks.reasoningDetails === true) {
    const details = reasoning.flatMap((part, index) => writeDetails(part, index));
    return { fields: { reasoning_details: details }, parts: [] };
  }
  const own = reasoning.filter((part) => part.origin === undefined || part.origin === 'openai-chat');
  const text = own.map((part) => part.text).join('');
  if (own.length < reasoning.length || quirks.reasoningField === undefined) warnings.add('thinking_stripped', field);
  if (text === '') return { fields: {}, parts: [] };
  switch (quirks.reasoningField) {
    case undefined:
      return { fields: {}, parts: [] };
    case 'reasoning':
    case 'reasoning_content':
      return { fields: { [quirks.reasoningField]: text }, parts: [] };
    case 'parts':
      return { fields: {}, parts: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] };
    default:
      return quirks.reasoningField satisfies never;
  }
}

function fromToolCall(call: ToolCallPart, { quirks, warnings, field }: PartContext): JsonObject {
  const id = callIdFor(call.id, quirks.nineLetterCallIds === true);
  const signed = call.signature !== undefined && call.origin === 'gemini' && quirks.reasoningDetails === true;
  if (call.signature !== undefined && !signed) warnings.add('thinking_stripped', field);
  const proof = signed ? { extra_content: { google: { thought_signature: call.signature } } } : {};
  const rest = { ...proof, ...fromCacheMark(call.cache, quirks) };
  if (call.custom === true) {
    return { id, type: 'custom', custom: { name: call.name, input: call.arguments }, ...rest };
  }
  // A call without arguments is written as one with none: servers parse the text.
  const text = call.arguments === '' ? '{}' : call.arguments;
  return { id, type: 'function', function: { name: call.name, arguments: text }, ...rest };
}

interface EncodedResult {
  readonly result: JsonObject | undefined;
  readonly media: readonly JsonObject[];
}

function fromToolMessage(message: Message, context: PartContext): readonly EncodedResult[] {
  return message.parts.map((part, place) => {
    if (part.kind === 'tool-result') return fromToolResult(part, at(context, place));
    return { result: undefined, media: fromPart(part, at(context, place)) };
  });
}

function fromToolResult(part: ToolResultPart, context: PartContext): EncodedResult {
  const { quirks, warnings, field } = context;
  if (part.isError === true) warnings.add('dropped_is_error', field);
  const encoded = part.parts.flatMap((inner) => fromPart(inner, context));
  const stays = (inner: JsonObject) =>
    inner.type === 'text' || (inner.type === 'image_url' && quirks.imagesInToolResults === true);
  const media = encoded.filter((inner) => !stays(inner));
  if (media.length > 0) warnings.add('tool_result_media_moved', field);
  const kept = encoded.filter(stays);
  const content = contentOf(kept, quirks);
  const mark = fromCacheMark(part.cache, quirks);
  return {
    result: {
      role: 'tool',
      tool_call_id: callIdFor(part.callId, quirks.nineLetterCallIds === true),
      content:
        content === '' && media.length > 0
          ? 'The result follows as a message of the user.'
          : markedContent(content, mark),
    },
    media: media.length === 0 ? [] : [{ type: 'text', text: `Result of the tool call ${part.callId}:` }, ...media],
  };
}

/** A mark on the whole result stands on its last part. */
function markedContent(content: Json, mark: JsonObject): Json {
  if (Object.keys(mark).length === 0) return content;
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : asList(content);
  return parts.map((part, place) => (place === parts.length - 1 ? { ...(part as JsonObject), ...mark } : part));
}
