/** `tools` and `tool_choice` of a request. */
import type { Call, Tool } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Warnings } from '../../../core/warnings.ts';
import { invalid } from '../../json/request-body.ts';
import type { Quirks } from '../../translation.ts';
import { fromCacheMark } from './cache-mark.ts';
import { optional } from './json.ts';
import { outputTool, STRUCTURED_OUTPUT_TOOL } from './structured-output.ts';

export interface EncodedTools {
  readonly tools: readonly JsonObject[];
  readonly toolChoice: Json | undefined;
}

/** Throws GatehouseError invalid_request when a tool must be called and none is left. */
export function fromTools(asked: Call, quirks: Readonly<Quirks>, warnings: Warnings): EncodedTools {
  const call = quirks.noNamedToolChoice === true ? withoutNamedChoice(asked, warnings) : asked;
  const { toolChoice } = call;
  const narrowed =
    toolChoice?.kind === 'allowed' && quirks.allowedTools !== true ? new Set(toolChoice.names) : undefined;
  const tools = call.tools
    .filter((tool) => narrowed === undefined || narrowed.has(tool.name))
    .flatMap((tool, place) => fromTool(tool, `tools[${place}]`, quirks, warnings));
  const required = quirks.requiredIsAny === true ? 'any' : 'required';
  const answer = outputTool(call.output, quirks);
  if (answer !== undefined) {
    const only = tools.length === 0 || toolChoice?.kind === 'none';
    return {
      tools: [...(only ? [] : tools), answer],
      toolChoice: only && quirks.noNamedToolChoice !== true ? NAMED_OUTPUT : required,
    };
  }
  if (tools.length === 0) {
    if (mustCall(call)) throw invalid('tool_choice', 'a tool must be called, but this model is given none');
    return { tools, toolChoice: undefined };
  }
  return { tools, toolChoice: fromToolChoice(call, required, quirks) };
}

const NAMED_OUTPUT: JsonObject = { type: 'function', function: { name: STRUCTURED_OUTPUT_TOOL } };

/** The chosen tool alone, and one must be called: that says the same. */
function withoutNamedChoice(call: Call, warnings: Warnings): Call {
  const { toolChoice, tools } = call;
  if (toolChoice?.kind !== 'tool') return call;
  const chosen = tools.filter(({ name }) => name === toolChoice.name);
  if (chosen.length < tools.length) warnings.add('tools_narrowed', 'tools');
  return { ...call, tools: chosen, toolChoice: { kind: 'required' } };
}

function mustCall({ toolChoice }: Call): boolean {
  if (toolChoice?.kind === 'allowed') return toolChoice.required;
  return toolChoice?.kind === 'required' || toolChoice?.kind === 'tool';
}

function fromTool(tool: Tool, field: string, quirks: Readonly<Quirks>, warnings: Warnings): readonly JsonObject[] {
  const cache = fromCacheMark(tool.cache, quirks);
  switch (tool.kind) {
    case 'provider':
      if (tool.origin === 'openai-chat' && tool.raw !== undefined) return [tool.raw];
      warnings.add('dropped_tool', field);
      return [];
    case 'custom':
      return [{ type: 'custom', custom: { name: tool.name, ...descriptionOf(tool), ...formatOf(tool) }, ...cache }];
    case 'function':
      return [
        {
          type: 'function',
          function: {
            name: tool.name,
            ...descriptionOf(tool),
            ...optional('parameters', tool.schema),
            ...optional('strict', tool.strict),
          },
          ...cache,
        },
      ];
    default:
      return tool.kind satisfies never;
  }
}

function descriptionOf(tool: Tool): { readonly description?: string } {
  return optional('description', tool.description);
}

/** Responses writes the grammar flat, this protocol one level deeper. */
function formatOf({ raw, origin }: Tool): { readonly format?: JsonObject } {
  if (raw === undefined) return {};
  if (origin === 'openai-chat' || raw.type !== 'grammar' || raw.grammar !== undefined) return { format: raw };
  const { type, ...grammar } = raw;
  return { format: { type, grammar } };
}

function fromToolChoice({ toolChoice, tools }: Call, required: string, quirks: Readonly<Quirks>): Json | undefined {
  switch (toolChoice?.kind) {
    case undefined:
      return undefined;
    case 'auto':
    case 'none':
      return toolChoice.kind;
    case 'required':
      return required;
    case 'tool':
      return named(toolChoice.name, tools);
    case 'allowed':
      if (quirks.allowedTools !== true) return toolChoice.required ? required : 'auto';
      return {
        type: 'allowed_tools',
        allowed_tools: {
          mode: toolChoice.required ? 'required' : 'auto',
          tools: toolChoice.names.map((name) => named(name, tools)),
        },
      };
    default:
      return toolChoice satisfies never;
  }
}

function named(name: string, tools: readonly Tool[]): JsonObject {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool?.kind === 'provider') return { type: name };
  return tool?.kind === 'custom' ? { type: 'custom', custom: { name } } : { type: 'function', function: { name } };
}
