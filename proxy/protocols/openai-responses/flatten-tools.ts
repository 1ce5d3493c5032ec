/**
 * A call whose tools are all plain functions of one name, for targets that know nothing else: namespaces are folded into the
 * names, free-text tools become functions with one argument, in the tools, the history and the choice of tool alike. Provider
 * tools stay: whether the target can run them is its encoder's to say. A call that has neither comes back as it is.
 */
import type { Call, Message, Tool, ToolChoice } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Part, ToolCallPart, ToolResultPart } from '../../core/part.ts';
import { INPUT_ARGUMENT, wrapInput } from './custom-input.ts';
import { ToolNames } from './tool-names.ts';

export function flattenTools(call: Call): Call {
  if (!needsFlattening(call)) return call;
  const names = new ToolNames(call.tools);
  const described = new Set<string>();
  const calls = callsById(call.messages);
  return {
    ...call,
    tools: call.tools.map((tool) => flattenTool(tool, names, described)),
    messages: call.messages.map((message) => flattenMessage(message, names, calls)),
    ...(call.toolChoice === undefined ? {} : { toolChoice: flattenChoice(call.toolChoice, call.tools, names) }),
  };
}

function needsFlattening({ tools, messages }: Call): boolean {
  const special = (thing: { namespace?: string | undefined; custom?: boolean | undefined }) =>
    thing.namespace !== undefined || thing.custom === true;
  return (
    tools.some((tool) => tool.namespace !== undefined || tool.kind === 'custom') ||
    messages.some((message) =>
      message.parts.some((part) => (part.kind === 'tool-call' || part.kind === 'tool-result') && special(part)),
    )
  );
}

function flattenTool(tool: Tool, names: ToolNames, described: Set<string>): Tool {
  if (tool.kind === 'provider') return tool;
  const { namespace, namespaceDescription, raw, ...rest } = tool;
  // What the group is for stands at its first tool: once is enough for the model, and cheaper.
  const first = namespace !== undefined && !described.has(namespace);
  if (namespace !== undefined) described.add(namespace);
  const custom = tool.kind === 'custom';
  const description = paragraphs(
    first ? namespaceDescription : undefined,
    tool.description,
    custom ? grammar(raw) : undefined,
  );
  return {
    ...rest,
    kind: 'function',
    name: names.outward(tool),
    ...(description === undefined ? {} : { description }),
    ...(custom ? { schema: INPUT_SCHEMA } : raw === undefined ? {} : { raw }),
  };
}

const INPUT_SCHEMA: JsonObject = {
  type: 'object',
  properties: { [INPUT_ARGUMENT]: { type: 'string', description: 'The whole input of the tool, as plain text.' } },
  required: [INPUT_ARGUMENT],
  additionalProperties: false,
};

/** The model can keep to a grammar that nobody enforces, when it is told. */
function grammar(raw: JsonObject | undefined): string | undefined {
  if (raw?.type !== 'grammar' || typeof raw.definition !== 'string') return undefined;
  return `The input must follow this grammar (${String(raw.syntax ?? 'grammar')}):\n${raw.definition}`;
}

function paragraphs(...texts: (string | undefined)[]): string | undefined {
  const present = texts.filter((text) => text !== undefined && text !== '');
  return present.length === 0 ? undefined : present.join('\n\n');
}

type Calls = ReadonlyMap<string, ToolCallPart>;

function callsById(messages: readonly Message[]): Calls {
  const calls = messages.flatMap((message) => message.parts.filter((part) => part.kind === 'tool-call'));
  return new Map(calls.map((call) => [call.id, call]));
}

function flattenMessage(message: Message, names: ToolNames, calls: Calls): Message {
  return { ...message, parts: message.parts.map((part) => flattenPart(part, names, calls)) };
}

function flattenPart(part: Part, names: ToolNames, calls: Calls): Part {
  if (part.kind === 'tool-call') return flattenCall(part, names);
  if (part.kind === 'tool-result') return flattenResult(part, names, calls);
  return part;
}

function flattenCall({ namespace, custom, ...part }: ToolCallPart, names: ToolNames): ToolCallPart {
  return {
    ...part,
    name: names.outward({ name: part.name, ...(namespace === undefined ? {} : { namespace }) }),
    arguments: custom === true ? wrapInput(part.arguments) : part.arguments,
  };
}

function flattenResult({ custom, ...part }: ToolResultPart, names: ToolNames, calls: Calls): ToolResultPart {
  if (part.name === undefined) return part;
  return { ...part, name: names.outward(calls.get(part.callId) ?? { name: part.name }) };
}

function flattenChoice(choice: ToolChoice, tools: readonly Tool[], names: ToolNames): ToolChoice {
  if (choice.kind === 'tool') {
    const hosted = tools.some((tool) => tool.kind === 'provider' && tool.name === choice.name);
    return hosted ? choice : { kind: 'tool', name: names.outward(choice) };
  }
  if (choice.kind !== 'allowed') return choice;
  return {
    ...choice,
    names: choice.names.flatMap((name) => {
      const same = tools.filter((tool) => tool.name === name && tool.kind !== 'provider');
      return same.length === 0 ? [name] : same.map((tool) => names.outward(tool));
    }),
  };
}
