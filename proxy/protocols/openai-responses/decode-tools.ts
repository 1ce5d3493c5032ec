/** The tools of a request and the choice among them. */
import type { Tool, ToolChoice } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { invalid } from '../json/request-body.ts';

type Fields = Readonly<Record<string, unknown>>;

export function decodeTools(value: unknown, where: string): Tool[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(where, `"${where}" must be a list of tools`);
  return value.flatMap((tool, index) => decodeTool(tool, `${where}[${index}]`));
}

function decodeTool(value: unknown, where: string): Tool[] {
  const tool = asObject(value);
  if (tool === undefined) throw invalid(where, `"${where}" must be an object with a type`);
  switch (tool.type) {
    case 'function':
      return [decodeFunction(tool, where)];
    case 'custom':
      return [decodeCustom(tool, where)];
    case 'namespace':
      return decodeNamespace(tool, where);
    default: {
      const type = asText(tool.type);
      if (type === undefined) throw invalid(`${where}.type`, `"${where}" has no type; say what kind of tool it is`);
      return [
        { kind: 'provider', name: asText(tool.name) ?? type, raw: tool as JsonObject, origin: 'openai-responses' },
      ];
    }
  }
}

function decodeFunction(tool: Fields, where: string): Tool {
  // Some clients nest it as chat completions do.
  const { type: _type, name, description, parameters, strict, ...rest } = asObject(tool.function) ?? tool;
  const schema = asObject(parameters);
  return {
    kind: 'function',
    name: nameOf(name, where),
    ...(asText(description) === undefined ? {} : { description: String(description) }),
    ...(schema === undefined ? {} : { schema: schema as JsonObject }),
    // Left out means true here, null means false.
    ...(typeof strict === 'boolean' ? { strict } : strict === null ? { strict: false } : {}),
    ...(Object.keys(rest).length === 0 ? {} : { raw: rest as JsonObject }),
    origin: 'openai-responses',
  };
}

function decodeCustom(tool: Fields, where: string): Tool {
  const { name, description, format } = asObject(tool.custom) ?? tool;
  const raw = asObject(format);
  return {
    kind: 'custom',
    name: nameOf(name, where),
    ...(asText(description) === undefined ? {} : { description: String(description) }),
    ...(raw === undefined ? {} : { raw: raw as JsonObject }),
    origin: 'openai-responses',
  };
}

function decodeNamespace(tool: Fields, where: string): Tool[] {
  const namespace = nameOf(tool.name, where);
  const description = asText(tool.description);
  return decodeTools(tool.tools, `${where}.tools`).map((inner) => ({
    ...inner,
    namespace,
    ...(description === undefined ? {} : { namespaceDescription: description }),
  }));
}

function nameOf(value: unknown, where: string): string {
  const name = asText(value);
  if (name === undefined) throw invalid(`${where}.name`, `"${where}" has no name; give the tool one`);
  return name;
}

/** Undefined when the client left it to the default. */
export function decodeToolChoice(value: unknown): ToolChoice | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === 'auto' || value === 'none' || value === 'required') return { kind: value };
  const choice = asObject(value);
  if (choice === undefined) throw wrongChoice();
  if (choice.type === 'allowed_tools') return decodeAllowed(asObject(choice.allowed_tools) ?? choice);
  const name = choiceName(choice);
  if (name === undefined) throw wrongChoice();
  const namespace = asText(choice.namespace);
  return { kind: 'tool', name, ...(namespace === undefined ? {} : { namespace }) };
}

function decodeAllowed(choice: Fields): ToolChoice {
  const tools = Array.isArray(choice.tools) ? choice.tools : [];
  const names = tools.flatMap((tool) => choiceName(asObject(tool) ?? {}) ?? []);
  return { kind: 'allowed', names, required: choice.mode === 'required' };
}

/** Hosted tools are chosen by their type. */
function choiceName(choice: Fields): string | undefined {
  const nested = asObject(choice.function) ?? asObject(choice.custom);
  return asText(choice.name) ?? asText(nested?.name) ?? asText(choice.type);
}

function wrongChoice() {
  return invalid('tool_choice', '"tool_choice" must be auto, none, required, a tool by its name, or allowed_tools');
}
