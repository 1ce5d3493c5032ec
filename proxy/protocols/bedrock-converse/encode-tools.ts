/** `toolConfig`: the tools of a call and how they may be chosen. */
import type { Call, OutputFormat, Tool, ToolChoice } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Warnings } from '../../core/warnings.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { fromCacheMark } from './cache-point.ts';
import type { ModelFacts } from './model-facts.ts';
import { toolName } from './names.ts';
import type { EncodedTurn } from './turn-order.ts';

export interface EncodedTools {
  readonly toolConfig: JsonObject | undefined;
  /** A tool must be called: Claude does not think then. */
  readonly forced: boolean;
}

/** Throws GatehouseError invalid_request. `turns` are what is sent: where they hold tool blocks, tools must be declared. */
export function fromTools(
  call: Call,
  turns: readonly EncodedTurn[],
  model: ModelFacts,
  warnings: Warnings,
): EncodedTools {
  const choice = call.toolChoice;
  const allowed = choice?.kind === 'allowed' ? new Set(choice.names) : undefined;
  const offered = call.tools
    .filter((tool) => allowed === undefined || allowed.has(tool.name))
    .flatMap((tool, place) => fromTool(tool, `tools[${place}]`, model, warnings));
  const used = toolsUsed(turns);
  if (call.parallelToolCalls === false && offered.length > 0) {
    warnings.add('dropped_parallel_tool_calls', 'parallel_tool_calls');
  }
  const outputTool = outputByTool(call.output, model);
  if (outputTool !== undefined) {
    const kept = choice?.kind === 'none' ? [] : offered;
    // One tool that must be called needs no name, and more models know `any` than know `tool`.
    return { toolConfig: { tools: [...declared(kept, used), outputTool], toolChoice: { any: {} } }, forced: true };
  }
  if (offered.length === 0 || choice?.kind === 'none') {
    if (isForcing(choice)) throw invalid('tool_choice', 'a tool must be called, but this model is given none');
    return { toolConfig: historyOnly(offered, used, choice, warnings), forced: false };
  }
  const toolChoice = fromToolChoice(choice);
  return {
    toolConfig: { tools: offered, ...(toolChoice === undefined ? {} : { toolChoice }) },
    forced: isForcing(choice),
  };
}

function fromTool(tool: Tool, field: string, model: ModelFacts, warnings: Warnings): readonly JsonObject[] {
  if (tool.kind === 'provider') {
    if (tool.origin === 'bedrock-converse' && tool.raw !== undefined) return [tool.raw];
    warnings.add('dropped_tool', field);
    return [];
  }
  const strict = tool.strict === true && model.structuredOutput;
  if (tool.strict === true && !strict) warnings.add('dropped_strict', field);
  const description = descriptionOf(tool);
  return [
    {
      toolSpec: {
        name: toolName(tool, field),
        ...(description === undefined || description === '' ? {} : { description }),
        inputSchema: { json: tool.kind === 'custom' ? FREE_TEXT : objectSchema(tool.schema) },
        ...(strict ? { strict } : {}),
      },
    },
    ...fromCacheMark(tool.cache, 'tool', model, warnings, field),
  ];
}

/** Tools that take free text are offered with one text argument, whose name the client's side knows. */
const FREE_TEXT: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string', description: 'The whole input of the tool, as free text.' } },
  required: ['input'],
  additionalProperties: false,
};

function descriptionOf(tool: Tool): string | undefined {
  if (tool.kind !== 'custom' || tool.raw === undefined) return tool.description;
  const grammar = `The input must follow this format:\n${JSON.stringify(tool.raw)}`;
  return tool.description === undefined ? grammar : `${tool.description}\n\n${grammar}`;
}

function objectSchema(schema: JsonObject | undefined): JsonObject {
  if (schema === undefined) return { type: 'object', properties: {} };
  return schema.type === undefined ? { type: 'object', ...schema } : schema;
}

/** Undefined where the model itself can be held to a schema, or no format is asked for. */
function outputByTool(output: OutputFormat | undefined, model: ModelFacts): JsonObject | undefined {
  if (output === undefined || output.kind === 'text') return undefined;
  if (output.kind === 'schema' && model.structuredOutput) return undefined;
  const schema = output.kind === 'schema' ? output.schema : { type: 'object', additionalProperties: true };
  if (schema.type !== undefined && schema.type !== 'object') {
    throw invalid('response_format', 'this model can only be held to a schema whose outermost type is object');
  }
  const wish = output.kind === 'schema' && output.description !== undefined ? ` ${output.description}` : '';
  return {
    toolSpec: {
      name: STRUCTURED_OUTPUT_TOOL,
      description: `Gives the final answer: the input of this tool is the answer, as JSON.${wish}`,
      inputSchema: { json: objectSchema(schema) },
    },
  };
}

function fromToolChoice(choice: ToolChoice | undefined): JsonObject | undefined {
  switch (choice?.kind) {
    case undefined:
    case 'none':
      return undefined;
    case 'auto':
      return { auto: {} };
    case 'required':
      return { any: {} };
    case 'tool':
      return { tool: { name: toolName(choice, 'tool_choice') } };
    case 'allowed':
      return choice.required ? { any: {} } : { auto: {} };
    default:
      return choice satisfies never;
  }
}

function isForcing(choice: ToolChoice | undefined): boolean {
  return choice?.kind === 'required' || choice?.kind === 'tool' || (choice?.kind === 'allowed' && choice.required);
}

/** There is no "none" here: tools are left out, unless earlier turns used some, which must then be declared. */
function historyOnly(
  offered: readonly JsonObject[],
  used: readonly string[],
  choice: ToolChoice | undefined,
  warnings: Warnings,
): JsonObject | undefined {
  if (used.length === 0) return undefined;
  warnings.add(choice?.kind === 'none' ? 'dropped_tool_choice' : 'declared_tools_of_history', 'tools');
  return { tools: declared(offered, used) };
}

/** What earlier turns called and nobody offers any more is declared by its name alone. */
function declared(offered: readonly JsonObject[], used: readonly string[]): readonly JsonObject[] {
  const known = new Set(offered.map((tool) => asText(asObject(tool.toolSpec ?? tool.systemTool)?.name)));
  const missing = used.filter((name) => !known.has(name));
  return [
    ...offered,
    ...missing.map((name) => ({ toolSpec: { name, inputSchema: { json: { type: 'object', properties: {} } } } })),
  ];
}

function toolsUsed(turns: readonly EncodedTurn[]): readonly string[] {
  const names = turns.flatMap(({ content }) =>
    content.flatMap((block) => {
      const use = asObject(block.toolUse);
      const name = use?.type === 'server_tool_use' ? undefined : asText(use?.name);
      return name === undefined ? [] : [name];
    }),
  );
  return [...new Set(names)];
}

function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
