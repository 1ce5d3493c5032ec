/** `tools` and `tool_choice` of a request. */
import type { Tool, ToolChoice } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { toPlain } from '../json/lossless.ts';
import { invalid } from '../json/request-body.ts';
import { toCacheMark } from './cache-mark.ts';

/** What a client's own tool may say besides, which only this protocol understands (defer_loading, eager_input_streaming ...). */
const COMMON_FIELDS: ReadonlySet<string> = new Set([
  'type',
  'name',
  'description',
  'input_schema',
  'strict',
  'cache_control',
]);

/** Throws GatehouseError invalid_request. */
export function toTools(value: Json | undefined): readonly Tool[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('tools', '"tools" must be a list');
  return value.map((tool, place) => toTool(tool as Json, `tools[${place}]`));
}

function toTool(value: Json, param: string): Tool {
  const tool = asObject(value) as JsonObject | undefined;
  if (tool === undefined) throw invalid(param, `"${param}" must be an object`);
  const type = asText(tool.type);
  const name = asText(tool.name);
  if (type !== undefined && type !== 'custom') {
    return { kind: 'provider', name: name ?? type, raw: tool, origin: 'anthropic-messages' };
  }
  if (name === undefined) throw invalid(`${param}.name`, `"${param}.name" is missing; every tool needs a name`);
  const schema = asObject(tool.input_schema) as JsonObject | undefined;
  if (schema === undefined && tool.input_schema !== undefined && tool.input_schema !== null) {
    throw invalid(`${param}.input_schema`, `"${param}.input_schema" must be an object`);
  }
  const extras = Object.entries(tool).filter(([key, extra]) => !COMMON_FIELDS.has(key) && extra !== null);
  return {
    kind: 'function',
    name,
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(schema === undefined ? {} : { schema: toPlain(schema) }),
    ...(typeof tool.strict === 'boolean' ? { strict: tool.strict } : {}),
    ...(extras.length === 0 ? {} : { raw: Object.fromEntries(extras), origin: 'anthropic-messages' }),
    ...toCacheMark(tool.cache_control),
  };
}

/** Throws GatehouseError invalid_request. */
export function toToolChoice(value: Json | undefined): { toolChoice?: ToolChoice; parallelToolCalls?: boolean } {
  const choice = asObject(value);
  if (choice === undefined) {
    if (value === undefined || value === null) return {};
    throw invalid('tool_choice', '"tool_choice" must be an object with a type');
  }
  const disabled = choice.disable_parallel_tool_use;
  return {
    toolChoice: toChoice(choice),
    ...(typeof disabled === 'boolean' ? { parallelToolCalls: !disabled } : {}),
  };
}

function toChoice(choice: Readonly<Record<string, unknown>>): ToolChoice {
  switch (choice.type) {
    case 'auto':
    case 'none':
      return { kind: choice.type };
    case 'any':
      return { kind: 'required' };
    case 'tool': {
      const name = asText(choice.name);
      if (name === undefined) throw invalid('tool_choice.name', '"tool_choice.name" is missing; name the tool');
      return { kind: 'tool', name };
    }
    default:
      throw invalid('tool_choice.type', '"tool_choice.type" must be auto, any, tool or none');
  }
}
