/** The messages of a call as `system` and alternating turns, in their order. */
import type { Call, Message } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Quirks } from '../translation.ts';
import { fromPart, type PartContext } from './encode-part.ts';
import { CallIds } from './names.ts';

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: JsonObject[];
}

export interface EncodedMessages {
  readonly system: readonly JsonObject[];
  readonly messages: readonly Turn[];
}

/** Throws GatehouseError invalid_request for parts that cannot be said here. */
export function fromMessages(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): EncodedMessages {
  const callIds = new CallIds();
  const context = (message: number, part: number): PartContext => ({
    warnings,
    quirks,
    callIds,
    field: `messages[${message}].content[${part}]`,
  });
  const blocksOf = (message: Message, place: number) =>
    message.parts.flatMap((part, index) => fromPart(part, context(place, index)));

  const leading = call.messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const preface = leading < 0 ? call.messages : call.messages.slice(0, leading);
  const system = preface.flatMap((message, place) => textOnly(blocksOf(message, place), place, warnings));
  const turns: Turn[] = [];
  call.messages.slice(preface.length).forEach((message, index) => {
    const place = preface.length + index;
    const blocks = blocksOf(message, place);
    if (message.name !== undefined) warnings.add('dropped_name', `messages[${place}].name`);
    if (message.role === 'system' || message.role === 'developer') {
      warnings.add('system_message_as_user', `messages[${place}]`);
      addTurn(turns, 'user', blocks.map(asInstruction));
    } else addTurn(turns, message.role === 'assistant' ? 'assistant' : 'user', blocks);
  });
  if (turns.length === 0 && system.length > 0) {
    // A conversation needs a turn; a prompt that is all instruction is read as what the user says.
    warnings.add('system_message_as_user', 'messages[0]');
    return { system: [], messages: [{ role: 'user', content: system }] };
  }
  trimPrefill(turns, warnings);
  return { system, messages: turns };
}

/** The next turn of the same role belongs to it. Results answer the calls before them, so they open their turn. */
function addTurn(turns: Turn[], role: Turn['role'], blocks: readonly JsonObject[]): void {
  if (blocks.length === 0) return;
  const last = turns.at(-1);
  if (last?.role !== role) {
    turns.push({ role, content: [...blocks] });
    return;
  }
  const results = blocks.filter(isResult);
  const firstOther = last.content.findIndex((block) => !isResult(block));
  last.content.splice(firstOther < 0 ? last.content.length : firstOther, 0, ...results);
  last.content.push(...blocks.filter((block) => !isResult(block)));
}

function isResult(block: JsonObject): boolean {
  return block.type === 'tool_result';
}

/**
 * An instruction in the middle keeps its place: moved up to `system` it would change the cached prefix of every later call.
 * The tags tell the model that it is not the user who speaks.
 */
function asInstruction(block: JsonObject): JsonObject {
  if (typeof block.text !== 'string') return block;
  return { ...block, text: `<system>\n${block.text}\n</system>` };
}

function textOnly(blocks: readonly JsonObject[], place: number, warnings: Warnings): readonly JsonObject[] {
  return blocks.filter((block) => {
    if (block.type === 'text') return true;
    warnings.add(`dropped_${String(block.type)}`, `messages[${place}]`);
    return false;
  });
}

/** An answer begun by the client must not end in white space here. */
function trimPrefill(turns: readonly Turn[], warnings: Warnings): void {
  const last = turns.at(-1);
  const end = last?.content.at(-1);
  if (last?.role !== 'assistant' || end?.type !== 'text' || typeof end.text !== 'string') return;
  const text = end.text.trimEnd();
  if (text === end.text) return;
  warnings.add('trimmed_prefill');
  last.content[last.content.length - 1] = { ...end, text };
}
