/** tools and toolConfig. Whatever is no function is run by Google and kept as it came. */
import type { Tool, ToolChoice } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { fromGeminiSchema } from './schema-from-gemini.ts';
import { asJsonObject, camelName, field, listField, objectField, textField } from './wire.ts';

export function decodeTools(body: JsonObject): Tool[] {
  const tools = field(body, 'tools');
  const list = Array.isArray(tools) ? tools : tools === undefined ? [] : [tools];
  return list.flatMap((tool: Json) => decodeTool(asJsonObject(tool) ?? {}));
}

function decodeTool(tool: JsonObject): Tool[] {
  return Object.entries(tool).flatMap(([key, value]): Tool[] => {
    const name = camelName(key);
    if (value === null) return [];
    if (name === 'functionDeclarations') {
      return listField(tool, name).map((declaration) => decodeFunction(asJsonObject(declaration) ?? {}));
    }
    return [{ kind: 'provider', name, raw: { [name]: value }, origin: 'gemini' }];
  });
}

function decodeFunction(declaration: JsonObject): Tool {
  const description = textField(declaration, 'description');
  const openApi = objectField(declaration, 'parameters');
  const schema = objectField(declaration, 'parametersJsonSchema') ?? (openApi && fromGeminiSchema(openApi));
  return {
    kind: 'function',
    name: textField(declaration, 'name') ?? '',
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { schema }),
  };
}

export interface DecodedToolConfig {
  readonly choice?: ToolChoice;
  /** What no other protocol has: kept for Gemini itself. */
  readonly rest?: JsonObject;
}

export function decodeToolConfig(body: JsonObject): DecodedToolConfig {
  const config = objectField(body, 'toolConfig');
  if (config === undefined) return {};
  const calling = objectField(config, 'functionCallingConfig');
  const choice = decodeChoice(calling);
  const others = Object.entries(config)
    .map(([key, value]) => [camelName(key), value] as const)
    .filter(([key, value]) => value !== null && key !== 'functionCallingConfig');
  // VALIDATED without names is "auto, with checked arguments": the check is Gemini's alone.
  const strict = calling !== undefined && modeOf(calling) === 'VALIDATED' && choice?.kind === 'auto';
  const rest = [...others, ...(strict ? [['functionCallingConfig', { mode: 'VALIDATED' }] as const] : [])];
  return {
    ...(choice === undefined ? {} : { choice }),
    ...(rest.length === 0 ? {} : { rest: Object.fromEntries(rest) }),
  };
}

function decodeChoice(calling: JsonObject | undefined): ToolChoice | undefined {
  if (calling === undefined) return undefined;
  const names = listField(calling, 'allowedFunctionNames').filter((name) => typeof name === 'string');
  switch (modeOf(calling)) {
    case 'AUTO':
      return { kind: 'auto' };
    case 'NONE':
      return { kind: 'none' };
    case 'ANY': {
      const [only] = names;
      if (only === undefined) return { kind: 'required' };
      return names.length === 1 ? { kind: 'tool', name: only } : { kind: 'allowed', names, required: true };
    }
    case 'VALIDATED':
      return names.length === 0 ? { kind: 'auto' } : { kind: 'allowed', names, required: false };
    default:
      return undefined;
  }
}

const MODES = ['MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED'];

function modeOf(calling: JsonObject): string | undefined {
  const mode = field(calling, 'mode');
  if (typeof mode === 'number') return MODES[mode];
  return typeof mode === 'string' ? mode.toUpperCase() : undefined;
}
