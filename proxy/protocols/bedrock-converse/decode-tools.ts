/** `toolConfig` of a request. A cache point stands behind the tool that it closes. */
import type { Tool, ToolChoice } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { toPlain } from '../json/lossless.ts';
import { invalid } from '../json/request-body.ts';
import { objectsOf } from './decode-block.ts';
import { toCacheMark } from './decode-cache-point.ts';

/** Throws GatehouseError invalid_request for a tool without a name. */
export function toTools({ toolConfig }: JsonObject): readonly Tool[] {
  const tools: Tool[] = [];
  for (const [place, raw] of objectsOf(asObject(toolConfig)?.tools).entries()) {
    const mark = toCacheMark(raw);
    const last = tools.at(-1);
    if (mark === undefined) tools.push(toTool(raw, `toolConfig.tools[${place}]`));
    else if (last !== undefined) tools[tools.length - 1] = { ...last, cache: mark };
  }
  return tools;
}

function toTool(raw: JsonObject, field: string): Tool {
  const spec = asObject(raw.toolSpec);
  if (spec === undefined) return toProviderTool(raw);
  const name = asText(spec.name);
  if (name === undefined) throw invalid(`${field}.toolSpec.name`, `"${field}.toolSpec.name" must be a string`);
  const description = asText(spec.description);
  const schema = asObject(asObject(spec.inputSchema)?.json) as JsonObject | undefined;
  return {
    kind: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { schema: toPlain(schema) }),
    ...(typeof spec.strict === 'boolean' ? { strict: spec.strict } : {}),
  };
}

/** Run by Bedrock itself. */
function toProviderTool(raw: JsonObject): Tool {
  const kind = Object.keys(raw)[0] ?? 'unknown';
  return { kind: 'provider', name: asText(asObject(raw[kind])?.name) ?? kind, raw, origin: 'bedrock-converse' };
}

export function toToolChoice({ toolConfig }: JsonObject): ToolChoice | undefined {
  const choice = asObject(asObject(toolConfig)?.toolChoice);
  if (choice === undefined) return undefined;
  if ('any' in choice) return { kind: 'required' };
  const name = asText(asObject(choice.tool)?.name);
  return name === undefined ? { kind: 'auto' } : { kind: 'tool', name };
}
