/** A chat completion request as the simulator understands it. Loose: what it does not play it ignores. */
import { asCount, asObject, asText, type JsonObject, parseJson } from '../../core/json-value.ts';
import { countTokens } from './tokens.ts';

export interface SimTool {
  readonly name: string;
  readonly parameters: unknown;
}

export interface SimRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly choices: number;
  readonly maxTokens: number | undefined;
  readonly stop: readonly string[];
  readonly lastUserText: string;
  /** What the last message is, when it is a tool's result. */
  readonly toolResult: string | undefined;
  /** The chosen one alone, when tool_choice names it. */
  readonly tools: readonly SimTool[];
  readonly schema: unknown;
  readonly inputTokens: number;
}

const TOKENS_PER_MESSAGE = 3;
const TOKENS_PER_IMAGE = 85;
const CHOICES_MAX = 128;

/** Undefined when the body is no chat completion request. */
export function readSimRequest(body: Buffer): SimRequest | undefined {
  const request = asObject(parseJson(body));
  const model = asText(request?.model);
  const list = request?.messages;
  if (request === undefined || model === undefined || !Array.isArray(list) || list.length === 0) return undefined;
  const messages = list.map((message) => asObject(message) ?? {});
  const last = messages.at(-1);
  const lastUser = messages.findLast((message) => message.role === 'user');
  return {
    model,
    stream: request.stream === true,
    includeUsage: asObject(request.stream_options)?.include_usage === true,
    choices: Math.min(Math.max(asCount(request.n) ?? 1, 1), CHOICES_MAX),
    maxTokens: minOf(asCount(request.max_completion_tokens), asCount(request.max_tokens)),
    stop: (Array.isArray(request.stop) ? request.stop : [request.stop]).flatMap((word) => asText(word) ?? []),
    lastUserText: textOf(lastUser?.content),
    toolResult: last?.role === 'tool' ? textOf(last.content) : undefined,
    tools: toolsOf(request),
    schema: asObject(asObject(request.response_format)?.json_schema)?.schema,
    // Written again, tools can be longer than they came; no request has more tokens than bytes.
    inputTokens: Math.min(inputTokensOf(messages, request.tools), body.length),
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => asText(asObject(part)?.text) ?? '').join('');
}

function toolsOf(request: JsonObject): SimTool[] {
  if (request.tool_choice === 'none' || !Array.isArray(request.tools)) return [];
  const tools = request.tools.flatMap((tool) => {
    const declared = asObject(asObject(tool)?.function);
    const name = asText(declared?.name);
    return name === undefined ? [] : [{ name, parameters: declared?.parameters }];
  });
  const chosen = asText(asObject(asObject(request.tool_choice)?.function)?.name);
  return chosen === undefined ? tools : tools.filter((tool) => tool.name === chosen);
}

function inputTokensOf(messages: readonly JsonObject[], tools: unknown): number {
  let tokens = tools === undefined ? 0 : countTokens(JSON.stringify(tools));
  for (const { content } of messages) {
    tokens += TOKENS_PER_MESSAGE + countTokens(textOf(content));
    if (Array.isArray(content)) {
      tokens += TOKENS_PER_IMAGE * content.filter((part) => asObject(part)?.type === 'image_url').length;
    }
  }
  return tokens;
}

function minOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
