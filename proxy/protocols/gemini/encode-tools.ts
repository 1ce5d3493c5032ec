/** A call's tools and its choice among them. */
import type { Call, Tool, ToolChoice } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { CUSTOM_INPUT } from './encode-parts.ts';
import { rewriteForGemini } from './schema-fields.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';
import { flatToolName } from './tool-names.ts';
import { asJsonObject } from './wire.ts';

export interface EncodedTools {
  readonly tools?: readonly JsonObject[];
  readonly toolConfig?: JsonObject;
}

/** `byTool`: the answer's schema goes in as a tool of its own. */
export function encodeTools(call: Call, byTool: boolean, warnings: Warnings): EncodedTools {
  const functions = call.tools.flatMap((tool) => encodeTool(tool, warnings));
  if (byTool && call.output?.kind === 'schema') functions.push(answerTool(call.output, warnings));
  const own = call.tools.flatMap((tool) => encodeOwn(tool, warnings));
  const tools = [...(functions.length === 0 ? [] : [{ functionDeclarations: functions }]), ...own];
  const toolConfig = encodeToolConfig(call, byTool, functions.length > 0, warnings);
  if (call.parallelToolCalls === false) warnings.add('dropped_parallel_tool_calls', 'parallel_tool_calls');
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(toolConfig === undefined ? {} : { toolConfig }),
  };
}

function encodeTool(tool: Tool, warnings: Warnings): JsonObject[] {
  if (tool.kind === 'provider') return [];
  if (tool.cache !== undefined) warnings.add('dropped_cache_control', 'tools');
  // Gemini checks arguments by the mode of the call (VALIDATED), not by tool.
  if (tool.strict === true) warnings.add('dropped_strict', 'tools');
  const described = tool.description === undefined || tool.description === '' ? {} : { description: tool.description };
  const named = { name: flatToolName(tool), ...described };
  if (tool.kind === 'custom') return [customTool(tool, named)];
  if (tool.schema === undefined) return [named];
  const { field, schema } = rewriteForGemini(tool.schema, 'parameters', 'tools', warnings);
  return [{ ...named, [field]: schema }];
}

/** Free text as the one argument of a function; its grammar, which Gemini can't enforce, in words. */
function customTool(tool: Tool, named: JsonObject): JsonObject {
  const definition = asJsonObject(tool.raw?.format)?.definition;
  const grammar =
    typeof definition === 'string'
      ? `The text must follow this grammar:\n${definition}`
      : 'The tool takes this text as it is.';
  const schema = {
    type: 'OBJECT',
    properties: { [CUSTOM_INPUT]: { type: 'STRING', description: grammar } },
    required: [CUSTOM_INPUT],
  };
  return { ...named, parameters: schema };
}

function answerTool(output: Extract<Call['output'], { kind: 'schema' }>, warnings: Warnings): JsonObject {
  const { field, schema } = rewriteForGemini(output.schema, 'parameters', 'response_format', warnings);
  const purpose = output.description ?? 'The final answer.';
  return {
    name: STRUCTURED_OUTPUT_TOOL,
    description: `${purpose} Call this once, with the whole answer.`,
    [field]: schema,
  };
}

function encodeOwn(tool: Tool, warnings: Warnings): JsonObject[] {
  if (tool.kind !== 'provider') return [];
  if (tool.origin === 'gemini' && tool.raw !== undefined) return [tool.raw];
  warnings.add(`dropped_${tool.name}`, 'tools');
  return [];
}

function encodeToolConfig(
  call: Call,
  byTool: boolean,
  hasFunctions: boolean,
  warnings: Warnings,
): JsonObject | undefined {
  const kept = call.foreign?.protocol === 'gemini' ? asJsonObject(call.foreign.fields.toolConfig) : undefined;
  const chosen = call.toolChoice ?? (byTool ? ({ kind: 'auto' } as const) : undefined);
  const calling = chosen === undefined ? undefined : encodeChoice(chosen, byTool, hasFunctions, warnings);
  if (kept === undefined && calling === undefined) return undefined;
  return { ...(calling === undefined ? {} : { functionCallingConfig: calling }), ...kept };
}

function encodeChoice(
  choice: ToolChoice,
  byTool: boolean,
  hasFunctions: boolean,
  warnings: Warnings,
): JsonObject | undefined {
  if (!hasFunctions) {
    if (choice.kind === 'auto' || choice.kind === 'none') return { mode: choice.kind === 'auto' ? 'AUTO' : 'NONE' };
    warnings.add('dropped_tool_choice', 'tool_choice');
    return undefined;
  }
  switch (choice.kind) {
    case 'auto':
      // The answer itself is a call: without one there would be none.
      return { mode: byTool ? 'ANY' : 'AUTO' };
    case 'none':
      return byTool ? { mode: 'ANY', allowedFunctionNames: [STRUCTURED_OUTPUT_TOOL] } : { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [flatToolName(choice)] };
    case 'allowed': {
      const names = choice.names.map((name) => flatToolName({ name }));
      if (byTool) return { mode: 'ANY', allowedFunctionNames: [...names, STRUCTURED_OUTPUT_TOOL] };
      return { mode: choice.required ? 'ANY' : 'VALIDATED', allowedFunctionNames: names };
    }
    default:
      throw new GatehouseError('invalid_request', `unknown tool choice ${String(choice satisfies never)}`);
  }
}
