/** The messages of a call as `system` and turns that alternate, each in its order. */
import type { Call, Message } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Part } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import { fromCacheMark } from './cache-point.ts';
import { fromPart, type PartContext } from './encode-part.ts';
import type { ModelFacts } from './model-facts.ts';
import { CallIds, DocumentNames } from './names.ts';
import { checkTurns } from './turn-order.ts';

/** A block with the cache point that closes it: they move together. */
type Blocks = readonly JsonObject[];

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: Blocks[];
}

export interface EncodedMessages {
  readonly system: readonly JsonObject[];
  readonly messages: readonly { readonly role: Turn['role']; readonly content: readonly JsonObject[] }[];
}

/** Throws GatehouseError invalid_request for what cannot be said here. */
export function fromMessages(call: Call, model: ModelFacts, warnings: Warnings): EncodedMessages {
  const shared = { warnings, model, callIds: new CallIds(), documentNames: new DocumentNames() };
  const blocksOf = (message: Message, place: number) =>
    message.parts.flatMap((part, index) =>
      withMark(part, { ...shared, field: `messages[${place}].content[${index}]` }),
    );

  const first = call.messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const preface = first < 0 ? call.messages : call.messages.slice(0, first);
  const system = preface.flatMap((message, place) => textOnly(blocksOf(message, place), place, warnings));
  const turns: Turn[] = [];
  call.messages.slice(preface.length).forEach((message, index) => {
    const place = preface.length + index;
    if (message.name !== undefined) warnings.add('dropped_name', `messages[${place}].name`);
    const blocks = blocksOf(message, place);
    if (message.role === 'system' || message.role === 'developer') {
      warnings.add('system_message_as_user', `messages[${place}]`);
      addTurn(turns, 'user', blocks.map(asInstruction));
    } else addTurn(turns, message.role === 'assistant' ? 'assistant' : 'user', blocks);
  });
  if (turns.length === 0 && system.length > 0) {
    // A conversation needs a turn; a prompt that is all instruction is read as what the user says.
    warnings.add('system_message_as_user', 'messages[0]');
    return { system: [], messages: [{ role: 'user', content: system.flat() }] };
  }
  const messages = turns.map(({ role, content }) => ({ role, content: content.flat() }));
  checkTurns(messages);
  return { system: system.flat(), messages: trimmed(messages, warnings) };
}

/** The part's blocks, the last of them with the part's cache point. */
function withMark(part: Part, context: PartContext): readonly Blocks[] {
  const blocks = fromPart(part, context);
  const last = blocks.at(-1);
  const mark = 'cache' in part ? part.cache : undefined;
  const point = fromCacheMark(mark, 'message', context.model, context.warnings, context.field);
  if (last !== undefined) return [...blocks.slice(0, -1).map((block) => [block]), [last, ...point]];
  if (point.length > 0) context.warnings.add('dropped_cache_control', context.field);
  return [];
}

/** The next turn of the same role belongs to it. Results answer the calls before them, so they open their turn. */
function addTurn(turns: Turn[], role: Turn['role'], blocks: readonly Blocks[]): void {
  if (blocks.length === 0) return;
  const last = turns.at(-1);
  if (last?.role !== role) {
    turns.push({ role, content: role === 'user' ? resultsFirst(blocks) : [...blocks] });
    return;
  }
  const all = [...last.content, ...blocks];
  last.content.splice(0, last.content.length, ...(role === 'user' ? resultsFirst(all) : all));
}

function resultsFirst(blocks: readonly Blocks[]): Blocks[] {
  const isResult = ([block]: Blocks) => block !== undefined && 'toolResult' in block;
  return [...blocks.filter(isResult), ...blocks.filter((group) => !isResult(group))];
}

/**
 * An instruction in the middle keeps its place: moved up to `system` it would change the cached prefix of every later call.
 * The tags tell the model that it is not the user who speaks.
 */
function asInstruction([block, ...rest]: Blocks): Blocks {
  if (typeof block?.text !== 'string') return block === undefined ? rest : [block, ...rest];
  return [{ text: `<system>\n${block.text}\n</system>` }, ...rest];
}

function textOnly(blocks: readonly Blocks[], place: number, warnings: Warnings): readonly Blocks[] {
  return blocks.filter(([block]) => {
    if (block !== undefined && ('text' in block || 'guardContent' in block)) return true;
    warnings.add(`dropped_${Object.keys(block ?? {})[0] ?? 'block'}`, `messages[${place}]`);
    return false;
  });
}

/** An answer begun by the client must not end in white space here. */
function trimmed(messages: EncodedMessages['messages'], warnings: Warnings): EncodedMessages['messages'] {
  const last = messages.at(-1);
  const end = last?.content.at(-1);
  if (last?.role !== 'assistant' || typeof end?.text !== 'string') return messages;
  const text = end.text.trimEnd();
  if (text === end.text) return messages;
  warnings.add('trimmed_prefill');
  return [...messages.slice(0, -1), { role: last.role, content: [...last.content.slice(0, -1), { text }] }];
}
