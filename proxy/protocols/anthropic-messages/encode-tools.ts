/** The tools of a call and how they may be chosen. */
import type { Call, OutputFormat, Tool, ToolChoice } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { invalid } from '../json/request-body.ts';
import type { Quirks } from '../translation.ts';
import { fromCacheMark } from './cache-mark.ts';
import { flatToolName } from './names.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';

export interface EncodedTools {
  readonly tools: readonly JsonObject[];
  readonly toolChoice: JsonObject | undefined;
  /** A tool must be called: thinking is not allowed then. */
  readonly forced: boolean;
}

/** Throws GatehouseError invalid_request. */
export function fromTools(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): EncodedTools {
  const allowed = call.toolChoice?.kind === 'allowed' ? new Set(call.toolChoice.names) : undefined;
  const tools = call.tools
    .filter((tool) => allowed === undefined || allowed.has(tool.name))
    .flatMap((tool, place) => fromTool(tool, `tools[${place}]`, quirks, warnings));
  const outputTool = outputByTool(call.output, quirks);
  if (outputTool !== undefined) {
    const only = tools.length === 0 || call.toolChoice?.kind === 'none';
    return {
      tools: [...(only ? [] : tools), outputTool],
      toolChoice: {
        ...(only ? { type: 'tool', name: STRUCTURED_OUTPUT_TOOL } : { type: 'any' }),
        disable_parallel_tool_use: true,
      },
      forced: true,
    };
  }
  if (tools.length === 0) {
    if (isForcing(call.toolChoice)) throw invalid('tool_choice', 'a tool must be called, but this model is given none');
    return { tools, toolChoice: undefined, forced: false };
  }
  return { tools, toolChoice: fromToolChoice(call), forced: isForcing(call.toolChoice) };
}

function fromTool(tool: Tool, field: string, quirks: Readonly<Quirks>, warnings: Warnings): readonly JsonObject[] {
  const own = tool.origin === 'anthropic-messages';
  if (tool.kind === 'provider') {
    if (own && tool.raw !== undefined) return [tool.raw];
    warnings.add('dropped_tool', field);
    return [];
  }
  const strict = tool.strict === true && quirks.schemaByTool !== true;
  if (tool.strict === true && !strict) warnings.add('dropped_strict', field);
  return [
    {
      name: flatToolName(tool),
      ...descriptionOf(tool),
      input_schema: tool.kind === 'custom' ? FREE_TEXT : objectSchema(tool.schema),
      ...(strict ? { strict } : {}),
      ...(own && tool.kind === 'function' ? tool.raw : {}),
      ...fromCacheMark(tool.cache),
    },
  ];
}

/** Tools that take free text are offered with one text argument, whose name the client's side knows. */
const FREE_TEXT: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string', description: 'The whole input of the tool, as free text.' } },
  required: ['input'],
  additionalProperties: false,
};

function descriptionOf(tool: Tool): { readonly description?: string } {
  if (tool.kind !== 'custom' || tool.raw === undefined) {
    return tool.description === undefined ? {} : { description: tool.description };
  }
  const grammar = `The input must follow this format:\n${JSON.stringify(tool.raw)}`;
  return { description: tool.description === undefined ? grammar : `${tool.description}\n\n${grammar}` };
}

function objectSchema(schema: JsonObject | undefined): JsonObject {
  if (schema === undefined) return { type: 'object', properties: {} };
  return schema.type === undefined ? { type: 'object', ...schema } : schema;
}

/** Undefined where the model itself can be held to a schema, or no format is asked for. */
function outputByTool(output: OutputFormat | undefined, quirks: Readonly<Quirks>): JsonObject | undefined {
  if (output === undefined || output.kind === 'text') return undefined;
  if (output.kind === 'schema' && quirks.schemaByTool !== true && quirks.noJsonSchema !== true) return undefined;
  const schema = output.kind === 'schema' ? output.schema : { type: 'object', additionalProperties: true };
  if (schema.type !== undefined && schema.type !== 'object') {
    throw invalid('response_format', 'this model can only be held to a schema whose outermost type is object');
  }
  const description = output.kind === 'schema' ? output.description : undefined;
  return {
    name: STRUCTURED_OUTPUT_TOOL,
    description: `Gives the final answer: the input of this tool is the answer, as JSON.${description === undefined ? '' : ` ${description}`}`,
    input_schema: objectSchema(schema),
  };
}

function fromToolChoice({ toolChoice, parallelToolCalls }: Call): JsonObject | undefined {
  const parallel = parallelToolCalls === undefined ? {} : { disable_parallel_tool_use: !parallelToolCalls };
  switch (toolChoice?.kind) {
    case undefined:
      return parallelToolCalls === undefined ? undefined : { type: 'auto', ...parallel };
    case 'none':
      return { type: 'none' };
    case 'auto':
      return { type: 'auto', ...parallel };
    case 'required':
      return { type: 'any', ...parallel };
    case 'tool':
      return { type: 'tool', name: flatToolName(toolChoice), ...parallel };
    case 'allowed':
      return { type: toolChoice.required ? 'any' : 'auto', ...parallel };
    default:
      return toolChoice satisfies never;
  }
}

function isForcing(choice: ToolChoice | undefined): boolean {
  return choice?.kind === 'required' || choice?.kind === 'tool' || (choice?.kind === 'allowed' && choice.required);
}
