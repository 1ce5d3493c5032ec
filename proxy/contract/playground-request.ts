/** A playground run as the HTTP request that any client would send for it: the gateway runs it, the window shows it as code. */
import type { AnswerFormat, PlaygroundInput, PlaygroundTool } from './playground.ts';

export interface ChatRequest {
  /** Beside content type and authorization. */
  readonly headers: Readonly<Record<string, string>>;
  /** An openai-chat request body; fields that are not set are not in it. */
  readonly body: Readonly<Record<string, unknown>>;
}

export function chatRequest(input: PlaygroundInput): ChatRequest {
  return {
    headers: {
      ...(input.mode === undefined ? {} : { 'x-gatehouse-mode': input.mode }),
      ...(input.project === undefined ? {} : { 'x-project': input.project }),
    },
    body: without({
      model: input.model,
      messages: input.messages,
      stream: true,
      temperature: input.temperature,
      top_p: input.topP,
      max_tokens: input.maxTokens,
      seed: input.seed,
      stop: input.stop,
      reasoning_effort: input.reasoningEffort,
      tools: input.tools?.map(toolOf),
      // Providers refuse a choice where there is nothing to choose from.
      tool_choice: input.tools === undefined ? undefined : input.toolChoice,
      response_format: input.answerFormat === undefined ? undefined : formatOf(input.answerFormat),
    }),
  };
}

function toolOf({ name, description, parameters }: PlaygroundTool) {
  return { type: 'function', function: without({ name, description, parameters }) };
}

function formatOf(format: AnswerFormat) {
  if (format.type === 'json_object') return { type: 'json_object' };
  const { name, schema, strict } = format;
  return { type: 'json_schema', json_schema: { name, schema, strict } };
}

function without(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
