/** What a provider refuses of a chat completion request, edited in the bytes by name (see Refusals). */
import { asObject, asText } from '../../core/json-value.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Refusals } from '../codec.ts';
import type { Splice } from '../json/lower-numbers.ts';
import { removeMembers, renameMember } from '../json/members.ts';
import { type JsonMember, type JsonRange, scanJson } from '../json/scan.ts';

/** `members` are the body's own, in order. */
export function withoutRefused(
  body: Buffer,
  members: readonly JsonMember[],
  refusals: Refusals,
  warnings: Warnings | undefined,
): readonly Splice[] {
  const fields: Fields = { body, members, warnings };
  return [
    ...renamedAndDropped(fields, refusals),
    ...(refusals.jsonObject === true ? jsonObjectAsSchema(fields) : []),
    ...(refusals.namedToolChoice === true ? narrowedTools(fields) : []),
    ...messageEdits(fields, refusals),
  ];
}

interface Fields {
  readonly body: Buffer;
  readonly members: readonly JsonMember[];
  readonly warnings: Warnings | undefined;
}

function fieldOf({ members }: Fields, name: string): JsonRange | undefined {
  return members.find(({ key }) => key === name)?.value;
}

function parsed(body: Buffer, { start, end }: JsonRange): unknown {
  return JSON.parse(body.toString('utf8', start, end));
}

/** A field that stands under both of its names keeps the provider's. */
function renamedAndDropped(fields: Fields, { renamed = {}, dropped = [] }: Refusals): readonly Splice[] {
  const { body, members, warnings } = fields;
  const present = new Set(members.map(({ key }) => key));
  const gone = (key: string) => {
    const other = Object.hasOwn(renamed, key) ? renamed[key] : undefined;
    return other === undefined ? dropped.includes(key) : present.has(other);
  };
  for (const { key, value } of members) {
    if (gone(key) && parsed(body, value) !== null) warnings?.add(`dropped_${key}`, key);
  }
  const renames = members.flatMap((member) => {
    const name = Object.hasOwn(renamed, member.key) ? renamed[member.key] : undefined;
    return name === undefined || gone(member.key) ? [] : (renameMember(body, member, name) ?? []);
  });
  return [...renames, ...removeMembers(body, members, ({ key }) => gone(key))];
}

/** Some clients (instructor) put a schema beside `json_object`; the schema of any object says the same as none. */
function jsonObjectAsSchema(fields: Fields): readonly Splice[] {
  const { body, warnings } = fields;
  const range = fieldOf(fields, 'response_format');
  if (range === undefined) return [];
  const bytes = body.subarray(range.start, range.end);
  const format = asObject(parsed(body, range));
  if (format?.type !== 'json_object') return [];
  const own = asObject(format.schema) === undefined ? undefined : memberText(bytes, 'schema');
  warnings?.add('json_object_as_schema', 'response_format');
  const schema = own ?? '{"type":"object"}';
  return [{ ...range, text: `{"type":"json_schema","json_schema":{"name":"answer","schema":${schema}}}` }];
}

function memberText(object: Buffer, name: string): string | undefined {
  const value = scanJson(object, name).members.find(({ key }) => key === name)?.value;
  return value === undefined ? undefined : object.toString('utf8', value.start, value.end);
}

/** Left as it is where the tool is not among those offered: that is the client's mistake, for the provider to tell. */
function narrowedTools(fields: Fields): readonly Splice[] {
  const { body, warnings } = fields;
  const choice = fieldOf(fields, 'tool_choice');
  const tools = fieldOf(fields, 'tools');
  if (choice === undefined || tools === undefined) return [];
  const name = toolNameOf(parsed(body, choice));
  if (name === undefined) return [];
  const list = body.subarray(tools.start, tools.end);
  const { elements } = scanJson(list, 'tools');
  const chosen = elements.find((element) => toolNameOf(parsed(list, element)) === name);
  if (chosen === undefined) return [];
  const required = { ...choice, text: '"required"' };
  if (elements.length === 1) return [required];
  warnings?.add('tools_narrowed', 'tools');
  return [required, { ...tools, text: `[${list.toString('utf8', chosen.start, chosen.end)}]` }];
}

/** Of a tool, and of the choice of one: both have the same shape. */
function toolNameOf(value: unknown): string | undefined {
  return asText(asObject(asObject(value)?.function)?.name);
}

const DEVELOPER = Buffer.from('"developer"');
const REASONING = Buffer.from('"reasoning_content"');

function messageEdits(fields: Fields, { developerRole, reasoningContent }: Refusals): readonly Splice[] {
  const { body, warnings } = fields;
  const range = fieldOf(fields, 'messages');
  if (range === undefined) return [];
  const list = body.subarray(range.start, range.end);
  const roles = developerRole === true && list.includes(DEVELOPER);
  const thoughts = reasoningContent === true && list.includes(REASONING);
  if (!roles && !thoughts) return [];
  return scanJson(list, 'messages').elements.flatMap((element) => {
    const message = list.subarray(element.start, element.end);
    const offset = range.start + element.start;
    const edits = [...(roles ? systemRole(message) : []), ...(thoughts ? withoutReasoning(message, warnings) : [])];
    return edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text }));
  });
}

function systemRole(message: Buffer): readonly Splice[] {
  if (!message.includes(DEVELOPER)) return [];
  return scanJson(message, 'messages')
    .members.filter(({ key, value }) => key === 'role' && parsed(message, value) === 'developer')
    .map(({ value }) => ({ ...value, text: '"system"' }));
}

function withoutReasoning(message: Buffer, warnings: Warnings | undefined): readonly Splice[] {
  if (!message.includes(REASONING)) return [];
  const { members } = scanJson(message, 'messages');
  const edits = removeMembers(message, members, ({ key }) => key === 'reasoning_content');
  if (edits.length > 0) warnings?.add('thinking_stripped', 'messages');
  return edits;
}
