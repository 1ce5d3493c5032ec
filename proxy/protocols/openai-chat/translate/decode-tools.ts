/** `tools` and `tool_choice` of a request, and the `functions` of 2023. */
import type { Tool, ToolChoice } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import { invalid } from '../../json/request-body.ts';
import { toCacheMark } from './cache-mark.ts';
import { asJsonObject, asList, asString, optional } from './json.ts';

/** Throws GatehouseError invalid_request. */
export function toTools(tools: Json | undefined, functions: Json | undefined): readonly Tool[] {
  return [
    ...listOf(tools, 'tools').map((entry, place) => toTool(entry, `tools[${place}]`)),
    ...listOf(functions, 'functions').map((entry, place) => {
      const body = asJsonObject(entry);
      if (body === undefined) throw invalid(`functions[${place}]`, `"functions[${place}]" must be an object`);
      return toFunction(body, `functions[${place}]`);
    }),
  ];
}

function listOf(value: Json | undefined, param: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(param, `"${param}" must be a list`);
  return value as readonly Json[];
}

function toTool(value: Json, param: string): Tool {
  const tool = asJsonObject(value);
  if (tool === undefined) throw invalid(param, `"${param}" must be an object`);
  const body = asJsonObject(tool.function);
  if (body !== undefined) return { ...toFunction(body, `${param}.function`), ...toCacheMark(tool) };
  const custom = asJsonObject(tool.custom);
  if (custom !== undefined) return { ...toCustom(custom, `${param}.custom`), ...toCacheMark(tool) };
  const type = asText(tool.type);
  if (type === undefined || type === 'function' || type === 'custom') {
    throw invalid(param, `"${param}" must hold a function`);
  }
  return { kind: 'provider', name: type, raw: tool, origin: 'openai-chat' };
}

function toFunction(body: JsonObject, param: string): Tool {
  return {
    kind: 'function',
    name: nameOf(body, param),
    ...optional('description', asString(body.description)),
    ...optional('schema', asJsonObject(body.parameters)),
    ...(typeof body.strict === 'boolean' ? { strict: body.strict } : {}),
  };
}

function toCustom(custom: JsonObject, param: string): Tool {
  const format = asJsonObject(custom.format);
  return {
    kind: 'custom',
    name: nameOf(custom, param),
    ...optional('description', asString(custom.description)),
    ...(format === undefined ? {} : { raw: format, origin: 'openai-chat' as const }),
  };
}

function nameOf(body: JsonObject, param: string): string {
  const name = asText(body.name);
  if (name === undefined) throw invalid(`${param}.name`, `"${param}.name" is missing; every tool needs a name`);
  return name;
}

/** `functionCall` is the field of 2023, which counts where `tool_choice` is absent. */
export function toToolChoice(toolChoice: Json | undefined, functionCall: Json | undefined): ToolChoice | undefined {
  if (toolChoice !== undefined && toolChoice !== null) return toChoice(toolChoice, 'tool_choice');
  return functionCall === undefined || functionCall === null ? undefined : toChoice(functionCall, 'function_call');
}

function toChoice(value: Json, param: string): ToolChoice {
  switch (value) {
    case 'auto':
    case 'none':
    case 'required':
      return { kind: value };
    // Mistral's word.
    case 'any':
      return { kind: 'required' };
  }
  const choice = asJsonObject(value);
  const allowed = asJsonObject(choice?.allowed_tools);
  if (allowed !== undefined) {
    const names = asList(allowed.tools).flatMap((entry) => namedIn(asJsonObject(entry)) ?? []);
    if (names.length > 0) return { kind: 'allowed', names, required: allowed.mode === 'required' };
  }
  const name = namedIn(choice);
  if (name !== undefined) return { kind: 'tool', name };
  throw invalid(param, `"${param}" must be none, auto, required or name a tool that is offered`);
}

function namedIn(choice: JsonObject | undefined): string | undefined {
  const named = asJsonObject(choice?.function) ?? asJsonObject(choice?.custom) ?? choice;
  return asText(named?.name) ?? (choice?.function === undefined ? asText(choice?.type) : undefined);
}
