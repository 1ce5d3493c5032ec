/** Tools and the choice among them, as this protocol writes them. */
import type { Tool, ToolChoice } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';

export function encodeTools(tools: readonly Tool[], warnings: Warnings): JsonObject[] {
  const encoded: { [key: string]: Json }[] = [];
  const groups = new Map<string, Json[]>();
  tools.forEach((tool, index) => {
    const written = encodeTool(tool, `tools[${index}]`, warnings);
    if (written === undefined) return;
    if (tool.namespace === undefined) {
      encoded.push(written);
      return;
    }
    const group = groups.get(tool.namespace);
    if (group !== undefined) {
      group.push(written);
      return;
    }
    const members: Json[] = [written];
    groups.set(tool.namespace, members);
    encoded.push({
      type: 'namespace',
      name: tool.namespace,
      description: tool.namespaceDescription ?? '',
      tools: members,
    });
  });
  return encoded;
}

function encodeTool(tool: Tool, field: string, warnings: Warnings): { [key: string]: Json } | undefined {
  const description = tool.description === undefined ? {} : { description: tool.description };
  const raw = tool.origin === 'openai-responses' ? tool.raw : undefined;
  switch (tool.kind) {
    case 'function':
      return {
        type: 'function',
        name: tool.name,
        ...description,
        parameters: tool.schema ?? { type: 'object', properties: {} },
        ...strictness(tool),
        ...raw,
      };
    case 'custom':
      return { type: 'custom', name: tool.name, ...description, ...(raw === undefined ? {} : { format: raw }) };
    case 'provider':
      if (raw !== undefined) return { ...raw };
      warnings.add(`dropped_${tool.name}`, field);
      return undefined;
    default:
      return tool.kind satisfies never;
  }
}

/** Left out, OpenAI holds the schema to its strict subset, which tools of other protocols were not written for. */
function strictness({ strict, origin }: Tool): { strict?: boolean } {
  if (strict !== undefined) return { strict };
  return origin === 'openai-responses' ? {} : { strict: false };
}

/** Undefined when nothing is left to choose from: providers refuse a choice without tools. */
export function encodeToolChoice(choice: ToolChoice, tools: readonly Tool[]): Json | undefined {
  if (tools.length === 0) return undefined;
  switch (choice.kind) {
    case 'auto':
    case 'none':
    case 'required':
      return choice.kind;
    case 'tool': {
      const tool = tools.find(({ name, namespace }) => name === choice.name && namespace === choice.namespace);
      const namespace = choice.namespace === undefined ? {} : { namespace: choice.namespace };
      return { ...reference(tool, choice.name), ...namespace };
    }
    case 'allowed':
      return {
        type: 'allowed_tools',
        mode: choice.required ? 'required' : 'auto',
        tools: choice.names.map((name) =>
          reference(
            tools.find((tool) => tool.name === name),
            name,
          ),
        ),
      };
    default:
      return choice satisfies never;
  }
}

function reference(tool: Tool | undefined, name: string): JsonObject {
  if (tool?.kind === 'custom') return { type: 'custom', name };
  if (tool?.kind === 'provider') return { type: typeof tool.raw?.type === 'string' ? tool.raw.type : name };
  return { type: 'function', name };
}
