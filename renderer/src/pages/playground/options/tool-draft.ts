/** A tool as it is typed, and what is wrong with it. Pure. */
import { toolName } from '../../../../../proxy/contract/playground.ts';
import { firstProblem } from '../../../format/first-problem.ts';
import type { PlayTool } from '../state/call-settings.ts';
import { readToolSchema } from './read-schema.ts';

export interface ToolDraft {
  readonly name: string;
  readonly description: string;
  readonly schemaText: string;
  readonly cannedResult: string;
}

export interface ToolProblems {
  readonly name?: string | undefined;
  readonly schema?: string | undefined;
}

const NO_ARGUMENTS = '{\n  "type": "object",\n  "properties": {},\n  "required": []\n}';

export const NEW_TOOL: ToolDraft = { name: '', description: '', schemaText: NO_ARGUMENTS, cannedResult: '' };

export const EXAMPLE_TOOL: ToolDraft = {
  name: 'get_weather',
  description: 'The weather in a city now.',
  schemaText: JSON.stringify(
    {
      type: 'object',
      properties: { city: { type: 'string', description: 'Name of the city' } },
      required: ['city'],
      additionalProperties: false,
    },
    null,
    2,
  ),
  cannedResult: '{"celsius": 21, "sky": "clear"}',
};

export function toolDraftOf(tool: PlayTool): ToolDraft {
  return {
    name: tool.name,
    description: tool.description ?? '',
    schemaText: JSON.stringify(tool.parameters, null, 2),
    cannedResult: tool.cannedResult ?? '',
  };
}

/** `taken`: the names of the other tools. */
export function toolOf(
  { name, description, schemaText, cannedResult }: ToolDraft,
  taken: readonly string[],
): { readonly tool: PlayTool } | { readonly problems: ToolProblems } {
  const read = readToolSchema(schemaText);
  const wrongName = firstProblem(toolName, name) ?? (taken.includes(name) ? 'Another tool has this name.' : undefined);
  if (wrongName !== undefined || !read.ok) {
    return { problems: { name: wrongName, schema: read.ok ? undefined : read.problem } };
  }
  return {
    tool: {
      name,
      ...(description.trim() === '' ? {} : { description: description.trim() }),
      parameters: read.schema,
      cannedResult: cannedResult === '' ? undefined : cannedResult,
    },
  };
}
